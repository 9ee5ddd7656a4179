import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { event, prescribed, REFERENCE_PUMP, steps } from "../reference-pump";

const S = 1000;
const H = 3600 * S;
/** The pump's own window is 1 h with room for 200 strokes; its buckets are 75 s. */
const CONFIG = { ...REFERENCE_PUMP, windowMs: H, maxWindowNl: 60000 };
/** A stroke every 75 s. */
const SLOW = prescribed({ basalNlPerDay: 345600, bolusNl: 0, windowMs: H, windowLimitNl: 30000 });
/** The same in a window of 2 h with room for 130 strokes. */
const WIDE = { ...SLOW, windowMs: 2 * H, windowLimitNl: 39000 };

describe.each([
  ["the prescription's window", SLOW, (drive: DirectDrive) => drive.pump.delivery.window.remember(0, 97), 3],
  ["the pump's own window", WIDE, (drive: DirectDrive) => drive.pump.delivery.hardWindow.remember(0, 196), 4],
  ["the guard's window, which knows more", WIDE, (drive: DirectDrive) => drive.pump.guard.window.remember(0, 200), 0],
] as const)("%s is full but for so many strokes", (_name, prescription, fill, room) => {
  let drive: DirectDrive;
  const full = (): DirectDrive => {
    drive = new DirectDrive(CONFIG).begin(prescription);
    fill(drive);
    return drive;
  };

  test("those are given, the next are dropped and told of, until the first bucket has left", () => {
    full().runTo(49 * 75 * S - 1);
    const { delivery } = drive.pump;
    expect([drive.strokes, delivery.totalStrokes, delivery.patientStrokes]).toEqual([room, room, room]);
    const dropped = Array.from({ length: 48 - room }, (_, k) => [(room + 1 + k) * 75 * S, H, 0, 0, 0]);
    expect(drive.told(JournalCode.strokeDropped)).toEqual(dropped);
    // What was dropped is dropped for good: one stroke, at the instant at which the bucket leaves.
    drive.runTo(49 * 75 * S);
    expect([drive.strokes, delivery.patientStrokes]).toEqual([room + 1, room + 1]);
    drive.runTo(60 * 75 * S);
    expect(drive.strokes).toBe(room + 12);
    expect(drive.entries(JournalCode.strokeDropped)).toHaveLength(48 - room);
  });

  test("its alarm cannot be cleared before strokes are given again", () => {
    full().do(EventKind.acknowledge, 48 * 75 * S + 1);
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([[(room + 1) * 75 * S, AlarmKind.doseLimitReached]]);
    expect(drive.entries(JournalCode.alarmCleared)).toEqual([]);
    drive.do(EventKind.acknowledge, 49 * 75 * S + 1);
    expect(drive.told(JournalCode.alarmCleared, 1)).toEqual([[49 * 75 * S + 1, AlarmKind.doseLimitReached]]);
  });
});

test("what fills the line counts in the pump's own window, each stroke in the bucket of its instant, and reaches nobody", () => {
  const drive = new DirectDrive(CONFIG).begin({ ...SLOW, stepNlPerDay: steps() });
  // At the maximum rate a stroke takes 1.08 s: the second of 30 falls on the instant at which a bucket begins.
  const beginsMs = 1440 * 75 * S;
  const nowMs = beginsMs - 2 * 1080;
  drive.do(EventKind.stop, nowMs).do(EventKind.deadVolumeEmpty, nowMs, { count: 9000 });
  drive.do(EventKind.prime, nowMs, { count: 9000 }).do(EventKind.confirmPrime, nowMs, { count: 9000 });
  drive.runTo(nowMs + 60 * S);
  const { patientStrokes, primingStrokes, hardWindow, window } = drive.pump.delivery;
  expect([drive.strokes, primingStrokes, patientStrokes, window.strokes]).toEqual([30, 30, 0, 0]);
  const left = [-1, 0, 75 * S - 1, 75 * S].map((ms) => {
    hardWindow.rollRing(beginsMs + H + ms);
    return hardWindow.strokes;
  });
  expect(left).toEqual([30, 29, 29, 0]);
});

test("a stroke at the instant at which a bucket ends is of the next one, in every window", () => {
  // Every 75 s: the 24th at the end of the first half hour.
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 345600, bolusNl: 0 })).runTo(24 * 75 * S);
  const { window, hardWindow, drugs } = drive.pump.delivery;
  for (const { ring } of [window, hardWindow]) expect(ring.slice(0, 3)).toEqual([23, 1, 0]);
  expect(drugs.ring.slice(0, 3)).toEqual([23000, 1000, 0]);
});

test("a stroke at midnight is of the new day", () => {
  const drive = new DirectDrive().do(EventKind.setClock, 0, { count: 23 * H });
  // Every 24 s, of 1000 ng/uL.
  drive.begin(prescribed({ basalNlPerDay: 1080000, bolusNl: 0 })).runTo(H + 47 * S);
  expect(drive.rowsOf(ReportRow.day)).toEqual([
    [1, 2, 2000, 0],
    [0, 149, 149000, 0],
  ]);
});

describe("a record that is being written", () => {
  test("is waited for by the stroke behind a bolus that was granted, whatever else comes due", () => {
    const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 1080000 })).runTo(H - 100);
    drive.storeReports = false;
    drive.ask(1, H - 100);
    // The hour is over, and a stroke is due.
    drive.runTo(H + 200);
    expect(drive.strokes).toBe(149);
    drive.hand(event(EventKind.stored, { id: drive.pump.record.sequence }), H + 200);
    expect(drive.runTo(H + 200).strokes).toBe(150);
  });

  test("makes no strokes come in a row behind it: one is given, the others are forfeited and told of", () => {
    // Strokes of 30 nL, at the maximum rate one every 108 ms.
    const config = { ...REFERENCE_PUMP, plPerRevolution: 6000000, strokeMs: 50 };
    const drive = new DirectDrive(config).begin(prescribed({ basalNlPerDay: 0 }));
    drive.storeReports = false;
    expect(drive.order(1, 300000, 1000, 1000).code).toBe(JournalCode.bolusGranted);
    drive.runTo(1400).hand(event(EventKind.stored, { id: drive.pump.record.sequence }), 1400);
    drive.runTo(1400);
    expect(drive.strokes).toBe(1);
    expect(drive.told(JournalCode.forfeited)).toEqual([
      [1400, 30, 0, 0, 0],
      [1400, 30, 0, 0, 0],
    ]);
    // 76 ms of the next were owed. The one that was reserved has been given: another record.
    drive.hand(event(EventKind.stored, { id: drive.pump.record.sequence }), 1401);
    expect(drive.runTo(1431).strokes).toBe(1);
    expect(drive.runTo(1432).strokes).toBe(2);
  });

  test("is one for an hour of basal, not one for each stroke; and one at the very end of a bolus", () => {
    const drive = new DirectDrive().begin().runTo(10 * H);
    drive.said.length = 0;
    drive.runTo(12 * H);
    // An hour's 138 strokes are reserved at each, and 138.9 given.
    expect(drive.commands(CommandKind.store).length).toBeLessThanOrEqual(4);
    const bolus = new DirectDrive().begin(prescribed({ basalNlPerDay: 0 }));
    bolus.order(1, 30000, H / 3, 1000);
    bolus.runTo(H / 2);
    expect(bolus.commands(CommandKind.store).at(-1)?.atMs).toBe(H / 3 + 1000);
  });
});
