import { fc } from "@fast-check/vitest";
import { EventKind, Sensor } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import type { EngineInput } from "../../../sim/engines/engine";
import { drugs, event, flexDay, prescribed, program, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

/** A pump whose parts wear out and whose sensors read. */
export const CONFIG = {
  ...REFERENCE_PUMP,
  maxWindowNl: 1000000000,
  tubeLifeStrokes: 9000,
  tubeLifeDays: 9,
  replacementPerMille: 100,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
  motorMaxDeciC: 550,
};

const wide = { windowLimitNl: 30000000 };
const periodic = {
  ...wide,
  program: ProgramKind.periodic,
  basalNlPerDay: 100000,
  scheduledNl: 50000,
  scheduledMs: 10 * MIN,
};
const shots = { basalNlPerDay: 0, bolusNl: 0, scheduledNl: 90000, scheduledMs: H };

/** One of each kind, with boluses long and short, beside each other and beyond the maximum rate. */
export const PROGRAMS: Prescription[] = [
  prescribed({ lockoutMs: 1, mostPer24h: 48, minimumNlPerDay: 1000, windowLimitNl: 1200000 }),
  prescribed({ basalNlPerDay: 23000000, windowMs: H, windowLimitNl: 11000000, bolusMs: 1, bolusNl: 300 }),
  prescribed({
    ...wide,
    ...flexDay([0, 0], [8 * H, 10000000], [22 * H + 1, 100]),
    bolusMs: 5 * H,
    bolusNl: 900000,
    bridge: 1,
  }),
  prescribed({ ...periodic, scheduledEveryMs: 10 * MIN, hoursFromMs: 22 * H, hoursToMs: 6 * H, lockoutMs: MIN }),
  prescribed({ ...periodic, scheduledEveryMs: 6 * H, bolusMs: 3 * H, minimumNlPerDay: 9000, refillDays: 1 }),
  prescribed({ ...shots, program: ProgramKind.singleShot, scheduledEveryMs: 7 * DAY, scheduledCount: 1 }),
  prescribed({ ...shots, program: ProgramKind.severalShots, scheduledEveryMs: 2 * H, scheduledCount: 3 }),
  prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 5 * H, minimumNlPerDay: 5000 }),
];

/** What is done, and when: so long after what was done before, or just before, at or after what is due next. */
export interface Doing {
  readonly wait: number | "before" | "due" | "after";
  readonly inputs: EngineInput[];
}

const flag = fc.boolean().map((on) => (on ? 1 : 0));
const one = (kind: EventKind, numbers: Partial<EngineInput> = {}): EngineInput[] => [event(kind, numbers)];
const full = (ngPerUl: number): EngineInput[] => [
  event(EventKind.stop),
  event(EventKind.measureResidual, { count: 17000000 }),
  event(EventKind.acknowledge),
  event(EventKind.refill, { count: 20000000, detail: 9003, values: drugs(ngPerUl) }),
];
const primes = (count: number): EngineInput[] => [
  event(EventKind.stop),
  event(EventKind.deadVolumeEmpty, { count }),
  event(EventKind.prime, { count }),
  event(EventKind.confirmPrime, { count }),
];

/** Any of the programs. */
export const therapy = fc.constantFrom(...PROGRAMS);
const does: fc.Arbitrary<EngineInput[]> = fc.oneof(
  { arbitrary: fc.constant(one(EventKind.requestBolus)), weight: 6 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(300, 60000, 1000000), fc.constantFrom(1, MIN, 6 * H))
      .map(([count, detail]) => one(EventKind.clinicianBolus, { count, detail })),
    weight: 3,
  },
  {
    arbitrary: fc
      .constantFrom(EventKind.stop, EventKind.hold, EventKind.silence, EventKind.tubeChanged)
      .map((k) => one(k)),
    weight: 2,
  },
  { arbitrary: fc.constantFrom(EventKind.start, EventKind.start, EventKind.acknowledge).map((k) => one(k)), weight: 6 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom(AlarmKind.motorStall, AlarmKind.occlusion, AlarmKind.underInfusion, AlarmKind.stuckKey),
        flag,
      )
      .map(([detail, count]) => one(EventKind.detected, { detail, count })),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom(
      one(EventKind.reading, { detail: Sensor.motorTemperature, count: 551 }),
      one(EventKind.reading, { detail: Sensor.motorTemperature, count: 200 }),
      one(EventKind.reading, { detail: Sensor.supplyVoltage, count: 3200 }),
      one(EventKind.reading, { detail: Sensor.supplyVoltage, count: 3600 }),
      one(EventKind.clockLost),
    ),
    weight: 2,
  },
  {
    arbitrary: fc.integer({ min: 9000 * DAY, max: 9004 * DAY }).map((count) => one(EventKind.setClock, { count })),
    weight: 2,
  },
  { arbitrary: therapy.map((p) => program(p)), weight: 2 },
  {
    arbitrary: fc
      .tuple(therapy, fc.constantFrom(1000, 2000))
      .map(([p, ngPerUl]) => [
        ...full(ngPerUl),
        ...program({ ...p, concentrationNgPerUl: drugs(ngPerUl) }),
        event(EventKind.start),
      ]),
    weight: 2,
  },
  { arbitrary: fc.constantFrom(300, 150000, 350000).map(primes), weight: 1 },
  { arbitrary: fc.constant(one(EventKind.controlLate)), weight: 1 },
);

/** Anything that people, sensors and a late shell do. */
export const doing: fc.Arbitrary<Doing> = fc.record({
  wait: fc.oneof(
    fc.constantFrom(0, 1, MIN, H, "before" as const, "due" as const, "after" as const),
    fc.integer({ min: 0, max: 8 * H }),
  ),
  inputs: does,
});
