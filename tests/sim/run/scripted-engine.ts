import type { Engine, EngineInput, PortSink } from "../../../sim/engines/engine";
import type { EngineOf } from "../../../sim/engines/engine";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";

/** Something that a scripted pump tells at `atMs`: a stroke, or a journal entry with its numbers. */
export interface ScriptLine {
  readonly atMs: number;
  readonly code: number | "stroke";
  readonly numbers?: readonly number[];
}

/** What became of a scripted engine. */
export interface ScriptedRun {
  readonly engineOf: EngineOf;
  readonly given: { readonly input: EngineInput; readonly atMs: number }[];
  /** Where it was told to run to, but for an input. */
  readonly ranTo: number[];
  closed: boolean;
}

/**
 * An engine that plays a script, whatever it is given: for what a sound pump never does. It keeps the contract of `Engine`, pauses
 * included, and refuses inputs that come too late.
 */
export function scripted(script: readonly ScriptLine[]): ScriptedRun {
  const run: ScriptedRun = {
    given: [],
    ranTo: [],
    closed: false,
    engineOf: (_, sink) => new ScriptedEngine(script, sink, run),
  };
  return run;
}

class ScriptedEngine implements Engine {
  readonly name = "native";
  readonly isOn = true;
  readonly memory = new SimulatedMemory();
  nowMs = 0;
  private next = 0;
  private pauseAsked = false;

  constructor(
    private readonly script: readonly ScriptLine[],
    private readonly sink: PortSink,
    private readonly run: ScriptedRun,
  ) {}

  runTo(limitMs: number): void {
    this.run.ranTo.push(limitMs);
    this.serveTo(limitMs);
  }

  private serveTo(limitMs: number): void {
    this.pauseAsked = false;
    while ((this.script[this.next]?.atMs ?? Infinity) <= limitMs) {
      const atMs = this.script[this.next]?.atMs ?? 0;
      this.nowMs = atMs;
      while (this.script[this.next]?.atMs === atMs) this.tell(this.script[this.next++]);
      if (this.pauseAsked) return;
    }
    this.nowMs = limitMs;
  }

  pause(): void {
    this.pauseAsked = true;
  }

  give(input: EngineInput, atMs: number): void {
    if (atMs < this.nowMs) throw new Error(`an input for ${atMs} was given at ${this.nowMs}`);
    do this.serveTo(atMs);
    while (this.nowMs < atMs);
    this.run.given.push({ input, atMs });
    if (input.prescription === undefined) this.sink.entry(input.kind, atMs, input.id, input.count, 0, 0);
  }

  oversleep(atMs: number, untilMs: number): void {
    this.serveTo(atMs);
    this.nowMs = untilMs;
  }

  cutPower(atMs: number): void {
    this.serveTo(atMs);
  }

  powerOn(atMs: number): void {
    this.serveTo(atMs);
  }

  close(): void {
    this.run.closed = true;
  }

  private tell(line: ScriptLine | undefined): void {
    if (line === undefined) return;
    const [a = 0, b = 0, c = 0, d = 0] = line.numbers ?? [];
    if (line.code === "stroke") this.sink.stroke(line.atMs, 1);
    else this.sink.entry(line.code, line.atMs, a, b, c, d);
  }
}
