import type { EngineOf } from "../engines/engine";
import { Recorder } from "../log/recorder";
import type { RandomTherapy } from "./random-therapy";

/** Runs a random therapy and returns its log, line by line, each stroke on a line of its own. */
export function logOf(therapy: RandomTherapy, makeEngine: EngineOf): string[] {
  const lines: string[] = [];
  const recorder = new Recorder((_line, text) => lines.push(text), true);
  const engine = makeEngine({ config: therapy.config, reservoirNl: therapy.reservoirNl }, recorder);
  for (const { atMs, input } of therapy.inputs) engine.give(input, atMs);
  engine.runTo(therapy.durationMs);
  recorder.close();
  engine.close();
  return lines;
}
