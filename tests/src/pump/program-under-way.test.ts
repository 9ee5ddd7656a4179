import { describe, expect, test } from "vitest";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { Pump } from "../../../src/pump";
import { JournalCode } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { StateRecord } from "../../../src/record/state-record";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { STOPPED_TOO_LONG_MS } from "../../../src/safety/alarm-table";
import { DirectDrive } from "../direct-drive";
import { begun, periodic } from "./periodic";
import { drugs, event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

/** 30 uL over 10 min every 6 h, nothing between. */
const PERIODIC = periodic({
  minimumNlPerDay: 1000,
});
const shots = { bolusNl: 0, basalNlPerDay: 0, scheduledNl: 90000, scheduledMs: 30 * MIN };
const SINGLE = prescribed({ ...shots, program: ProgramKind.singleShot, scheduledEveryMs: 7 * DAY, scheduledCount: 1 });
const THREE = prescribed({ ...shots, program: ProgramKind.severalShots, scheduledEveryMs: 12 * H, scheduledCount: 3 });
const AIR = { detail: AlarmKind.airInLine, count: 1 };

describe("scheduled boluses", () => {
  test("one that is due at the very instant of a start is given, whatever was left out before it", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    drive.do(EventKind.stop, 5 * H).do(EventKind.start, 12 * H);
    expect(begun(drive.runTo(18 * H))).toEqual([0, 12 * H, 18 * H]);
  });

  test.each([
    ["held", (drive: DirectDrive) => drive.do(EventKind.hold, H)],
    ["stopped", (drive: DirectDrive) => drive.do(EventKind.stop, H)],
    ["with air in its line", (drive: DirectDrive) => drive.do(EventKind.detected, H, AIR)],
  ])("a pump that is %s begins none when its shell was late, at their instant or between", (_name, rest) => {
    for (const lateMs of [2 * H, 6 * H, 7 * H]) {
      const drive = new DirectDrive().begin(PERIODIC).runTo(H);
      rest(drive);
      drive.hand(event(EventKind.controlLate), lateMs).runTo(lateMs + MIN);
      expect(begun(drive)).toEqual([0]);
    }
  });

  test("one that is left out before the first was given ends no program", () => {
    const drive = new DirectDrive().begin(PERIODIC).program(PERIODIC, H);
    expect(drive.order(1, 60000, 2 * H, 5 * H).code).toBe(JournalCode.bolusGranted);
    drive.runTo(18 * H);
    expect([begun(drive), drive.entries(JournalCode.programEnded)]).toEqual([[0, 12 * H, 18 * H], []]);
  });

  test("a shot that is left out is not counted: the program gives as many as it says", () => {
    const drive = new DirectDrive().begin(THREE);
    expect(drive.order(1, 60000, 2 * H, 11 * H).code).toBe(JournalCode.bolusGranted);
    drive.runTo(3 * DAY);
    expect(drive.told(JournalCode.bolusSkipped, 1)).toEqual([[12 * H, BolusKind.clinician]]);
    expect(begun(drive)).toEqual([0, 24 * H, 36 * H]);
    expect(drive.told(JournalCode.programEnded, 0)).toEqual([[36 * H + 30 * MIN]]);
  });

  test("a single shot whose start the shell was late for is given then, not after its interval", () => {
    const drive = new DirectDrive();
    drive.storeReports = false;
    drive.begin(SINGLE).hand(event(EventKind.controlLate), 1000);
    expect(begun(drive)).toEqual([1000]);
  });
});

describe("a stopped pump", () => {
  test("that had an alarm meanwhile is stopped too long by the time of its stop", () => {
    const drive = new DirectDrive().begin().do(EventKind.stop, H);
    drive.do(EventKind.detected, 10 * H, AIR).do(EventKind.detected, 20 * H, { ...AIR, count: 0 });
    drive.do(EventKind.acknowledge, 20 * H).runTo(3 * DAY);
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([
      [10 * H, AlarmKind.airInLine],
      [H + STOPPED_TOO_LONG_MS, AlarmKind.stoppedTooLong],
    ]);
  });

  test("that had an alarm before its first start begins its trial with the start", () => {
    const trial = prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 3 * DAY });
    const drive = new DirectDrive().program(trial, 0);
    drive.do(EventKind.detected, H, AIR).do(EventKind.detected, 2 * H, { ...AIR, count: 0 });
    drive
      .do(EventKind.acknowledge, 3 * H)
      .do(EventKind.start, 20 * H)
      .runTo(5 * DAY);
    expect(drive.told(JournalCode.programEnded, 0)).toEqual([[20 * H + 3 * DAY]]);
  });

  test("that was only filled has neither begun nor ended a program, and bridges nothing", () => {
    const drive = new DirectDrive(REFERENCE_PUMP, 0);
    drive.do(EventKind.refill, 5, { count: 5000000, values: drugs(1000) });
    expect(drive.pump.record).toMatchObject({ sequence: 1, flags: 0, filledNl: 5000000 });
    expect(drive.rowsOf(ReportRow.delivery)).toEqual([[0, 0, 0, 0]]);
    const oldFluid = Object.assign(new StateRecord(), { filledNl: 5000000, oldStrokes: 100 });
    expect(new Pump(REFERENCE_PUMP, oldFluid).therapy.isBridging).toBe(false);
  });
});

test("one rate all day: midnight wakes nobody", () => {
  // Midnight is half past in core time; the record of the hour is what comes next.
  const drive = new DirectDrive().do(EventKind.setClock, 0, { count: DAY - 30 * MIN });
  drive.begin(prescribed({ basalNlPerDay: 0 }));
  expect(drive.pump.nextDeadlineMs()).toBe(H);
});
