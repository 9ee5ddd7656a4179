import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { EventKind } from "../../../src/events";
import { Pump } from "../../../src/pump";
import { writePrescription } from "../../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { StateRecord } from "../../../src/record/store";
import { ReservoirLevel } from "../../../src/reservoir/reservoir";
import { DirectDrive } from "../direct-drive";
import { drugs, event, program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";

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
    drive.motorReports = false;
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
  test("is stopped and has no prescription, goes on with its counts, and takes lockout and windows as used up (SAF-006, LIM-008)", () => {
    const restored = recordOfOneBolus();
    const pump = new Pump(REFERENCE_PUMP, restored);
    expect(pump.nowMs).toBe(restored.coreMs);
    expect(pump.delivery.totalStrokes).toBe(restored.totalStrokes);
    expect(pump.delivery.reservoir.contentNl()).toBe(20000000 - 300 * restored.drawnStrokes);
    pump.on(event(EventKind.start), restored.coreMs);
    expect(pump.commands.code[0]).toBe(JournalCode.startRefused);
    expect(pump.commands.a[0]).toBe(StartRefusal.noPrescription);
    writePrescription(REFERENCE_PRESCRIPTION, pump.draft);
    for (const input of program(REFERENCE_PRESCRIPTION)) pump.on(event(input.kind, input), restored.coreMs);
    pump.on(event(EventKind.start), restored.coreMs);
    pump.commands.count = 0;
    pump.on(event(EventKind.requestBolus, { id: 9 }), restored.coreMs);
    expect([pump.commands.code[0], pump.commands.b[0]]).toEqual([JournalCode.bolusDenied, BolusAnswer.lockedOut]);
    expect(pump.commands.c[0]).toBe(restored.coreMs + 2 * HOUR_MS);
    const askAt = (id: number, atMs: number): unknown[] => {
      while (pump.nextDeadlineMs() <= atMs) {
        pump.advance(pump.nextDeadlineMs());
        pump.commands.count = 0;
        if (pump.delivery.outstanding.strokes > 0) pump.on(event(EventKind.moved, { count: 1 }), pump.nowMs);
      }
      pump.commands.count = 0;
      pump.on(event(EventKind.requestBolus, { id }), atMs);
      return [pump.commands.code[0], pump.commands.b[0]];
    };
    const afterLockout = restored.coreMs + 2 * HOUR_MS;
    expect(askAt(10, afterLockout)).toEqual([JournalCode.bolusDenied, BolusAnswer.maxPerDay]);
    expect(askAt(11, restored.coreMs + 24 * HOUR_MS - 1)).toEqual([JournalCode.bolusDenied, BolusAnswer.maxPerDay]);
    expect(askAt(12, restored.coreMs + 24 * HOUR_MS)[0]).toBe(JournalCode.bolusGranted);
  });

  test.each([
    { filledNl: 20000001 },
    { coreMs: NaN },
    { drawnStrokes: 1, totalStrokes: 0 },
    { sequence: -1 },
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
