import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { DirectDrive } from "../direct-drive";
import { event, flexDay, prescribed } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;
/** Midnight of some day, in ms since 2000-01-01. */
const MIDNIGHT = 9000 * DAY;

const MORNING = 600000;
const DAYTIME = 2400000;
const NIGHT = 240000;
/** 06:00, 08:00, 22:00. */
const FLEX = prescribed({ ...flexDay([6 * H, MORNING], [8 * H, DAYTIME], [22 * H, NIGHT]), bolusNl: 0 });

/** A running pump whose clock shows `hour` at 0. */
function at(hour: number): DirectDrive {
  const drive = new DirectDrive();
  drive.do(EventKind.setClock, 0, { count: MIDNIGHT + hour * H });
  return drive.begin(FLEX);
}

const rates = (drive: DirectDrive): number[][] => drive.told(JournalCode.basalRate, 1);

function setTo(drive: DirectDrive, hour: number, atMs: number): DirectDrive {
  return drive.do(EventKind.setClock, atMs, { count: MIDNIGHT + hour * H });
}

describe("the step that the time of day selects", () => {
  test("begins at its very millisecond; the last one goes on over midnight to the first (PRG-002)", () => {
    const drive = at(5).runTo(DAY + 4 * H);
    expect(rates(drive)).toEqual([
      [0, NIGHT],
      [H, MORNING],
      [3 * H, DAYTIME],
      [17 * H, NIGHT],
      [25 * H, MORNING],
      [27 * H, DAYTIME],
    ]);
  });

  test("gives the day's volume to the stroke, day after day", () => {
    const drive = at(0).runTo(3 * DAY);
    const dayNl = (MORNING * 2 + DAYTIME * 14 + NIGHT * 8) / 24;
    expect(drive.strokes).toBe(Math.floor((3 * dayNl) / 300));
  });

  test("set forwards over a whole step: that one is left out, nothing is caught up (PRG-003)", () => {
    const drive = at(5);
    setTo(drive, 9, H / 2).runTo(H);
    expect(rates(drive)).toEqual([
      [0, NIGHT],
      [H / 2, DAYTIME],
    ]);
    expect(drive.told(JournalCode.clockSet, 2).at(-1)).toEqual([H / 2, MIDNIGHT + 9 * H, 3.5 * H]);
    expect(drive.strokes).toBe(Math.floor((NIGHT + DAYTIME) / 48 / 300));
  });

  test("set back through a step, twice: it comes again each time (PRG-003)", () => {
    const drive = at(5.5);
    // 07:00 -> 05:30, and once more.
    setTo(drive, 5.5, 1.5 * H);
    setTo(drive, 5.5, 3 * H).runTo(6 * H);
    expect(rates(drive)).toEqual([
      [0, NIGHT],
      [0.5 * H, MORNING],
      [1.5 * H, NIGHT],
      [2 * H, MORNING],
      [3 * H, NIGHT],
      [3.5 * H, MORNING],
      [5.5 * H, DAYTIME],
    ]);
  });

  test("set while stopped: the start looks at the clock", () => {
    const drive = at(5).do(EventKind.stop, 0);
    setTo(drive, 21, H)
      .do(EventKind.start, H)
      .runTo(2 * H);
    expect(rates(drive).slice(-2)).toEqual([
      [H, DAYTIME],
      [2 * H, NIGHT],
    ]);
  });
});

describe("a clock that is not known (PRG-004)", () => {
  test("before it was ever set: the lowest rate of the day and an alarm, boluses stay possible", () => {
    const drive = new DirectDrive().begin({ ...FLEX, bolusNl: 30000 });
    expect(rates(drive)).toEqual([[0, NIGHT]]);
    expect(drive.shown()).toEqual([AlarmPriority.low, 0, AlarmKind.clockNotSet]);
    expect(drive.ask(1, DAY).code).toBe(JournalCode.bolusGranted);
    expect(rates(drive)).toHaveLength(1);
  });

  test("lost and found again: lowest rate between, the alarm can be cleared only then", () => {
    const drive = at(9);
    drive.do(EventKind.clockLost, H).do(EventKind.acknowledge, H + 1);
    expect(drive.entries(JournalCode.alarmCleared)).toEqual([]);
    setTo(drive, 12, 2 * H).do(EventKind.acknowledge, 2 * H);
    expect(drive.told(JournalCode.alarmCleared, 1)).toEqual([[2 * H, AlarmKind.clockNotSet]]);
    expect(rates(drive)).toEqual([
      [0, DAYTIME],
      [H, NIGHT],
      [2 * H, DAYTIME],
    ]);
    // It was not known: by how much it moved has no meaning.
    expect(drive.told(JournalCode.clockSet, 2).at(-1)?.[2]).toBe(0);
  });

  test("does not matter to one rate all day", () => {
    const drive = new DirectDrive().begin(prescribed()).do(EventKind.clockLost, 5);
    expect(drive.entries(JournalCode.alarmRaised)).toEqual([]);
    expect(rates(drive)).toEqual([[0, 1000000]]);
  });

  test.each([-1, 6311433600001, 0.5, NaN])("set to %f: refused, nothing changes", (count) => {
    const drive = at(9).hand(event(EventKind.setClock, { count }), 5);
    expect(drive.last(JournalCode.orderRefused)?.numbers.slice(0, 2)).toEqual([EventKind.setClock, count]);
    expect(drive.pump.clock.timeOfDayMs(5)).toBe(9 * H + 5);
  });
});
