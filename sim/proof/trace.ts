import type { EngineInput, EngineOf, PortSink } from "../engines/engine";
import { SimulatedMemory } from "../engines/simulated-memory";
import type { Course } from "./course";

/** One thing that happened in a run, in order. */
export type Happening =
  | { readonly kind: "handed"; readonly input: EngineInput }
  | { readonly kind: "stroke"; readonly atMs: number; readonly strokes: number }
  | { readonly kind: "entry"; readonly atMs: number; readonly entry: readonly [number, number, number, number, number] }
  | { readonly kind: "write"; readonly atMs: number; readonly place: number; readonly words: readonly number[] };

/** A memory that tells of each write. */
class WitnessedMemory extends SimulatedMemory {
  constructor(private readonly written: (place: number, words: readonly number[]) => void) {
    super();
  }

  override write(place: number, words: readonly number[], count = words.length): boolean {
    this.written(place, words.slice(0, count));
    return super.write(place, words, count);
  }
}

/** Runs a course to its end, undisturbed, and returns all that happened. */
export function traceOf(course: Course, engineOf: EngineOf): Happening[] {
  const trace: Happening[] = [];
  let toldMs = 0;
  const sink: PortSink = {
    stroke: (atMs, strokes) => {
      toldMs = atMs;
      trace.push({ kind: "stroke", atMs, strokes });
    },
    entry: (code, atMs, a, b, c, d) => {
      toldMs = atMs;
      trace.push({ kind: "entry", atMs, entry: [code, a, b, c, d] });
    },
  };
  const memory = new WitnessedMemory((place, words) => trace.push({ kind: "write", atMs: toldMs, place, words }));
  const { config, reservoirNl, drugs } = course;
  const engine = engineOf({ config, reservoirNl, drugs, memory }, sink);
  for (const { atMs, input } of course.inputs) {
    trace.push({ kind: "handed", input });
    engine.give(input, atMs);
  }
  engine.runTo(course.durationMs);
  engine.close();
  return trace;
}
