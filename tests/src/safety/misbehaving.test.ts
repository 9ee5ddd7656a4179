import { describe, expect, test } from "vitest";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { IdealStepDriver } from "../../../src/simulation/ideal-ports";
import type { StepDriver } from "../../../src/motion/step-driver";
import { NEVER_MS } from "../../../src/units";
import { JournalCode } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { GuardTrip } from "../../../src/safety/guard";
import { PoweredPump } from "../powered-pump";
import type { DriverOf } from "../powered-pump";
import { prescribed, REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
/** 600 strokes of 300 nL in any 24 h; at most one in 1 min. */
const LIMIT = 600;
const PACE_MS = 60000;
const config = {
  ...REFERENCE_PUMP,
  maxWindowNl: LIMIT * 300,
  maxRateNlPerDay: (DAY_MS / PACE_MS) * 300,
  maxBolusNl: 30000,
};
const prescription = prescribed({
  basalNlPerDay: 75000,
  bolusNl: 9000,
  windowLimitNl: 165000,
  mostPer24h: 48,
  lockoutMs: 60000,
});

/** Spoils a controller, or its way to the motor. */
interface Spoiled {
  readonly driver?: DriverOf;
  spoil?(drive: PoweredPump): void;
}

/** An ideal motor whose moves are passed on by `move`. */
function motorWith(move: (motor: StepDriver, strokes: number, dueMs: number) => void): DriverOf {
  return (pump, witness, guard) => {
    const motor = new IdealStepDriver(pump.strokeMs, witness, guard);
    return {
      get doneMs() {
        return motor.doneMs;
      },
      get doneStrokes() {
        return motor.doneStrokes;
      },
      get doneResult() {
        return motor.doneResult;
      },
      move: (strokes, dueMs) => move(motor, strokes, dueMs),
      halt: (atOnce, nowMs) => motor.halt(atOnce, nowMs),
      takeReport: () => motor.takeReport(),
    } as StepDriver;
  };
}

/** The controller believes every report, and never misses one. */
function believe({ pump }: PoweredPump): void {
  const { delivery } = pump;
  const { outstanding } = delivery;
  Object.assign(delivery, {
    reported: (strokes: number, _result: unknown, nowMs: number) => {
      outstanding.reported(Math.min(strokes, outstanding.strokes), nowMs);
      return true;
    },
  });
}

/** The controller takes all that it gives for a prime, and passes every limit by. */
function forgetLimits({ pump }: PoweredPump): void {
  const { square } = pump.delivery.desk;
  Object.defineProperty(square, "kind", { get: () => BolusKind.priming, set: () => undefined });
}

/** What is ordered counts `factor` times. */
function multiply({ pump }: PoweredPump, factor: number): void {
  const { plan } = pump.delivery;
  let { basalNlPerDay, bolusNlPerDay } = plan;
  Object.defineProperties(plan, {
    basalNlPerDay: { get: () => factor * basalNlPerDay, set: (rate: number) => (basalNlPerDay = rate) },
    bolusNlPerDay: { get: () => factor * bolusNlPerDay, set: (rate: number) => (bolusNlPerDay = rate) },
  });
}

const SPOILED: [string, Spoiled][] = [
  [
    "double strokes",
    {
      driver: motorWith((motor, strokes, dueMs) => motor.move(dueMs > HOUR_MS ? 2 * strokes : strokes, dueMs)),
      spoil: believe,
    },
  ],
  [
    "a bolus that never ends",
    {
      spoil: (drive) => {
        forgetLimits(drive);
        Object.assign(drive.pump.delivery.desk, { serve: () => undefined });
        Object.defineProperty(drive.pump.delivery.desk, "endMs", { get: () => NEVER_MS, set: () => undefined });
      },
    },
  ],
  [
    "a rate ten times as high",
    {
      spoil: (drive) => {
        forgetLimits(drive);
        multiply(drive, 10);
      },
    },
  ],
  [
    "a hundred times as high",
    {
      spoil: (drive) => {
        forgetLimits(drive);
        multiply(drive, 100);
      },
    },
  ],
  [
    "a prescription that is lost",
    {
      spoil: (drive) => {
        forgetLimits(drive);
        drive.pump.delivery.prescription.adopt(new Array<number>(100).fill(0));
        drive.pump.therapy.setRate = () => undefined;
        drive.pump.delivery.plan.basalNlPerDay = config.maxRateNlPerDay;
      },
    },
  ],
  [
    "strokes that are not counted",
    {
      spoil: (drive) => {
        forgetLimits(drive);
        multiply(drive, 10);
        const { delivery } = drive.pump;
        const { totalStrokes } = delivery;
        Object.defineProperty(delivery, "totalStrokes", { get: () => totalStrokes, set: () => undefined });
      },
    },
  ],
  [
    "a reservation that is never used up",
    {
      spoil: (drive) => {
        const { reservation } = drive.pump.keeper;
        Object.defineProperty(reservation, "left", { get: () => 5, set: () => undefined });
      },
    },
  ],
  [
    "time that runs backwards",
    {
      driver: (() => {
        let moves = 0;
        return motorWith((motor, strokes, dueMs) => motor.move(strokes, ++moves > 50 ? dueMs - 2 * HOUR_MS : dueMs));
      })(),
    },
  ],
];

/** The strokes at which more had been made within a day, or faster, than the pump's hard limits allow. */
function beyondHardLimits({ strokesMs }: PoweredPump): number[] {
  return strokesMs.filter((atMs, index) => {
    const first = strokesMs[index - LIMIT];
    const sinceMs = first === undefined ? Infinity : atMs - first;
    // Two seconds of lateness may be made up for.
    const paced = strokesMs.every((earlierMs, k) => k >= index || atMs - earlierMs >= (index - k - 2) * PACE_MS - 2000);
    return sinceMs < DAY_MS || !paced;
  });
}

describe("with a controller that fails, the guard holds every hard limit, and counts what was made", () => {
  test.each(SPOILED)("%s", (_name, { driver, spoil }) => {
    const drive = new PoweredPump({ config, ...(driver === undefined ? {} : { driver }) })
      .begin(prescription)
      .pass(HOUR_MS);
    const before = drive.made;
    expect(drive.pump.guard.trip).toBe(GuardTrip.none);
    spoil?.(drive);
    for (let hour = 0; hour < 30; hour++) drive.do(EventKind.requestBolus).pass(HOUR_MS);
    expect(drive.made).toBeGreaterThan(before);
    expect(beyondHardLimits(drive)).toEqual([]);
    expect(drive.pump.guard.strokes).toBeGreaterThanOrEqual(drive.made);
    const tripped = drive.pump.guard.trip;
    expect(tripped).not.toBe(GuardTrip.none);
    // It keeps EN for good, and says why.
    const made = drive.made;
    drive
      .do(EventKind.acknowledge)
      .do(EventKind.start)
      .pass(30 * HOUR_MS);
    expect([drive.made, drive.pump.guard.trip]).toEqual([made, tripped]);
    for (const bytes of drive.fram.pendingEnds) {
      drive.cut(bytes);
      // A ledger that no pump can have written is refused; any other holds what was made.
      if (drive.pump.fault !== FaultKind.badRecord) expect(drive.pump.guard.strokes).toBeGreaterThanOrEqual(drive.made);
      expect(drive.pass(HOUR_MS).made).toBe(made);
    }
  });

  test("a stop that the controller ignores (SAF-020)", () => {
    const drive = new PoweredPump({ config }).begin(prescription).pass(HOUR_MS);
    const { pump } = drive;
    const on = pump.on.bind(pump);
    pump.on = (what, nowMs) => {
      if (what.kind !== Number(EventKind.stop)) on(what, nowMs);
    };
    drive.do(EventKind.stop);
    const made = drive.made;
    drive.pass(2 * HOUR_MS);
    expect([drive.made, drive.pump.guard.trip]).toEqual([made, GuardTrip.notOrdered]);
  });
});

test("without a fault it never trips, in months of therapy at the limits (SAF-021)", () => {
  const drive = new PoweredPump({ config }).begin(prescription);
  for (let hour = 0; hour < 24 * 60; hour++) drive.do(EventKind.requestBolus).pass(HOUR_MS);
  expect(drive.pump.guard.trip).toBe(GuardTrip.none);
  expect(drive.pump.fault).toBe(0);
});

test("what fills the line counts for the guard; the controller leaves room for it, and nothing trips (SAF-021)", () => {
  const small = {
    ...REFERENCE_PUMP,
    maxWindowNl: 120 * 300,
    windowMs: HOUR_MS,
    maxRateNlPerDay: 1728000,
    maxBolusNl: 9000,
  };
  const drive = new PoweredPump({ config: small });
  drive.begin(prescribed({ basalNlPerDay: 720000, bolusNl: 0, windowMs: HOUR_MS, windowLimitNl: 32000 }));
  drive.do(EventKind.stop).do(EventKind.deadVolumeEmpty, { count: 20000 });
  drive.do(EventKind.prime, { count: 20000 }).do(EventKind.confirmPrime, { count: 20000 });
  drive.pass(1001000).do(EventKind.start);
  drive.pass(3 * HOUR_MS);
  expect(drive.told(JournalCode.strokeDropped).length).toBeGreaterThan(0);
  expect(drive.pump.guard.trip).toBe(GuardTrip.none);
  expect(drive.pump.fault).toBe(0);
  expect(drive.made).toBeGreaterThan(250);
});
