import { describe, expect, test } from "vitest";
import { WallClock } from "../../../src/clock";
import { EventKind } from "../../../src/events";
import { DayLog } from "../../../src/record/day-log";
import { ReportRow } from "../../../src/record/report-row";
import { DirectDrive } from "../direct-drive";
import { drugs, prescribed } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;

/** 7.2 mL/day: a stroke every 3.6 s, a thousand an hour; of 10 ng/uL. */
const FAST = prescribed({
  bolusNl: 0,
  basalNlPerDay: 7200000,
  windowLimitNl: 11000000,
  concentrationNgPerUl: drugs(10, 99),
});

function fast(): DirectDrive {
  return new DirectDrive(undefined, undefined, undefined, drugs(10, 99)).begin(FAST);
}

function setTo(drive: DirectDrive, day: number, hour: number, atMs: number): DirectDrive {
  return drive.do(EventKind.setClock, atMs, { count: day * DAY + hour * H });
}

/** Day, strokes and dose of each row, newest first. */
const days = (drive: DirectDrive): number[][] => drive.rowsOf(ReportRow.day).map((row) => row.slice(0, 3));

describe("what was given on each day (INT-002)", () => {
  test("by the wall clock: a day begins at midnight, with the stroke that falls on it", () => {
    const drive = setTo(new DirectDrive(undefined, undefined, undefined, drugs(10, 99)), 9000, 22, 0).begin(FAST);
    drive.runTo(28 * H);
    expect(days(drive)).toEqual([
      [9002, 2001, 20010],
      [9001, 24000, 240000],
      [9000, 1999, 19990],
    ]);
  });

  test("by core time while the clock is not known; set and lost it begins another day", () => {
    const drive = fast().runTo(25 * H);
    expect(days(drive)).toEqual([
      [-2, 1001, 10010],
      [-1, 23999, 239990],
    ]);
    setTo(drive, 9000, 9, 26 * H)
      .do(EventKind.clockLost, 27 * H)
      .runTo(28 * H);
    expect(days(drive).slice(0, 3)).toEqual([
      [-2, 1000, 10000],
      [9000, 1000, 10000],
      [-2, 2001, 20010],
    ]);
  });

  test("set over midnight and back: nothing is lost, and nothing counted twice", () => {
    // Twice half an hour before midnight; the strokes at midnight and at the setting are of the next day.
    const drive = setTo(fast(), 9000, 23.5, 0);
    setTo(drive, 9000, 23.5, H).runTo(2 * H);
    const rows = days(drive);
    expect(rows.filter(([day]) => day === 9000).reduce((sum, [, strokes = 0]) => sum + strokes, 0)).toBe(998);
    expect(rows.reduce((sum, [, strokes = 0]) => sum + strokes, 0)).toBe(2000);
  });

  test("moved within the day it stays the same day", () => {
    const drive = setTo(setTo(fast(), 9000, 3, 0), 9000, 20, H).runTo(2 * H);
    expect(days(drive)).toEqual([[9000, 2000, 20000]]);
  });

  test("the first day that a clock can show is a day like any other", () => {
    const drive = setTo(new DirectDrive(undefined, undefined, undefined, drugs(10, 99)), 0, 0, 0).begin(FAST);
    expect(days(drive.runTo(H))).toEqual([[0, 1000, 10000]]);
  });

  test("a day ends at midnight of the clock that is known, else of core time: until then no stroke has to look", () => {
    const [log, clock] = [new DayLog(), new WallClock()];
    log.turn(clock, 30 * H);
    expect(log.endMs).toBe(2 * DAY);
    clock.setTo(9000 * DAY + 22 * H, 30 * H);
    log.turn(clock, 30 * H);
    expect(log.endMs).toBe(32 * H);
  });

  test("three months are kept", () => {
    const drive = new DirectDrive({ ...new DirectDrive().config, capacityNl: 100000000 });
    drive.keep = false;
    drive.begin(prescribed({ bolusNl: 0, basalNlPerDay: 300000 })).runTo(100 * DAY + 1);
    const rows = days(drive);
    expect([rows.length, rows[1], rows.at(-1)]).toEqual([92, [-100, 1000, 1000000], [-10, 1000, 1000000]]);
  });
});
