import { describe, expect, test } from "vitest";
import { Confirm, EventKind } from "../../../src/events";
import { PrescriptionFault } from "../../../src/prescription/problem";
import type { Prescription } from "../../../src/prescription/prescription";
import { ConfirmRefusal, JournalCode, StartRefusal } from "../../../src/record/journal";
import { DirectDrive } from "../direct-drive";
import {
  BOUNDLESS_DRUG,
  digestOfPrescription,
  drugs,
  event,
  prescribed,
  REFERENCE_PUMP,
  steps,
} from "../reference-pump";

const FIRST = prescribed();
/** Nothing in it has changed by more than 3x. */
const NEXT = prescribed({ basalNlPerDay: 2000000, bolusNl: 10000 });

function stage(drive: DirectDrive, prescription: Prescription): DirectDrive {
  return drive.give({ kind: EventKind.stage, id: 0, count: 0, detail: 0, prescription }, drive.pump.nowMs);
}

function confirm(drive: DirectDrive, prescription: Prescription, bits: number): number[] | undefined {
  drive.do(EventKind.confirm, drive.pump.nowMs, { id: digestOfPrescription(prescription), detail: bits });
  return drive.last(JournalCode.programmed, JournalCode.confirmRefused)?.numbers.slice(0, 3);
}

const refused = (why: ConfirmRefusal, prescription: Prescription): number[] => [
  why,
  digestOfPrescription(prescription),
  0,
];

describe("staging", () => {
  test("changes nothing until it is confirmed with its digest (PRE-012)", () => {
    const drive = new DirectDrive().begin(FIRST);
    stage(drive, NEXT);
    expect(drive.last(JournalCode.staged)?.numbers).toEqual([digestOfPrescription(NEXT), 0, 0, 0]);
    expect(drive.pump.delivery.prescription.stepNlPerDay[0]).toBe(1000000);
    expect(confirm(drive, FIRST, 3)).toEqual(refused(ConfirmRefusal.otherDigest, FIRST));
    expect(drive.pump.delivery.plan.basalNlPerDay).toBe(1000000);
    expect(confirm(drive, NEXT, 0)).toEqual([digestOfPrescription(NEXT), 0, 0]);
    expect(drive.pump.delivery.plan.basalNlPerDay).toBe(2000000);
  });

  test("a prescription is confirmed once: what was confirmed is staged no more", () => {
    const drive = new DirectDrive().begin(FIRST);
    expect(confirm(drive, FIRST, 3)).toEqual(refused(ConfirmRefusal.otherDigest, FIRST));
  });

  test("one that is refused says every problem, leaves what is in force alone, and cannot be confirmed (PRE-012, PRE-001)", () => {
    const drive = new DirectDrive().begin(FIRST);
    drive.ask(1, 1000);
    const bad = prescribed({ bolusNl: 1000001, lockoutMs: 0, mostPer24h: 49 });
    stage(drive, bad);
    expect(drive.last(JournalCode.stageRefused)?.numbers).toEqual([digestOfPrescription(bad), 3, 0, 0]);
    expect(drive.told(JournalCode.problem).map((one) => one.slice(1))).toEqual([
      [PrescriptionFault.bolusAboveMaximum, 1000001, 1000000, 0],
      [PrescriptionFault.lockout, 0, 1, 0],
      [PrescriptionFault.mostPer24h, 49, 48, 0],
    ]);
    expect(confirm(drive, bad, 3)).toEqual(refused(ConfirmRefusal.otherDigest, bad));
    expect(drive.entries(JournalCode.bolusEnded)).toEqual([]);
    expect(drive.pump.delivery.prescription.bolusNl).toBe(30000);
  });

  test("what is staged is what is confirmed, whatever is written into the draft meanwhile (PRE-012)", () => {
    const drive = new DirectDrive().begin(FIRST);
    stage(drive, NEXT);
    drive.pump.draft.fill(23000000);
    confirm(drive, NEXT, 0);
    expect(drive.pump.delivery.prescription.stepNlPerDay).toEqual([...NEXT.stepNlPerDay]);
  });

  test("the first start needs one", () => {
    const drive = new DirectDrive().do(EventKind.start, 0);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.noPrescription);
  });
});

describe("amounts that change much (PRE-013)", () => {
  const FROM = prescribed({ basalNlPerDay: 1000000, minimumNlPerDay: 0 });

  test.each([
    ["three times as much", { basalNlPerDay: 3000000 }, 0],
    ["a trace more", { basalNlPerDay: 3000001 }, 1],
    ["a third", { bolusNl: 10000 }, 0],
    ["a trace less", { bolusNl: 9999 }, 1],
    ["one that was 0", { minimumNlPerDay: 1000 }, 1],
    ["one that becomes 0", { bolusNl: 0 }, 1],
    ["two of them", { basalNlPerDay: 200000, mostPer24h: 13 }, 2],
    ["a bounced key: 4.8 for 44.8", { windowLimitNl: 600000, basalNlPerDay: 480000 }, 1],
  ])("%s", (_name, change, count) => {
    const next = prescribed({ ...{ basalNlPerDay: 1000000 }, ...change });
    const drive = new DirectDrive().begin(FROM);
    stage(drive, next);
    expect(drive.last(JournalCode.staged)?.numbers[2]).toBe(count);
    if (count !== 0)
      expect(confirm(drive, next, Confirm.softLimits)).toEqual(refused(ConfirmRefusal.largeChanges, next));
    expect(confirm(drive, next, count === 0 ? 0 : Confirm.largeChanges)).toEqual([
      digestOfPrescription(next),
      0,
      count,
    ]);
  });

  test("all of a first one are new", () => {
    const drive = stage(new DirectDrive(), FROM);
    // Concentration, basal, bolus, its duration, lockout and most in 24 h, the dose limit and its window, the low mark, the catheter.
    expect(drive.last(JournalCode.staged)?.numbers[2]).toBe(10);
    expect(confirm(drive, FROM, 0)).toEqual(refused(ConfirmRefusal.largeChanges, FROM));
  });
});

describe("limits of the drug library", () => {
  const library = [{ ...BOUNDLESS_DRUG, softDayNg: 1500000, hardDayNg: 3000000 }];
  const drive = (): DirectDrive => new DirectDrive({ ...REFERENCE_PUMP, library });

  test("a soft one asks for an override, which is logged with how many were passed (PRE-003)", () => {
    const soft = prescribed({ basalNlPerDay: 1400000 });
    const pump = stage(drive(), soft);
    expect(pump.told(JournalCode.problem).map((one) => one.slice(1))).toEqual([
      [PrescriptionFault.totalAboveSoftDose, 1520000, 1500000, 0],
    ]);
    expect(confirm(pump, soft, Confirm.largeChanges)).toEqual(refused(ConfirmRefusal.softLimits, soft));
    expect(confirm(pump, soft, 3)).toEqual([digestOfPrescription(soft), 1, 10]);
  });

  test("a hard one cannot be passed (PRE-002)", () => {
    const hard = prescribed({ basalNlPerDay: 3000000 });
    const pump = stage(drive(), hard);
    expect(pump.entries(JournalCode.stageRefused)).toHaveLength(1);
    expect(confirm(pump, hard, 3)?.[0]).toBe(ConfirmRefusal.otherDigest);
  });
});

test("while therapy runs the fluid is what it is: other drugs need a stop, and a refill before the start", () => {
  const other = prescribed({ concentrationNgPerUl: drugs(2000) });
  const drive = new DirectDrive().begin(FIRST);
  stage(drive, other);
  expect(confirm(drive, other, 3)).toEqual(refused(ConfirmRefusal.otherDrugs, other));
  drive.hand(event(EventKind.stop), 0);
  expect(confirm(drive, other, 3)?.[0]).toBe(digestOfPrescription(other));
  drive.do(EventKind.start, 0);
  expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.otherDrugs);
});

test("the steps of a day that are not used are not looked at", () => {
  const drive = stage(new DirectDrive().begin(FIRST), prescribed({ stepNlPerDay: steps(1000000, 0) }));
  expect(drive.last(JournalCode.staged)?.numbers[2]).toBe(0);
});
