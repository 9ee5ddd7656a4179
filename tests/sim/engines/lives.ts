import { createNativeEngine } from "../../../sim/engines/native";
import type { BootState, Engine, EngineInput, EngineOf } from "../../../sim/engines/engine";
import { Recorder } from "../../../sim/log/recorder";
import type { StateRecord } from "../../../src/record/store";

/** An input and when it comes, in ms of core time. */
export type TimedInput = readonly [atMs: number, input: EngineInput];

/** What a pump said, and the record that it left behind. */
export interface Life {
  readonly lines: readonly string[];
  readonly stored: Readonly<StateRecord> | undefined;
}

/** Boots a pump, gives it the inputs, in order of time, and runs it to `endMs`. */
export function lifeOf(make: EngineOf, boot: BootState, inputs: readonly TimedInput[], endMs: number): Life {
  const lines: string[] = [];
  const recorder = new Recorder((_, text) => lines.push(text), true);
  const engine: Engine = make(boot, recorder);
  for (const [atMs, input] of inputs) engine.give(input, atMs);
  engine.runTo(endMs);
  recorder.close();
  engine.close();
  return { lines, stored: engine.stored };
}

/** The same life on the native engine. */
export function nativeLife(boot: BootState, inputs: readonly TimedInput[], endMs: number): Life {
  return lifeOf(createNativeEngine, boot, inputs, endMs);
}
