import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { MoveResult } from "../../../src/motion/step-driver";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { STOPPED_TOO_LONG_MS } from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { event, prescribed, REFERENCE_PUMP } from "../reference-pump";

/** 1 mL/day in strokes of 300 nL: one every 25.92 s. */
const STROKE_MS = 25920;
const HOUR_MS = 3600000;
const OVERDUE_MS = REFERENCE_PUMP.strokeMs + 4000;

/** A running pump whose motor says nothing by itself. */
function silent(): DirectDrive {
  const drive = new DirectDrive();
  drive.begin();
  drive.motorReports = false;
  return drive;
}

const moved = (count: number, detail = MoveResult.made): ReturnType<typeof event> =>
  event(EventKind.moved, { count, detail });

describe("the motor's reports", () => {
  test("a stroke that is reported in its last millisecond is in time", () => {
    const drive = silent().runTo(STROKE_MS);
    expect(drive.pump.nextDeadlineMs()).toBe(STROKE_MS + OVERDUE_MS);
    drive.hand(moved(1), STROKE_MS + OVERDUE_MS - 1);
    expect(drive.pump.nextDeadlineMs()).toBe(2 * STROKE_MS);
    expect(drive.pump.fault).toBe(FaultKind.none);
  });

  test("a motor that stays silent stops the pump for good, motor off at once (SAF-002)", () => {
    const drive = silent().runTo(STROKE_MS + OVERDUE_MS);
    expect(drive.pump.fault).toBe(FaultKind.motorSilent);
    expect(drive.last(JournalCode.fault)?.numbers).toEqual([FaultKind.motorSilent, 1, STROKE_MS + OVERDUE_MS, 0]);
    const off = drive.commands(CommandKind.motorOff).at(-1);
    expect([off?.atMs, off?.numbers[0]]).toEqual([STROKE_MS + OVERDUE_MS, 1]);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.pumpFault);
    expect(drive.pump.nextDeadlineMs()).toBe(HOUR_MS);
  });

  test.each([
    ["without any stroke", 0, 1],
    ["after one stroke", 1, 2],
  ])("motion that nobody ordered stops the pump: %s (SAF-002)", (_name, ordered, reported) => {
    const drive = silent().runTo(ordered * STROKE_MS);
    drive.hand(moved(reported), ordered * STROKE_MS + 1);
    expect(drive.pump.fault).toBe(FaultKind.unorderedMotion);
    expect(drive.last(JournalCode.fault)?.numbers).toEqual([FaultKind.unorderedMotion, reported, ordered, 0]);
  });

  test("a dropped stroke ends the bolus and raises the alarm; it stays counted and is not given again", () => {
    const drive = silent();
    drive.ask(1, 1000);
    drive.runTo(drive.pump.nextDeadlineMs());
    const droppedMs = drive.pump.nowMs + 1;
    drive.hand(moved(1, MoveResult.dropped), droppedMs);
    const ended = drive.last(JournalCode.bolusEnded);
    expect([ended?.atMs, ended?.numbers[1]]).toEqual([droppedMs, BolusEnd.controlLate]);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.controlLate);
    expect(drive.pump.delivery.totalStrokes).toBe(1);
    expect(drive.pump.fault).toBe(FaultKind.none);
    drive.motorReports = true;
    drive.runTo(10 * STROKE_MS);
    // Basal up to here, and the little that the bolus ordered until it ended.
    const bolusNl = Math.floor((4320000 * (droppedMs - 1000)) / 86400000);
    expect(drive.strokes).toBe(Math.floor((3000 + bolusNl) / 300));
  });

  test("strokes cancelled by a stop are no fault", () => {
    const drive = silent().runTo(STROKE_MS);
    drive.hand(event(EventKind.stop), STROKE_MS + 1);
    drive.hand(moved(1, MoveResult.cancelled), STROKE_MS + 2);
    expect(drive.pump.fault).toBe(FaultKind.none);
    // All that it waits for is the record of each hour, and the alarm of a pump that stands still for too long.
    expect(drive.pump.nextDeadlineMs()).toBe(HOUR_MS);
    drive.runTo(STROKE_MS + STOPPED_TOO_LONG_MS);
    expect(drive.entries(JournalCode.alarmRaised)).toEqual([]);
    expect(drive.pump.nextDeadlineMs()).toBe(STROKE_MS + 1 + STOPPED_TOO_LONG_MS);
  });

  test("a stop does not end the wait for the stroke that is being made", () => {
    const drive = silent().runTo(STROKE_MS);
    drive.hand(event(EventKind.stop), STROKE_MS + 1);
    drive.runTo(STROKE_MS + OVERDUE_MS);
    expect(drive.pump.fault).toBe(FaultKind.motorSilent);
  });

  test("after a fault the driver's last report changes nothing", () => {
    const drive = silent().runTo(STROKE_MS + OVERDUE_MS);
    drive.hand(moved(1), STROKE_MS + OVERDUE_MS + 1);
    expect(drive.entries(JournalCode.fault)).toHaveLength(1);
  });

  test("basal of 0 and no bolus: the pump waits for the record of the hour, and for nothing else", () => {
    const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 0 }));
    for (let hour = 1; hour < 50; hour++) {
      expect(drive.pump.nextDeadlineMs()).toBe(hour * HOUR_MS);
      drive.advance(hour * HOUR_MS);
    }
  });
});
