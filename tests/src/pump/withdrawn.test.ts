import { expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { Confirm, EventKind } from "../../../src/events";
import { digestOf } from "../../../src/prescription/digest";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { ConfirmRefusal, JournalCode, StartRefusal } from "../../../src/record/journal";
import { PoweredPump } from "../powered-pump";
import { REFERENCE_PRESCRIPTION } from "../reference-pump";

const HOUR_MS = 3600000;

/** The first number of each entry with this code. */
const told = (drive: PoweredPump, code: JournalCode): (number | undefined)[] => drive.told(code).map(([, a]) => a);

test("a running prescription cannot be withdrawn (SEC-011)", () => {
  const drive = new PoweredPump().begin().pass(HOUR_MS).do(EventKind.withdraw);
  expect(told(drive, JournalCode.orderRefused)).toEqual([EventKind.withdraw]);
  expect(drive.pump.therapy.mode).toBe(TherapyMode.running);
});

test("a withdrawn prescription stays out of force over a power cut, and what was delivered still counts (SEC-011)", () => {
  const drive = new PoweredPump().begin().pass(HOUR_MS).do(EventKind.stop).do(EventKind.withdraw).pass(10);
  const { made } = drive;
  expect(made).toBeGreaterThan(0);
  drive.cut().pass(10).do(EventKind.start);
  expect(told(drive, JournalCode.startRefused)).toEqual([StartRefusal.noPrescription]);
  expect(drive.pump.delivery.totalStrokes).toBe(made);
  expect(drive.pump.therapy.mode).toBe(TherapyMode.stopped);
});

test("the same prescription is a first one again behind it: it needs its own confirmation (SEC-011)", () => {
  const drive = new PoweredPump().begin().do(EventKind.stop).do(EventKind.withdraw);
  const id = digestOf(prescriptionNumbers(REFERENCE_PRESCRIPTION));
  drive.do(EventKind.stage, { prescription: REFERENCE_PRESCRIPTION }).do(EventKind.confirm, { id });
  expect(told(drive, JournalCode.confirmRefused)).toEqual([ConfirmRefusal.largeChanges]);
  drive.do(EventKind.confirm, { id, detail: Confirm.largeChanges }).do(EventKind.start);
  expect(drive.pump.therapy.mode).toBe(TherapyMode.running);
});
