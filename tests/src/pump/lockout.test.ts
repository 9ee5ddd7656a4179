import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;
const MIN_MS = 60000;

function answerOf(drive: DirectDrive, id: number, atMs: number): BolusAnswer {
  const said = drive.ask(id, atMs);
  return said.code === JournalCode.bolusGranted ? BolusAnswer.granted : (said.numbers[1] as BolusAnswer);
}

describe("the lockout of 2 h", () => {
  const endMs = HOUR_MS + 10 * MIN_MS;

  test("runs from the end of the bolus: refused 1 ms before, with that instant, and granted at it (BOL-002)", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, HOUR_MS);
    const refused = drive.ask(2, endMs + 2 * HOUR_MS - 1);
    expect(refused.numbers).toEqual([2, BolusAnswer.lockedOut, endMs + 2 * HOUR_MS, 0]);
    expect(answerOf(drive, 3, endMs + 2 * HOUR_MS)).toBe(BolusAnswer.granted);
  });

  test("at the very end of a bolus it has ended: locked out, no longer busy", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, HOUR_MS);
    expect(answerOf(drive, 2, endMs - 1)).toBe(BolusAnswer.busy);
    expect(answerOf(drive, 3, endMs)).toBe(BolusAnswer.lockedOut);
  });

  test("runs from where a stop cut the bolus (BOL-002)", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, HOUR_MS);
    const cutMs = HOUR_MS + MIN_MS;
    drive.give(event(EventKind.stop), cutMs);
    // 30 uL over 10 min: 3 uL in the first.
    expect(drive.last(JournalCode.bolusEnded)?.numbers).toEqual([1, BolusEnd.stopped, 3000, BolusKind.demand]);
    drive.give(event(EventKind.start), cutMs);
    expect(answerOf(drive, 2, cutMs + 2 * HOUR_MS - 1)).toBe(BolusAnswer.lockedOut);
    expect(answerOf(drive, 3, cutMs + 2 * HOUR_MS)).toBe(BolusAnswer.granted);
  });

  test("another prescription with another lockout counts from the same end", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, HOUR_MS);
    drive.program(prescribed({ lockoutMs: 5 * MIN_MS }), endMs);
    expect(answerOf(drive, 2, endMs + 5 * MIN_MS - 1)).toBe(BolusAnswer.lockedOut);
    expect(answerOf(drive, 3, endMs + 5 * MIN_MS)).toBe(BolusAnswer.granted);
  });

  test("a refused request neither begins nor lengthens it", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, HOUR_MS);
    for (let i = 0; i < 100; i++) drive.ask(100 + i, endMs + i * MIN_MS);
    expect(answerOf(drive, 200, endMs + 2 * HOUR_MS)).toBe(BolusAnswer.granted);
  });
});

describe("the count in 24 h", () => {
  test("a bolus counts until 24 h after it was granted, cut short or not (BOL-003)", () => {
    const drive = new DirectDrive().begin(prescribed({ mostPer24h: 2, lockoutMs: 1 }));
    drive.ask(1, HOUR_MS);
    drive.give(event(EventKind.stop), HOUR_MS + 1);
    drive.give(event(EventKind.start), HOUR_MS + 2);
    drive.ask(2, 2 * HOUR_MS);
    const refused = drive.ask(3, 25 * HOUR_MS - 1);
    expect(refused.numbers).toEqual([3, BolusAnswer.maxPerDay, 25 * HOUR_MS, 0]);
    expect(answerOf(drive, 4, 25 * HOUR_MS)).toBe(BolusAnswer.granted);
    expect(answerOf(drive, 5, 26 * HOUR_MS - 1)).toBe(BolusAnswer.maxPerDay);
  });
});

describe("a bolus under the cap of the maximum rate", () => {
  test("takes longer, gives the same, and its lockout runs from the later end", () => {
    const drive = new DirectDrive({ ...REFERENCE_PUMP, maxRateNlPerDay: 3000000 });
    drive.begin(prescribed({ basalNlPerDay: 120000 }));
    // 30 uL at 2.88 mL/day are 15 min.
    expect(drive.ask(1, HOUR_MS).numbers).toEqual([1, 30000, 15 * MIN_MS, BolusKind.demand]);
    const strokesBefore = drive.strokes;
    drive.runTo(HOUR_MS + 15 * MIN_MS);
    // 30 uL of bolus and 1.25 uL of basal on what was owed before.
    const owedBeforeNl = (120000 / 24) % 300;
    expect(drive.strokes - strokesBefore).toBe(Math.floor((30000 + 1250 + owedBeforeNl) / 300));
    expect(answerOf(drive, 2, HOUR_MS + 15 * MIN_MS + 2 * HOUR_MS - 1)).toBe(BolusAnswer.lockedOut);
    expect(answerOf(drive, 3, HOUR_MS + 15 * MIN_MS + 2 * HOUR_MS)).toBe(BolusAnswer.granted);
  });
});

describe("requests", () => {
  test("the same id has one effect, however it was answered first (BOL-006)", () => {
    const drive = new DirectDrive().begin();
    drive.give(event(EventKind.stop), MIN_MS);
    expect(answerOf(drive, 1, MIN_MS)).toBe(BolusAnswer.stopped);
    drive.give(event(EventKind.start), MIN_MS);
    expect(answerOf(drive, 1, MIN_MS)).toBe(BolusAnswer.duplicate);
    expect(answerOf(drive, 2, MIN_MS)).toBe(BolusAnswer.granted);
    expect(answerOf(drive, 2, 5 * HOUR_MS)).toBe(BolusAnswer.duplicate);
  });

  test("in the safe state, after an alarm and without a bolus prescribed the answer says so", () => {
    const faulted = new DirectDrive().begin();
    faulted.hand(event(77 as EventKind), 5);
    expect(faulted.pump.fault).toBe(FaultKind.unknownEvent);
    expect(answerOf(faulted, 1, 6)).toBe(BolusAnswer.faultLatched);

    const late = new DirectDrive().begin();
    late.hand(event(EventKind.controlLate), 30000);
    expect(answerOf(late, 1, 30001)).toBe(BolusAnswer.alarmActive);
    late.give(event(EventKind.acknowledge), 30002);
    expect(answerOf(late, 2, 30003)).toBe(BolusAnswer.granted);

    const none = new DirectDrive().begin(prescribed({ bolusNl: 0 }));
    expect(answerOf(none, 1, 5)).toBe(BolusAnswer.notPrescribed);
  });

  test("with the reservoir: granted when a nanolitre more than low is left at its end, refused at low", () => {
    // No basal: the bolus of 30 uL is all that is drawn.
    const p = prescribed({ basalNlPerDay: 0 });
    expect(answerOf(new DirectDrive(REFERENCE_PUMP, 2030001).begin(p), 1, 5)).toBe(BolusAnswer.granted);
    const refused = new DirectDrive(REFERENCE_PUMP, 2030000).begin(p).ask(1, 5);
    expect(refused.numbers).toEqual([1, BolusAnswer.reservoirLow, 30000, 0]);
  });
});
