import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { MoveResult } from "../../../src/motion/step-driver";
import { JournalCode, RefillRefusal, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { BOUNDLESS_DRUG, drugs, event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const DAY = 86400000;
const FULL = { count: 20000000, values: drugs(1000) };
/** 1 mL/day and nothing else, so that three days are 3 mL, 10,000 strokes. */
const BASAL = prescribed({ bolusNl: 0 });

/** Stopped after three days. */
function afterThreeDays(config = REFERENCE_PUMP): DirectDrive {
  return new DirectDrive(config).begin(BASAL).do(EventKind.stop, 3 * DAY);
}

const measure = (drive: DirectDrive, count: number): DirectDrive =>
  drive.do(EventKind.measureResidual, drive.pump.nowMs, { count });
const refill = (drive: DirectDrive, changes: object = {}): DirectDrive =>
  drive.do(EventKind.refill, drive.pump.nowMs, { ...FULL, ...changes });
const why = (drive: DirectDrive): number | undefined => drive.last(JournalCode.refillRefused)?.numbers[0];

describe("the residual", () => {
  // 14.5 % of 3 mL.
  test.each([
    ["as expected", 17000000, 0],
    ["at the upper edge of the accuracy", 17435000, 0],
    ["above it", 17435001, 1],
    ["at its lower edge", 16565000, 0],
    ["below it", 16564999, 1],
  ])("%s", (_name, actualNl, isOff) => {
    const drive = measure(afterThreeDays(), actualNl);
    expect(drive.last(JournalCode.residualMeasured)?.numbers).toEqual([17000000, actualNl, 435000, isOff]);
    expect(drive.pump.reports.alarms.isActive(AlarmKind.residualDiscrepancy)).toBe(isOff === 1);
    expect(drive.pump.delivery.reservoir.contentNl()).toBe(actualNl);
  });

  test("may differ by 2 mL at most, however much was given and whatever accuracy is stated (RES-007)", () => {
    for (const accuracyPerMille of [0, 1000]) {
      const drive = measure(afterThreeDays({ ...REFERENCE_PUMP, accuracyPerMille }), 19000001);
      expect(drive.last(JournalCode.residualMeasured)?.numbers.slice(2)).toEqual([2000000, 1]);
    }
  });

  test("strokes that were perhaps not made are within what is expected (RES-009)", () => {
    const drive = new DirectDrive().begin(BASAL).runTo(3 * DAY - 1);
    drive.motorReports = false;
    drive.runTo(3 * DAY).hand(event(EventKind.moved, { count: 1, detail: MoveResult.cancelled }), 3 * DAY);
    drive.motorReports = true;
    drive.do(EventKind.stop, 3 * DAY);
    measure(drive, 17435300);
    expect(drive.last(JournalCode.residualMeasured)?.numbers[3]).toBe(0);
    expect(drive.pump.delivery.reservoir.bandNl()).toBe(0);
  });

  test("gives the flow error since the last fill and since the first; more delivered than counted is positive (RES-008)", () => {
    const drive = measure(afterThreeDays(), 16700000);
    expect(drive.last(JournalCode.flowError)?.numbers.slice(0, 2)).toEqual([100, 100]);
    refill(drive)
      .do(EventKind.start, 3 * DAY)
      .do(EventKind.stop, 4 * DAY);
    measure(drive, 19100000);
    // 0.9 mL of 1; over both 4.2 mL of 4.
    expect(drive.last(JournalCode.flowError)?.numbers.slice(0, 2)).toEqual([-100, 50]);
    // Nothing was counted since: there is nothing to compare.
    measure(drive, 19100000);
    expect(drive.entries(JournalCode.flowError)).toHaveLength(2);
  });
});

describe("a refill", () => {
  test("routine: measured, filled, running again with the same fluid", () => {
    const drive = refill(measure(afterThreeDays(), 17000000), { detail: 9000 });
    expect(drive.last(JournalCode.refilled)?.numbers.slice(0, 2)).toEqual([20000000, 9000]);
    expect(drive.pump.delivery.reservoir).toMatchObject({ filledNl: 20000000, filledAtMs: 3 * DAY, expiryDay: 9000 });
    expect(drive.entries(JournalCode.oldFluid)).toEqual([]);
    drive.do(EventKind.start, 3 * DAY).runTo(4 * DAY);
    expect(drive.pump.delivery.reservoir.contentNl()).toBe(20000000 - 3333 * 300);
  });

  test("is refused while the pump runs, primes, or is held (RES-005, SAF-007)", () => {
    const drive = new DirectDrive().begin(BASAL);
    expect(why(refill(drive))).toBe(RefillRefusal.notStopped);
    expect(why(measure(drive, 20000000))).toBe(RefillRefusal.notStopped);
    const priming = new DirectDrive().program(BASAL, 0).do(EventKind.prime, 0, { count: 300000 });
    priming.do(EventKind.confirmPrime, 0, { count: 300000 });
    expect(why(refill(priming))).toBe(RefillRefusal.notStopped);
  });

  test("is refused until the residual was measured since the stop, and again for the next one (RES-007)", () => {
    const drive = afterThreeDays();
    expect(why(refill(drive))).toBe(RefillRefusal.notMeasured);
    measure(drive, 17000000)
      .do(EventKind.start, 3 * DAY)
      .do(EventKind.stop, 3 * DAY);
    drive.said.length = 0;
    expect(why(refill(drive))).toBe(RefillRefusal.notMeasured);
    refill(measure(drive, 17000000));
    drive.said.length = 0;
    expect(why(refill(drive))).toBe(RefillRefusal.notMeasured);
  });

  test("is refused while a discrepancy has not been acknowledged (RES-007)", () => {
    const drive = measure(afterThreeDays(), 10000000);
    expect(why(refill(drive))).toBe(RefillRefusal.discrepancy);
    drive.do(EventKind.acknowledge, 3 * DAY);
    refill(drive);
    expect(drive.last(JournalCode.refilled)?.numbers[0]).toBe(20000000);
  });

  test.each<[string, object, RefillRefusal]>([
    ["more than the reservoir holds", { count: 20000001 }, RefillRefusal.volume],
    ["no drug", { values: drugs() }, RefillRefusal.drugs],
    ["a drug outside the library", { values: drugs(0, 0, 0, 5) }, RefillRefusal.drugs],
    ["a concentration above the library's", { values: drugs(1000001) }, RefillRefusal.drugs],
    ["a concentration that is no whole number", { values: drugs(0.5) }, RefillRefusal.drugs],
    ["an expiry that is no day", { detail: -1 }, RefillRefusal.drugs],
  ])("of %s is refused (RES-010, PRE-005)", (_name, changes, refusal) => {
    const drive = refill(measure(afterThreeDays(), 17000000), changes);
    expect([why(drive), drive.pump.delivery.reservoir.contentNl()]).toEqual([refusal, 17000000]);
  });

  test("of more than four drugs is refused (RES-010)", () => {
    const library = Array.from({ length: 5 }, () => BOUNDLESS_DRUG);
    const drive = measure(afterThreeDays({ ...REFERENCE_PUMP, library }), 17000000);
    expect(why(refill(drive, { values: drugs(1, 1, 1, 1, 1) }))).toBe(RefillRefusal.drugs);
    expect(refill(drive, { values: drugs(1, 1, 1, 1) }).entries(JournalCode.refilled)).toHaveLength(1);
  });

  test("with other drugs needs known dead volumes, and the prescription for them (RES-010)", () => {
    const unknown = new DirectDrive().begin({ ...BASAL, catheterNl: 0 }).do(EventKind.stop, 3 * DAY);
    measure(unknown, 17000000);
    expect(why(refill(unknown, { values: drugs(2000) }))).toBe(RefillRefusal.deadVolumeUnknown);
    expect(refill(unknown).entries(JournalCode.refilled)).toHaveLength(1);
    const drive = refill(measure(afterThreeDays(), 17000000), { values: drugs(2000) });
    expect(drive.last(JournalCode.oldFluid)?.numbers[0]).toBe(350000);
    drive.do(EventKind.start, 3 * DAY);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.otherDrugs);
    drive.program({ ...BASAL, concentrationNgPerUl: drugs(2000) }, 3 * DAY).do(EventKind.start, 3 * DAY);
    expect(drive.entries(JournalCode.started)).toHaveLength(2);
  });

  test("the first of a new pump needs no residual, and there is no old fluid", () => {
    const drive = refill(new DirectDrive(REFERENCE_PUMP, 0, undefined, drugs()).program(BASAL, 5), {});
    expect(drive.entries(JournalCode.refilled)).toHaveLength(1);
    expect([...drive.pump.delivery.mixture.tip]).toEqual(drugs(1000));
    expect(drive.entries(JournalCode.oldFluid)).toEqual([]);
  });

  test("takes the causes of low and empty away, as far as it fills", () => {
    const drive = new DirectDrive(REFERENCE_PUMP, 1100000).begin(BASAL).runTo(DAY).do(EventKind.stop, DAY);
    measure(drive, 1000000);
    refill(drive, { count: 1500000 }).do(EventKind.acknowledge, DAY);
    expect(drive.told(JournalCode.alarmCleared, 1)).toEqual([[DAY, AlarmKind.emptyReservoir]]);
    expect(drive.pump.reports.alarms.isActive(AlarmKind.lowReservoir)).toBe(true);
  });

  test("a low mark that is lowered below the content takes the cause of low away", () => {
    const drive = new DirectDrive(REFERENCE_PUMP, 4100000).begin({ ...BASAL, lowNl: 4000000 }).runTo(DAY);
    expect(drive.pump.reports.alarms.isActive(AlarmKind.lowReservoir)).toBe(true);
    drive.program(BASAL, DAY).do(EventKind.acknowledge, DAY);
    expect(drive.pump.reports.alarms.isActive(AlarmKind.lowReservoir)).toBe(false);
  });
});
