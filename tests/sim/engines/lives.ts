import { createNativeEngine } from "../../../sim/engines/native";
import type { BootState, Engine, EngineInput, EngineOf } from "../../../sim/engines/engine";
import { Recorder } from "../../../sim/log/recorder";

/** An input and when it comes, in ms of plant time. */
export type TimedInput = readonly [atMs: number, input: EngineInput | PowerCut];

/** A loss of power, and after how many ms the power is back. */
export interface PowerCut {
  readonly offMs: number;
}

/** What a pump said, and the memory that it left behind. */
export interface Life {
  readonly lines: readonly string[];
  readonly memory: Uint8Array;
}

/** Boots a pump, gives it the inputs, in order of time, takes its power away and gives it back, and runs it to `endMs`. */
export function lifeOf(make: EngineOf, boot: BootState, inputs: readonly TimedInput[], endMs: number): Life {
  const lines: string[] = [];
  const recorder = new Recorder((_, text) => lines.push(text), true);
  const engine: Engine = make(boot, recorder);
  for (const [atMs, input] of inputs) {
    if ("kind" in input) engine.give(input, Math.max(engine.nowMs, atMs));
    else {
      engine.cutPower(Math.max(engine.nowMs, atMs));
      engine.powerOn(engine.nowMs + input.offMs);
    }
  }
  engine.runTo(endMs);
  recorder.close();
  engine.close();
  return { lines, memory: engine.memory.contents() };
}

/** The same life on the native engine. */
export function nativeLife(boot: BootState, inputs: readonly TimedInput[], endMs: number): Life {
  return lifeOf(createNativeEngine, boot, inputs, endMs);
}
