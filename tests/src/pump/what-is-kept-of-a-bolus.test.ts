import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { periodic } from "./periodic";
import { event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;

/** 30 uL over 10 min every 6 h, nothing between; demand boluses of 9 uL over 5 min. */
const PERIODIC = periodic({
  bolusNl: 9000,
  bolusMs: 5 * MIN,
  lockoutMs: MIN,
});

const records = (drive: DirectDrive): number[] => drive.commands(CommandKind.store).map(({ atMs }) => atMs);

test("a time that the volume cannot be divided by loses nothing: the last stroke comes at the end", () => {
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 0 }));
  drive.order(1, 30000, 7 * MIN, 0);
  expect(drive.runTo(7 * MIN - 1).strokes).toBe(99);
  expect(drive.runTo(7 * MIN).strokes).toBe(100);
  drive.order(2, 30000, 7 * MIN, H);
  expect(drive.runTo(H + 7 * MIN).strokes).toBe(200);
});

test("nor does a stroke that is no whole number of picolitres: seven of 2/7 uL are 2 uL", () => {
  const config = { ...REFERENCE_PUMP, plPerRevolution: 2000000, fullStepsPerRevolution: 7 };
  const drive = new DirectDrive(config).begin(prescribed({ basalNlPerDay: 0 }));
  drive.order(1, 2000, 7 * MIN, 0);
  expect(drive.runTo(7 * MIN - 1).strokes).toBe(6);
  expect(drive.runTo(7 * MIN).strokes).toBe(7);
});

test("the requests show what was ordered of each until it ended; the counters, how many were granted", () => {
  const drive = new DirectDrive().begin(PERIODIC);
  drive.order(3, 3000, MIN, MIN);
  drive.ask(5, 20 * MIN);
  drive.ask(6, 22 * MIN);
  drive.order(7, 60000, H, 30 * MIN);
  drive.do(EventKind.stop, 40 * MIN);
  expect(drive.rowsOf(ReportRow.request)).toEqual([
    [30 * MIN, 7, BolusAnswer.granted, 10000],
    [22 * MIN, 6, BolusAnswer.busy, 0],
    [20 * MIN, 5, BolusAnswer.granted, 9000],
    [MIN, 3, BolusAnswer.busy, 0],
  ]);
  expect(drive.rowsOf(ReportRow.counters)).toEqual([[100 + 30 + 33, 0, 2, 2]]);
});

test("a request that is refused writes no record", () => {
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 0 }));
  drive.ask(1, MIN);
  drive.runTo(30 * MIN);
  const before = records(drive);
  expect(drive.ask(2, 30 * MIN).numbers[1]).toBe(BolusAnswer.lockedOut);
  expect(records(drive)).toEqual(before);
});

describe("a shell that comes late again, before the first time was acknowledged", () => {
  const lateOnce = (): DirectDrive => new DirectDrive().begin(PERIODIC).hand(event(EventKind.controlLate), 20 * MIN);

  test("writes a record when it has ended a bolus", () => {
    const drive = lateOnce().runTo(6 * H + 5 * MIN);
    drive.hand(event(EventKind.controlLate), 6 * H + 7 * MIN);
    expect(drive.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.controlLate);
    expect(records(drive).at(-1)).toBe(6 * H + 7 * MIN);
  });

  test("and none when nothing was under way", () => {
    const drive = lateOnce();
    const before = records(drive);
    drive.hand(event(EventKind.controlLate), 30 * MIN);
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([
      [20 * MIN, AlarmKind.controlLate],
      [30 * MIN, AlarmKind.controlLate],
    ]);
    expect(records(drive)).toEqual(before);
  });
});
