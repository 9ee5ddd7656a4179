import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { MotorAction } from "../../../src/safety/alarm-table";
import { PoweredPump } from "../powered-pump";
import { REFERENCE_PRESCRIPTION } from "../reference-pump";

const HOUR_MS = 3600000;

/** What was done, less the notice that a command came again. */
const repeated = (drive: PoweredPump): number[][] =>
  drive.told(JournalCode.commandRepeated).map(([, kind = 0, id = 0]) => [kind, id]);

describe("a command that comes again with the same number", () => {
  test("has one effect and one record, also after the power failed (CMD-001)", () => {
    const drive = new PoweredPump();
    drive.begin(REFERENCE_PRESCRIPTION).do(EventKind.stop, { commandId: 3 });
    drive.do(EventKind.start, { commandId: 4 }).pass(HOUR_MS);
    drive.do(EventKind.clinicianBolus, { commandId: 5, count: 9000, detail: HOUR_MS }).pass(2 * HOUR_MS);
    drive.do(EventKind.clinicianBolus, { commandId: 5, count: 9000, detail: HOUR_MS });
    expect(drive.told(JournalCode.bolusGranted)).toHaveLength(1);
    expect(repeated(drive)).toEqual([[EventKind.clinicianBolus, 5]]);
    drive.pass(10).cut().pass(10);
    drive.do(EventKind.clinicianBolus, { commandId: 5, count: 9000, detail: HOUR_MS });
    drive.do(EventKind.clinicianBolus, { commandId: 4, count: 9000, detail: HOUR_MS });
    expect(drive.told(JournalCode.bolusGranted)).toEqual([]);
    expect(repeated(drive)).toHaveLength(2);
    drive.do(EventKind.clinicianBolus, { commandId: 6, count: 9000, detail: HOUR_MS });
    expect(drive.told(JournalCode.bolusGranted)).toHaveLength(1);
  });

  test("a start that was overtaken by a stop does not start again (CMD-001)", () => {
    const drive = new PoweredPump().begin().do(EventKind.stop, { commandId: 8 });
    drive.do(EventKind.start, { commandId: 7 });
    expect(drive.pump.therapy.mode).toBe(TherapyMode.stopped);
    const made = drive.made;
    expect(drive.pass(2 * HOUR_MS).made).toBe(made);
    expect(drive.pump.guard.trip).toBe(0);
    expect(drive.pump.fault).toBe(0);
  });

  test("a stop always acts, whatever its number (CMD-002)", () => {
    const drive = new PoweredPump().begin();
    for (const commandId of [9, 9, 3, -1, NaN]) {
      drive.do(EventKind.start).do(EventKind.stop, { commandId });
      expect(drive.pump.therapy.mode).toBe(TherapyMode.stopped);
    }
    expect(repeated(drive)).toEqual([]);
    // Nor do numbers that are none spoil the ones to come.
    drive.do(EventKind.start, { commandId: 10 });
    expect(drive.pump.therapy.mode).toBe(TherapyMode.running);
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 53])(
    "what is no number of a command (%d) is carried out by none (CMD-001)",
    (commandId) => {
      const drive = new PoweredPump().begin().do(EventKind.stop).do(EventKind.start, { commandId });
      expect(drive.pump.therapy.mode).toBe(TherapyMode.stopped);
      expect(repeated(drive)).toHaveLength(1);
    },
  );

  test("what a detector says is heard, whatever its number; a number that is none changes nothing (CMD-002)", () => {
    const drive = new PoweredPump().begin().do(EventKind.hold, { commandId: 9 });
    const stops = (present: number): boolean => {
      drive.do(EventKind.detected, { commandId: 2, count: present, detail: AlarmKind.motorStall });
      return drive.pump.reports.alarms.motor !== MotorAction.goesOn;
    };
    expect([stops(1), stops(0)]).toEqual([true, false]);
    drive.do(EventKind.stop, { commandId: NaN });
    expect([drive.pump.therapy.mode, drive.pump.orders.highestCommandId]).toEqual([TherapyMode.stopped, 9]);
  });

  test("the pump's own button gets the next number of the series of requests (CMD-003)", () => {
    const drive = new PoweredPump().begin().do(EventKind.requestBolus, { id: 41 }).do(EventKind.requestBolus);
    expect(drive.told(JournalCode.bolusGranted)[0]?.[1]).toBe(41);
    expect(drive.told(JournalCode.bolusDenied)[0]?.[1]).toBe(42);
    drive.do(EventKind.requestBolus, { id: 42 });
    expect(drive.pump.delivery.desk.history.highestId).toBe(42);
  });
});
