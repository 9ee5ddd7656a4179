import { beforeAll, expect, test } from "vitest";
import type { BootState, Engine, PortSink } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { Recorder } from "../../../sim/log/recorder";
import type { LogLine } from "../../../sim/log/words";
import { randomTherapy } from "../../../sim/random/random-therapy";
import type { EngineOf } from "../../../sim/engines/engine";
import { EventKind } from "../../../src/events";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { bytecodeEngines } from "./default-program";

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
});

const plain = { id: 0, count: 0 };

/** What a pump says that is booted as `boot`, and the record that it leaves behind. */
function lifeOf(make: EngineOf, boot: BootState, live: (engine: Engine) => void) {
  const lines: LogLine[] = [];
  const recorder: PortSink & { close(): void } = new Recorder((line) => lines.push(line));
  const engine = make(boot, recorder);
  live(engine);
  recorder.close();
  engine.close();
  return { lines, stored: engine.stored };
}

test("the record that a pump leaves is the same on both engines, and a pump made from it goes on alike", () => {
  const { config, reservoirNl, inputs, durationMs } = randomTherapy(11);
  const prescription = inputs[0]?.input.prescription;
  if (prescription === undefined) throw new Error("a random therapy begins with a prescription");
  const makers: EngineOf[] = [createNativeEngine, engineOn(1), engineOn(10)];
  const first = makers.map((make) =>
    lifeOf(make, { config, reservoirNl }, (engine) => {
      for (const { atMs, input } of inputs) engine.give(input, atMs);
      engine.runTo(durationMs);
    }),
  );
  const [native] = first;
  expect(native?.stored?.totalStrokes).toBeGreaterThan(0);
  for (const life of first) expect(life).toEqual(native);

  const restored = native?.stored;
  const bootMs = restored?.coreMs ?? 0;
  // A month further on: core time has passed 2^31 ms.
  const later = { ...restored, coreMs: bootMs + 30 * MS_PER_DAY } as NonNullable<typeof restored>;
  const second = makers.map((make) =>
    lifeOf(make, { config, reservoirNl: 0, restored: later }, (engine) => {
      expect(engine.nowMs).toBe(later.coreMs);
      engine.give({ kind: EventKind.start, ...plain }, later.coreMs + 1);
      engine.give({ kind: EventKind.refill, id: 0, count: config.capacityNl }, later.coreMs + 2);
      engine.give({ kind: EventKind.program, ...plain, prescription }, later.coreMs + 3);
      engine.give({ kind: EventKind.start, ...plain }, later.coreMs + 4);
      engine.give({ kind: EventKind.requestBolus, id: 1, count: 0 }, later.coreMs + 5);
      engine.runTo(later.coreMs + MS_PER_HOUR);
    }),
  );
  const [again] = second;
  for (const life of second) expect(life).toEqual(again);
  const told = (event: string) => again?.lines.filter((line) => line.event === event);
  expect(told("startRefused")).toEqual([{ atMs: later.coreMs + 1, event: "startRefused", reason: "noPrescription" }]);
  expect(told("started")).toHaveLength(1);
  expect(again?.stored?.sequence).toBeGreaterThan(later.sequence);
  expect(again?.stored?.totalStrokes).toBeGreaterThanOrEqual(later.totalStrokes);
});
