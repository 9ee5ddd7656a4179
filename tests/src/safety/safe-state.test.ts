import { expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { MotorAction } from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";

const HOUR_MS = 3600000;
const UNKNOWN = 200 as EventKind;

test("a fault ends everything at once, is said once, and no person can acknowledge it (SAF-001)", () => {
  const drive = new DirectDrive().begin();
  drive.ask(1, HOUR_MS);
  drive.runTo(HOUR_MS + 60000);
  const { strokes } = drive;
  drive.said.length = 0;
  drive.do(UNKNOWN, HOUR_MS + 60000);
  expect([drive.pump.fault, drive.pump.faultA, drive.pump.motor]).toEqual([
    FaultKind.unknownEvent,
    UNKNOWN,
    MotorAction.stopsAtOnce,
  ]);
  expect(drive.said.filter(({ kind }) => kind === CommandKind.motorOff)).toHaveLength(1);
  drive.do(EventKind.acknowledge, HOUR_MS + 61000).do(EventKind.start, HOUR_MS + 62000);
  drive.do((UNKNOWN + 1) as EventKind, HOUR_MS + 63000).runTo(30 * HOUR_MS);
  expect(drive.strokes).toBe(strokes);
  expect(drive.pump.reports.alarms.isActive(AlarmKind.pumpFault)).toBe(true);
  // The second is not: what came first is what has to be found out.
  const faults = drive.said.filter(({ code }) => code === Number(JournalCode.fault));
  expect(faults.map(({ numbers }) => numbers)).toEqual([[FaultKind.unknownEvent, UNKNOWN, 0, 0]]);
});
