import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import type { Prescription } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import type { EngineInput } from "../../../sim/engines/engine";
import { plainInput } from "../../../sim/engines/engine";
import { DirectDrive } from "../direct-drive";
import { runTherapy } from "../loop-drive";
import { checkerFor } from "../random-therapy";
import type { Therapy } from "../random-therapy";
import { event, flexDay, prescribed, program, REFERENCE_PUMP } from "../reference-pump";
import { runs } from "../runs";

const HOUR_MS = 3600000;

/** Strokes of 30 nL: at the maximum rate one every 108 ms. */
const FINE_PUMP = { ...REFERENCE_PUMP, plPerRevolution: 6000000, strokeMs: 50 };
const NO_BASAL = prescribed({ basalNlPerDay: 0, minimumNlPerDay: 1000 });

/** The store reports the record that is being written. */
function storeReports(drive: DirectDrive, atMs: number): void {
  drive.hand(event(EventKind.stored, { id: drive.pump.record.sequence }), atMs);
  drive.runTo(atMs);
}

/** A pump with no basal; its bolus at 1,000 ms owes a stroke at 1,108 that waits for the bolus's record, and the store is silent. */
function withStrokeWaiting(untilMs: number): DirectDrive {
  const drive = new DirectDrive(FINE_PUMP).begin(NO_BASAL);
  drive.storeReports = false;
  expect(drive.order(1, 300000, 1000, 1000).code).toBe(JournalCode.bolusGranted);
  drive.runTo(untilMs);
  expect(drive.strokes).toBe(0);
  return drive;
}

describe("a stroke that is owed and waits for its record", () => {
  test("comes with it, although nothing is ordered any more (DEL-005)", () => {
    const drive = withStrokeWaiting(1110).program(prescribed({ basalNlPerDay: 0, bolusNl: 40000 }), 1110);
    storeReports(drive, 1112);
    expect(drive.strokes).toBe(1);
    // The record that knows of the confirmation, and of the stroke.
    storeReports(drive, 1117);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(1);
    expect(drive.told(JournalCode.forfeited)).toEqual([]);
  });

  test("comes with the next, when the bolus began while one was being written (DEL-005)", () => {
    const drive = new DirectDrive(FINE_PUMP).begin(NO_BASAL);
    drive.storeReports = false;
    drive.program(NO_BASAL, 995);
    const written = drive.pump.record.sequence;
    drive.order(1, 300000, 1000, 1000);
    drive.program(prescribed({ basalNlPerDay: 0, bolusNl: 40000 }), 1110);
    drive.hand(event(EventKind.stored, { id: written }), 1112);
    expect(drive.runTo(1112).strokes).toBe(0);
    storeReports(drive, 1117);
    expect(drive.strokes).toBe(1);
  });

  test.each([
    ["a stop", event(EventKind.stop)],
    ["an alarm that stops the motor", event(EventKind.detected, { count: 1, detail: AlarmKind.occlusion })],
  ])("is given up at %s, told of, and not made up for by the next start (DEL-005)", (_what, still) => {
    const drive = withStrokeWaiting(1110).give(still, 1110);
    expect(drive.told(JournalCode.forfeited, 1)).toEqual([[1110, 30]]);
    storeReports(drive, 1112);
    drive.storeReports = true;
    storeReports(drive, 1117);
    drive.do(EventKind.detected, 2000, { detail: AlarmKind.occlusion }).do(EventKind.acknowledge, 2000);
    drive.do(EventKind.stop, 2000).do(EventKind.start, 2001);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(0);
    // 1,110 ms less 1,108 were owed below a stroke: the next bolus's first comes so much earlier.
    drive.order(2, 300000, 1000, HOUR_MS);
    expect(drive.runTo(HOUR_MS + 105).strokes).toBe(0);
    expect(drive.runTo(HOUR_MS + 106).strokes).toBe(1);
  });

  test("of a prime is given up when another prescription ends the prime: the pump is stopped (DEL-005)", () => {
    const drive = new DirectDrive(FINE_PUMP).program(NO_BASAL, 0);
    drive.do(EventKind.prime, 1000, { count: 100000 });
    drive.storeReports = false;
    drive.do(EventKind.confirmPrime, 1000, { count: 100000 }).program(NO_BASAL, 1110);
    expect(drive.told(JournalCode.forfeited, 1)).toEqual([[1110, 30]]);
    storeReports(drive, 1112);
    storeReports(drive, 1117);
    expect(drive.runTo(HOUR_MS).strokes).toBe(0);
  });
});

const LIMITS = { windowLimitNl: 8000000, bolusNl: 60, bolusMs: 1, lockoutMs: 1, mostPer24h: 48, minimumNlPerDay: 1000 };

const anyOfThese: fc.Arbitrary<Prescription> = fc.constantFrom(
  prescribed({ ...LIMITS, basalNlPerDay: 0 }),
  prescribed({ ...LIMITS, basalNlPerDay: 4000000 }),
  prescribed({ ...LIMITS, ...flexDay([0, 4000000], [HOUR_MS, 0]) }),
);

/** What ends orders, or all movement. */
const anyEnd: fc.Arbitrary<readonly EngineInput[]> = fc.oneof(
  fc.constantFrom<(readonly EngineInput[])[]>(
    [plainInput(EventKind.stop)],
    [plainInput(EventKind.hold)],
    [plainInput(EventKind.clockLost)],
    [plainInput(EventKind.setClock, { count: HOUR_MS })],
    [plainInput(EventKind.detected, { count: 1, detail: AlarmKind.occlusion })],
  ),
  anyOfThese.map(program),
);

const GO_ON = [
  plainInput(EventKind.detected, { count: 0, detail: AlarmKind.occlusion }),
  plainInput(EventKind.acknowledge),
  plainInput(EventKind.start),
];

/** Boluses at the maximum rate, each cut short within some ms, and so on. */
const anyCrowdedTherapy: fc.Arbitrary<Therapy> = fc.record({
  config: fc.constant(FINE_PUMP),
  prescription: anyOfThese,
  reservoirNl: fc.constant(20000000),
  restMs: fc.constant(1000),
  doings: fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        anyEnd,
      ),
      { minLength: 30, maxLength: 60, size: "max" },
    )
    .map((rounds) =>
      rounds.flatMap(([bolusMs, endMs, goOnMs, end], index) => {
        const order = plainInput(EventKind.clinicianBolus, { id: index + 1, count: 30 + index, detail: 1 });
        const after = (afterMs: number, inputs: readonly EngineInput[]) =>
          inputs.map((what, place) => ({ afterMs: place === 0 ? afterMs : 0, what }));
        return [...after(bolusMs, [order]), ...after(endMs, end), ...after(goOnMs, GO_ON)];
      }),
    ),
});

property.prop([anyCrowdedTherapy], { numRuns: runs(60) })(
  "whatever ends an order while its first record is being written, strokes and what is given up are right (DEL-005)",
  (therapy) => {
    const checker = checkerFor(therapy);
    const { pump, endMs } = runTherapy(therapy, checker);
    checker.close(endMs);
    expect(checker.complaints).toEqual([]);
    expect(pump.fault).toBe(FaultKind.none);
    expect(pump.delivery.totalStrokes).toBe(checker.strokes);
  },
);
