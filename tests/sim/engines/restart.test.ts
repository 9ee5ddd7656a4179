import { beforeAll, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { plainInput } from "../../../sim/engines/engine";
import type { EngineOf } from "../../../sim/engines/engine";
import { EventKind } from "../../../src/events";
import { RECORD_FIELDS, writeRecord } from "../../../src/record/store";
import { MOST_LIBRARY_DRUGS } from "../../../src/config";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { drugs, prescribed, program, REFERENCE_PUMP } from "../../src/reference-pump";
import { bytecodeEngines } from "./default-program";
import { lifeOf } from "./lives";
import type { TimedInput } from "./lives";

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
});

/** Inputs at one instant, ms by ms. */
function inTurn(fromMs: number, inputs: Parameters<typeof plainInput>[]): TimedInput[] {
  return inputs.map(([kind, numbers], index) => [fromMs + index, plainInput(kind, numbers)]);
}

test("the record that a pump leaves is the same on both engines, and a pump made from it goes on alike", () => {
  const makers: EngineOf[] = [createNativeEngine, engineOn(1), engineOn(10)];
  const config = { ...REFERENCE_PUMP, tubeLifeDays: 700 };
  const prescription = prescribed({ concentrationNgPerUl: drugs(1000, 2, 30) });
  const firstLife: TimedInput[] = [
    ...program(prescription).map((input): TimedInput => [0, input]),
    ...inTurn(1, [[EventKind.start], [EventKind.requestBolus, { id: 1 }]]),
    ...inTurn(5 * MS_PER_HOUR, [
      [EventKind.stop],
      [EventKind.measureResidual, { count: 19760000 }],
      [EventKind.refill, { count: 18000000, detail: 9648, values: drugs(1000, 2, 40) }],
      [EventKind.tubeChanged],
    ]),
  ];
  const boot = { config, reservoirNl: 20000000, drugs: drugs(1000, 2, 30), expiryDay: 9000 };
  const first = makers.map((make) => lifeOf(make, boot, firstLife, 6 * MS_PER_HOUR));
  const [native] = first;
  for (const life of first) expect(life).toEqual(native);
  const restored = native?.stored;
  expect(restored).toMatchObject({ filledNl: 18000000, expiryDay: 9648, drugs: drugs(1000, 2, 40) });
  expect(restored?.totalStrokes).toBe(restored?.tubeStrokes);

  // A month further on: core time has passed 2^31 ms.
  const later = { ...restored, coreMs: (restored?.coreMs ?? 0) + 30 * MS_PER_DAY } as NonNullable<typeof restored>;
  const again = { ...prescription, concentrationNgPerUl: drugs(1000, 2, 40) };
  const secondLife: TimedInput[] = [
    ...inTurn(later.coreMs + 1, [[EventKind.start]]),
    ...program(again).map((input): TimedInput => [later.coreMs + 3, input]),
    ...inTurn(later.coreMs + 4, [[EventKind.start], [EventKind.requestBolus, { id: 1 }], [EventKind.interrogate]]),
  ];
  const second = makers.map((make) =>
    lifeOf(make, { config, reservoirNl: 0, restored: later }, secondLife, later.coreMs + MS_PER_HOUR),
  );
  for (const life of second) expect(life).toEqual(second[0]);
  const lines = second[0]?.lines.map((line) => JSON.parse(line) as Record<string, unknown>) ?? [];
  const told = (event: string): unknown[] => lines.filter((line) => line["event"] === event);
  expect(told("startRefused")).toEqual([{ atMs: later.coreMs + 1, event: "startRefused", reason: "noPrescription" }]);
  expect(told("started")).toHaveLength(1);
  expect(second[0]?.stored?.sequence).toBeGreaterThan(later.sequence);
});

test("a record holds as many numbers as it says", () => {
  const numbers: number[] = [];
  const stored = lifeOf(
    createNativeEngine,
    { config: REFERENCE_PUMP, reservoirNl: 0 },
    [[0, plainInput(EventKind.tubeChanged)]],
    1,
  );
  if (stored.stored === undefined) throw new Error("nothing was stored");
  writeRecord(stored.stored, numbers);
  expect(numbers).toHaveLength(RECORD_FIELDS + MOST_LIBRARY_DRUGS);
});
