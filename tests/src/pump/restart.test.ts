import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { EventKind } from "../../../src/events";
import { TherapyMode } from "../../../src/delivery/therapy";
import { Pump } from "../../../src/pump";
import { JournalCode } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { StateRecord } from "../../../src/record/state-record";
import { ReservoirLevel } from "../../../src/reservoir/reservoir";
import { DirectDrive } from "../direct-drive";
import { PoweredPump } from "../powered-pump";
import { drugs, event, REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;

/** What a store would give back of a pump that was stopped 1 h after a bolus. */
function recordOfOneBolus(): StateRecord {
  const drive = new DirectDrive().begin();
  drive.ask(1, HOUR_MS);
  drive.give(event(EventKind.stop), HOUR_MS + 600000 + HOUR_MS);
  return Object.assign(new StateRecord(), drive.pump.record);
}

describe("the record", () => {
  test("holds what was given until the stop", () => {
    // 2 h 10 min of 1 mL/day and 30 uL.
    const strokes = Math.floor((1000000 * (130 / 1440) + 30000) / 300);
    expect(recordOfOneBolus()).toMatchObject({
      coreMs: 2 * HOUR_MS + 600000,
      totalStrokes: strokes,
      drawnStrokes: strokes,
      filledNl: 20000000,
    });
  });

  test("is written one at a time, and what changed meanwhile is written after it", () => {
    const drive = new DirectDrive(REFERENCE_PUMP, 0);
    drive.storeReports = false;
    drive.do(EventKind.refill, 1, { count: 5000000, values: drugs(1000) });
    drive.do(EventKind.measureResidual, 2, { count: 5000000 });
    drive.do(EventKind.refill, 2, { count: 6000000, values: drugs(1000) });
    expect(drive.commands(CommandKind.store).map(({ numbers }) => numbers[0])).toEqual([1]);
    expect(drive.pump.record.filledNl).toBe(5000000);
    drive.hand(event(EventKind.stored, { id: 7 }), 3);
    expect(drive.commands(CommandKind.store)).toHaveLength(1);
    drive.hand(event(EventKind.stored, { id: 1 }), 4);
    expect(drive.commands(CommandKind.store).map(({ numbers }) => numbers[0])).toEqual([1, 2]);
    expect(drive.pump.record.filledNl).toBe(6000000);
  });
});

describe("a pump made from a record", () => {
  test("goes on with its prescription, counts, lockout and count of boluses, and is as stopped as it was (SAF-006, LIM-008)", () => {
    const drive = new PoweredPump()
      .begin()
      .pass(HOUR_MS)
      .do(EventKind.requestBolus)
      .pass(HOUR_MS + 600000);
    drive
      .do(EventKind.stop)
      .pass(HOUR_MS / 2)
      .cut();
    const startedMs = drive.nowMs;
    const { delivery, therapy } = drive.pump;
    expect([therapy.mode, drive.made, delivery.totalStrokes]).toEqual([TherapyMode.stopped, drive.made, drive.made]);
    expect(delivery.reservoir.contentNl()).toBe(20000000 - 300 * drive.made);
    drive.do(EventKind.start);
    const denied = (answer: BolusAnswer, untilMs: number): void => {
      drive.do(EventKind.requestBolus);
      expect(drive.told(JournalCode.bolusDenied).at(-1)?.slice(2, 4)).toEqual([answer, untilMs]);
    };
    // Core time is that of the last record, so a lockout may get longer and never shorter.
    expect(startedMs).toBe(2 * HOUR_MS + 600000);
    const opensMs = HOUR_MS + 600000 + 2 * HOUR_MS;
    denied(BolusAnswer.lockedOut, opensMs);
    drive.runTo(opensMs - 1);
    denied(BolusAnswer.lockedOut, opensMs);
    for (let bolus = 2; bolus <= 4; bolus++) {
      drive.runTo(opensMs + (bolus - 2) * 3 * HOUR_MS).do(EventKind.requestBolus);
      expect(drive.told(JournalCode.bolusGranted)).toHaveLength(bolus - 1);
    }
    drive.pass(3 * HOUR_MS);
    denied(BolusAnswer.maxPerDay, 25 * HOUR_MS);
    drive.cut().runTo(25 * HOUR_MS - 1);
    denied(BolusAnswer.maxPerDay, 25 * HOUR_MS);
    drive.pass(1).do(EventKind.requestBolus);
    expect(drive.told(JournalCode.bolusGranted)).toHaveLength(1);
  });

  test.each([
    { filledNl: 20000001 },
    { coreMs: NaN },
    { drawnStrokes: 1, totalStrokes: 0 },
    { reservedStrokes: NaN },
    { totalStrokes: 0.5 },
  ])("is in its safe state when no pump can have written %o", (fields) => {
    const pump = new Pump(REFERENCE_PUMP, Object.assign(new StateRecord(), fields));
    expect(pump.fault).toBe(FaultKind.badRecord);
  });

  test("knows that its reservoir is low", () => {
    const restored = Object.assign(new StateRecord(), { filledNl: 2000600, drawnStrokes: 2, totalStrokes: 2 });
    expect(new Pump(REFERENCE_PUMP, restored).delivery.reservoir.level).toBe(ReservoirLevel.low);
  });
});
