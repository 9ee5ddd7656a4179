import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { EventKind } from "../../../src/events";
import { Pump } from "../../../src/pump";
import { JournalCode } from "../../../src/record/journal";
import { recordStored } from "../../../src/record/keep-record";
import { RecordProblem, StateRecord } from "../../../src/record/state-record";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { event, REFERENCE_PUMP } from "../reference-pump";

/** A pump whose memory reports nothing by itself. */
function silent(): DirectDrive {
  const drive = new DirectDrive();
  drive.storeReports = false;
  return drive;
}

/** When each record was handed to the memory, and its number. */
const records = (drive: DirectDrive): number[][] =>
  drive.commands(CommandKind.store).map(({ atMs, numbers }) => [atMs, numbers[0]]);
/** When the memory was said to have failed. */
const failures = (drive: DirectDrive): number[] =>
  drive
    .told(JournalCode.alarmRaised)
    .filter(([, alarm]) => alarm === Number(AlarmKind.memoryFault))
    .map(([atMs = 0]) => atMs);
/** An order that has to be written. */
const order = (drive: DirectDrive, atMs: number): DirectDrive => drive.do(EventKind.tubeChanged, atMs);

describe("a memory that does not report its record", () => {
  test("is waited for: what changed meanwhile is written when it has reported, all at once", () => {
    const drive = order(order(order(silent(), 100), 200), 300);
    expect(records(drive)).toEqual([[100, 1]]);
    drive.do(EventKind.stored, 400, { id: 1 });
    expect(records(drive).slice(1)).toEqual([[400, 2]]);
    expect(failures(drive)).toEqual([]);
  });

  test("has failed after 500 ms: the alarm and every order are written at once all the same, else another record is tried each minute", () => {
    const drive = order(silent(), 100).runTo(600);
    expect(failures(drive)).toEqual([600]);
    order(drive, 700).runTo(125000);
    // The third is given a minute more than the first was.
    const numbers = [100, 600, 700, 61200, 121700].map((atMs, k) => [atMs, k + 1]);
    expect(records(drive)).toEqual(numbers);
  });

  test("has the patience of a sound one again as soon as it has reported the last record, and no sooner", () => {
    const drive = order(silent(), 100).runTo(600);
    const hasFailed = (): boolean => drive.pump.reports.alarms.hasCause(AlarmKind.memoryFault);
    drive.do(EventKind.stored, 700, { id: 1 });
    expect(hasFailed()).toBe(true);
    drive.do(EventKind.stored, 700, { id: 2 });
    expect(hasFailed()).toBe(false);
    // That the cause has gone is a record of its own.
    drive.do(EventKind.stored, 800, { id: 3 });
    order(order(drive, 1000), 1100).runTo(1499);
    expect([records(drive).at(-1), hasFailed()]).toEqual([[1000, 4], false]);
    drive.runTo(1500);
    expect([hasFailed(), failures(drive)]).toEqual([true, [600, 1500]]);
  });

  test("cannot speak of another record than the one that is waited for, nor of that one twice", () => {
    const { pump } = order(silent(), 100);
    expect([recordStored(pump, 2), pump.keeper.writing]).toEqual([false, true]);
    expect([recordStored(pump, 1), pump.keeper.writing]).toEqual([true, false]);
    expect(recordStored(pump, 1)).toBe(false);
  });
});

test("a pump that cannot go on with what is in its memory writes nothing, whatever it is told (PWR-005)", () => {
  const record = Object.assign(new StateRecord(), { problem: RecordProblem.damaged });
  const pump = new Pump(REFERENCE_PUMP, record);
  for (const kind of [EventKind.stop, EventKind.start, EventKind.tubeChanged, EventKind.acknowledge])
    pump.on(event(kind, { commandId: kind }), 1);
  const { code, count } = pump.commands;
  expect(count).toBeGreaterThan(0);
  expect(code.slice(0, count)).not.toContain(CommandKind.store);
});
