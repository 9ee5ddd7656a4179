import { beforeAll, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { plainInput } from "../../../sim/engines/engine";
import type { EngineOf } from "../../../sim/engines/engine";
import { EventKind } from "../../../src/events";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { drugs, flexDay, prescribed, program, REFERENCE_PUMP } from "../../src/reference-pump";
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

/** Runs on every engine, on which all must be alike; the lines of the native one. */
function linesOfAll(inputs: readonly TimedInput[], endMs: number): Record<string, unknown>[] {
  const config = { ...REFERENCE_PUMP, tubeLifeDays: 700 };
  const boot = { config, reservoirNl: 20000000, drugs: drugs(1000, 2, 30), expiryDay: 12000 };
  const native = lifeOf(createNativeEngine, boot, inputs, endMs);
  for (const gridMs of [1, 10]) expect(lifeOf(engineOn(gridMs), boot, inputs, endMs)).toEqual(native);
  return native.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const PRESCRIPTION = prescribed({
  concentrationNgPerUl: drugs(1000, 2, 30),
  ...flexDay([0, 30000], [43200000, 60000]),
});

const THERAPY: readonly TimedInput[] = [
  [0, plainInput(EventKind.setClock, { count: 9000 * MS_PER_DAY })],
  ...program(PRESCRIPTION).map((input): TimedInput => [0, input]),
  ...inTurn(1, [[EventKind.start], [EventKind.requestBolus, { id: 1 }]]),
];

test("cuts of 1 s and of 60 days, in a bolus, while stopped and while the pump starts: all engines go on alike", () => {
  const lines = linesOfAll(
    [
      ...THERAPY,
      [120000, { offMs: 1000 }],
      ...inTurn(5 * MS_PER_HOUR, [
        [EventKind.requestBolus, { id: 2 }],
        [EventKind.stop],
        [EventKind.measureResidual, { count: 19984400 }],
        [EventKind.refill, { count: 18000000, detail: 12300, values: drugs(1000, 2, 30) }],
        [EventKind.tubeChanged],
      ]),
      [5 * MS_PER_HOUR + 60000, { offMs: 60 * MS_PER_DAY }],
      ...inTurn(60 * MS_PER_DAY + 6 * MS_PER_HOUR, [[EventKind.start], [EventKind.interrogate]]),
      [60 * MS_PER_DAY + 7 * MS_PER_HOUR, { offMs: 1000 }],
      // Power fails again before the pump is ready.
      [60 * MS_PER_DAY + 7 * MS_PER_HOUR + 1500, { offMs: 5000 }],
    ],
    60 * MS_PER_DAY + 9 * MS_PER_HOUR,
  );
  const told = (event: string): unknown[] => lines.filter((line) => line["event"] === event);
  expect(told("poweredOn")).toHaveLength(3);
  expect(told("refilled")).toHaveLength(1);
});

test("60 days with planned restarts: therapy, clock and lockout go on, on all engines alike", () => {
  const lines = linesOfAll([...THERAPY, [59 * MS_PER_DAY, plainInput(EventKind.interrogate)]], 60 * MS_PER_DAY);
  const told = (event: string): unknown[] => lines.filter((line) => line["event"] === event);
  expect(told("poweredOn")).toHaveLength(2);
  expect(told("alarmRaised")).toEqual([]);
});
