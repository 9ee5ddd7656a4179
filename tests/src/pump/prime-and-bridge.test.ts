import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { JournalCode, PrimeRefusal, StartRefusal } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const DAY = 86400000;
/** Tubing 200 uL, catheter 150 uL. */
const DEAD_NL = 350000;

/** A new pump, programmed, that asks for a prime and confirms it. */
function primed(volumeNl: number, confirmedNl = volumeNl, laterMs = 0): DirectDrive {
  const drive = new DirectDrive().program(prescribed(), 0);
  drive.do(EventKind.prime, 1000, { count: volumeNl });
  return drive.do(EventKind.confirmPrime, 1000 + laterMs, { count: confirmedNl });
}

/** Strokes to the patient on all days, and the primary drug in them in strokes x ng/uL. */
function toPatient(drive: DirectDrive): [number, number] {
  const sum = (column: 1 | 2): number => drive.rowsOf(ReportRow.day).reduce((total, row) => total + row[column], 0);
  return [sum(1), sum(2)];
}

const why = (drive: DirectDrive): number[] | undefined => drive.last(JournalCode.primeRefused)?.numbers.slice(0, 2);

describe("a prime (RES-016)", () => {
  test("fills the line at the maximum rate; nothing of it counts as given to the patient", () => {
    const drive = primed(DEAD_NL);
    // 350 uL at 24 mL/day are 21 min.
    expect(drive.told(JournalCode.bolusGranted)).toEqual([[1000, 0, DEAD_NL, 21 * MIN, BolusKind.priming]]);
    drive.runTo(DAY);
    expect(drive.told(JournalCode.bolusEnded).at(0)?.slice(0, 4)).toEqual([
      1000 + 21 * MIN,
      0,
      BolusEnd.complete,
      DEAD_NL,
    ]);
    const { delivery } = drive.pump;
    const counted = (): unknown[] => [delivery.window.strokes, delivery.drugs.units[0], ...toPatient(drive)];
    expect(drive.rowsOf(ReportRow.counters)).toEqual([[1166, 1166, 0, 0]]);
    expect(counted()).toEqual([0, 0, 0, 0]);
    expect(delivery.reservoir.contentNl()).toBe(20000000 - 1166 * 300);
    drive.do(EventKind.start, DAY).runTo(DAY + 30000);
    expect(counted()).toEqual([1, 1000, 1, 1000]);
    expect(drive.rowsOf(ReportRow.counters)).toEqual([[1167, 1166, 0, 0]]);
  });

  test.each([
    ["all of the dead volume", DEAD_NL, undefined],
    ["more than that", DEAD_NL + 1, [PrimeRefusal.aboveDeadVolume, DEAD_NL]],
    ["less than a stroke", 299, [PrimeRefusal.aboveDeadVolume, DEAD_NL]],
    ["no number", NaN, [PrimeRefusal.aboveDeadVolume, DEAD_NL]],
  ])("of %s", (_name, volumeNl, refusal) => {
    expect(why(new DirectDrive().program(prescribed(), 0).do(EventKind.prime, 0, { count: volumeNl }))).toEqual(
      refusal,
    );
  });

  test("needs its own confirmation, of the same volume, within 10 min", () => {
    expect(why(primed(DEAD_NL, DEAD_NL, 10 * MIN))).toBeUndefined();
    expect(why(primed(DEAD_NL, DEAD_NL, 10 * MIN + 1))).toEqual([PrimeRefusal.notConfirmed, DEAD_NL]);
    expect(why(primed(DEAD_NL, DEAD_NL - 1))).toEqual([PrimeRefusal.notConfirmed, DEAD_NL]);
    const unasked = new DirectDrive().program(prescribed(), 0).do(EventKind.confirmPrime, 0, { count: DEAD_NL });
    expect(why(unasked)).toEqual([PrimeRefusal.notConfirmed, DEAD_NL]);
  });

  test("one confirmation, one prime; what was filled, or begun, cannot be filled again", () => {
    const drive = primed(200000).runTo(DAY);
    drive.do(EventKind.confirmPrime, DAY, { count: 200000 });
    expect(why(drive)).toEqual([PrimeRefusal.aboveDeadVolume, 150000]);
    drive.do(EventKind.prime, DAY, { count: 150000 }).do(EventKind.confirmPrime, DAY, { count: 150000 });
    drive.do(EventKind.stop, DAY + MIN).do(EventKind.prime, DAY + MIN, { count: 300 });
    expect(why(drive)).toEqual([PrimeRefusal.aboveDeadVolume, 0]);
  });

  test("is refused once therapy has filled the line, until a part is changed", () => {
    const drive = new DirectDrive().begin().do(EventKind.stop, MIN).do(EventKind.prime, MIN, { count: 300 });
    expect(why(drive)).toEqual([PrimeRefusal.aboveDeadVolume, 0]);
    drive.do(EventKind.deadVolumeEmpty, MIN, { count: 150000 }).do(EventKind.prime, MIN, { count: 150000 });
    expect(drive.last(JournalCode.primeAsked)?.numbers[0]).toBe(150000);
    // A start between asking and confirming: the line fills itself.
    drive
      .do(EventKind.start, 2 * MIN)
      .do(EventKind.stop, 2 * MIN)
      .do(EventKind.confirmPrime, 2 * MIN, { count: 150000 });
    expect(why(drive)).toEqual([PrimeRefusal.aboveDeadVolume, 0]);
  });

  test("is refused while running, without known volumes, under an alarm that stops the motor, and near the low mark", () => {
    const ask = (drive: DirectDrive): number | undefined => why(drive.do(EventKind.prime, 0, { count: 300 }))?.[0];
    expect(ask(new DirectDrive().begin())).toBe(PrimeRefusal.notStopped);
    expect(ask(new DirectDrive().program(prescribed({ catheterNl: 0 }), 0))).toBe(PrimeRefusal.deadVolumeUnknown);
    const air = new DirectDrive().program(prescribed(), 0);
    expect(ask(air.do(EventKind.detected, 0, { detail: AlarmKind.airInLine, count: 1 }))).toBe(
      PrimeRefusal.alarmActive,
    );
    expect(ask(new DirectDrive(REFERENCE_PUMP, 2000300).program(prescribed(), 0))).toBe(PrimeRefusal.alarmActive);
    expect(ask(new DirectDrive(REFERENCE_PUMP, 2000301).program(prescribed(), 0))).toBeUndefined();
  });

  test("holds up a start, and a stop or an alarm ends it for good", () => {
    const drive = primed(DEAD_NL).do(EventKind.start, MIN);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.priming);
    const { strokes } = drive.do(EventKind.stop, 2 * MIN);
    expect(drive.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.stopped);
    expect(drive.runTo(DAY).strokes).toBe(strokes);
    const blocked = primed(DEAD_NL).do(EventKind.detected, MIN, { detail: AlarmKind.occlusion, count: 1 });
    expect(blocked.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.alarm);
  });

  test("parts are changed only at a stopped pump, and no more than there is", () => {
    const drive = new DirectDrive().begin();
    const refusals = (): number => drive.entries(JournalCode.orderRefused).length;
    drive.do(EventKind.deadVolumeEmpty, 0, { count: 150000 }).do(EventKind.tubeChanged, 0);
    expect(refusals()).toBe(2);
    drive.do(EventKind.stop, 0).do(EventKind.deadVolumeEmpty, 0, { count: DEAD_NL + 1 });
    expect(refusals()).toBe(3);
  });
});

describe("another concentration", () => {
  /** 1 mg/day of 1 mg/mL for a day; refilled with 2 mg/mL, for the same dose at half the rate. */
  function refilled(bridge: 0 | 1): DirectDrive {
    const drive = new DirectDrive().begin(prescribed({ bolusNl: 0 })).do(EventKind.stop, DAY);
    drive.do(EventKind.measureResidual, DAY, { count: drive.pump.delivery.reservoir.contentNl() });
    drive.do(EventKind.refill, DAY, { count: 20000000, values: drugs(2000) });
    const next = { basalNlPerDay: 500000, concentrationNgPerUl: drugs(2000), bridge };
    return drive.program(prescribed(next), DAY).do(EventKind.start, DAY);
  }

  /** Dose from one instant to another as the pump counts it, in ng. */
  function doseNg(drive: DirectDrive, fromMs: number, toMs: number): number {
    const [, before] = toPatient(drive.runTo(fromMs));
    const [, after] = toPatient(drive.runTo(toMs));
    return ((after - before) * 300) / 1000;
  }

  test("under a bridge the dose is the ordered one, before, during and after; the rate is dose over the old concentration (RES-015)", () => {
    const drive = refilled(1);
    // 1 mg in 24 h are 41,667 ng an hour; a stroke is 300 ng of the old fluid, 600 ng of the new.
    for (const hour of [0, 4, 7]) {
      const dose = doseNg(drive, DAY + hour * 3600000, DAY + (hour + 1) * 3600000);
      expect(Math.abs(dose - 1000000 / 24)).toBeLessThanOrEqual(300);
    }
    const passed = drive.runTo(DAY + 12 * 3600000).last(JournalCode.oldFluidPassed);
    // 1167 strokes at 1 mL/day, the first of them after what was owed before.
    const owedNl = 1000000 % 300;
    expect(passed?.atMs).toBe(DAY + Math.ceil(((1167 * 300 - owedNl) / 1000000) * DAY));
    expect(drive.told(JournalCode.basalRate, 1).slice(-2)).toEqual([
      [DAY, 1000000],
      [passed?.atMs, 500000],
    ]);
    const after = doseNg(drive, DAY + 12 * 3600000, DAY + 13 * 3600000);
    expect(Math.abs(after - 1000000 / 24)).toBeLessThanOrEqual(600);
  });

  test("no bolus under a bridge: busy with it (RES-015)", () => {
    const drive = refilled(1);
    expect(drive.ask(1, DAY + 1000).numbers.slice(1, 3)).toEqual([BolusAnswer.busy, BolusKind.bridge]);
    expect(drive.order(2, 300, 1000, DAY + 1000).numbers.slice(1, 3)).toEqual([BolusAnswer.busy, BolusKind.bridge]);
    expect(drive.ask(3, 2 * DAY).code).toBe(JournalCode.bolusGranted);
  });

  test("without one the old fluid leaves at the new rate: half the dose until it has passed (RES-014)", () => {
    const drive = refilled(0);
    expect(drive.told(JournalCode.basalRate, 1).at(-1)).toEqual([DAY, 500000]);
    expect(Math.abs(doseNg(drive, DAY, DAY + 3600000) - 500000 / 24)).toBeLessThanOrEqual(300);
    expect(drive.pump.delivery.mixture.tip[0]).toBe(1000);
    drive.runTo(2 * DAY);
    expect([drive.pump.delivery.mixture.tip[0], drive.pump.delivery.mixture.oldStrokes]).toEqual([2000, 0]);
  });

  test("a whole new line holds none of the old fluid, a new catheter alone does", () => {
    for (const [emptyNl, oldStrokes] of [
      [DEAD_NL, 0],
      [150000, 1167],
    ] as const) {
      const drive = refilled(1).do(EventKind.stop, DAY).do(EventKind.deadVolumeEmpty, DAY, { count: emptyNl });
      expect(drive.pump.delivery.mixture.oldStrokes).toBe(oldStrokes);
    }
  });
});
