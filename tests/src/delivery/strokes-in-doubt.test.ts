import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { MoveResult } from "../../../src/motion/step-driver";
import { Pump } from "../../../src/pump";
import { JournalCode } from "../../../src/record/journal";
import { RecordFlag, StateRecord } from "../../../src/record/state-record";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { PoweredPump } from "../powered-pump";
import { event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const H = 3600000;

describe("strokes that were counted and perhaps not made", () => {
  /** Strokes of 400 nL; so many have been drawn. */
  const drawn = (strokes: number): DirectDrive => {
    const drive = new DirectDrive({ ...REFERENCE_PUMP, plPerRevolution: 80000000 }).begin(prescribed({ bolusNl: 0 }));
    drive.pump.delivery.reservoir.draw(strokes);
    return drive;
  };
  /** They are told of in the next call. */
  const doubt = (drive: DirectDrive, strokes: number): DirectDrive => {
    drive.pump.delivery.doubt(strokes);
    return drive.do(EventKind.interrogate, drive.pump.nowMs);
  };

  test("are never more than were drawn", () => {
    const { delivery } = drawn(30).pump;
    delivery.doubt(20);
    expect(delivery.reservoir.uncertainStrokes).toBe(20);
    delivery.doubt(11);
    expect(delivery.reservoir.uncertainStrokes).toBe(30);
  });

  test("make the reservoir uncertain above 2 mL, not at them; only a measured residual ends that", () => {
    const drive = doubt(drawn(6000), 5000);
    expect(drive.entries(JournalCode.alarmRaised)).toEqual([]);
    doubt(drive, 1).do(EventKind.acknowledge, 1);
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([[0, AlarmKind.reservoirUncertain]]);
    expect(drive.entries(JournalCode.alarmCleared)).toEqual([]);
    drive.do(EventKind.stop, 2).do(EventKind.measureResidual, 2, { count: 17600000 }).do(EventKind.acknowledge, 3);
    expect(drive.told(JournalCode.alarmCleared, 1)).toEqual([[3, AlarmKind.reservoirUncertain]]);
  });

  test("are in a record at once", () => {
    const drive = drawn(10).runTo(1000);
    drive.said.length = 0;
    doubt(drive, 1);
    expect(drive.commands(CommandKind.store)).toHaveLength(1);
    expect(drive.pump.record.uncertainStrokes).toBe(1);
  });

  test("a dropped one is told by an alarm that can be acknowledged at once", () => {
    const drive = new DirectDrive().begin();
    drive.motorReports = false;
    drive.runTo(25920).hand(event(EventKind.moved, { count: 1, detail: MoveResult.dropped }), 26000);
    drive.do(EventKind.acknowledge, 26001);
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([[26000, AlarmKind.controlLate]]);
    expect(drive.told(JournalCode.alarmCleared, 1)).toEqual([[26001, AlarmKind.controlLate]]);
  });
});

describe("strokes that were reserved when the power failed", () => {
  const found = (flags: number): Pump =>
    new Pump(
      REFERENCE_PUMP,
      Object.assign(new StateRecord(), {
        sequence: 5,
        coreMs: 10 * H,
        totalStrokes: 100,
        patientStrokes: 90,
        drawnStrokes: 100,
        reservedStrokes: 7,
        filledNl: 20000000,
        flags,
      }),
    );

  test("count as given to the patient, unless they filled the line", () => {
    const { totalStrokes, patientStrokes } = found(0).delivery;
    expect([totalStrokes, patientStrokes]).toEqual([107, 97]);
    const line = found(RecordFlag.intoLine).delivery;
    expect([line.totalStrokes, line.patientStrokes]).toEqual([107, 90]);
  });
});

describe("the windows after a restart", () => {
  test("hold what the ledger's hours say, where the guard's own record says nothing", () => {
    const record = Object.assign(new StateRecord(), { coreMs: 10 * H, hours: [5, 3, 2], filledNl: 20000000 });
    const { window, hardWindow, drugs } = new Pump(REFERENCE_PUMP, record).delivery;
    const expected = new Array<number>(49).fill(0);
    // Buckets of 30 min: now, the last of the hour before, and of the hour before that.
    [expected[0], expected[48], expected[46]] = [5, 3, 2];
    for (const one of [window, hardWindow]) expect([one.ring, one.strokes]).toEqual([expected, 10]);
    expect(drugs.units).toEqual([0, 0, 0]);
  });

  test("hold what the guard has found, bucket by bucket", () => {
    const drive = new PoweredPump()
      .begin()
      .pass(100)
      .do(EventKind.stop)
      .pass(20.25 * H);
    drive
      .do(EventKind.start)
      .pass(45 * 60000)
      .cut();
    const { delivery, guard } = drive.pump;
    const made = (fromMs: number, toMs: number): number =>
      drive.strokesMs.filter((atMs) => atMs >= fromMs && atMs < toMs).length;
    for (const one of [delivery.window, delivery.hardWindow]) {
      expect(one.strokes).toBe(delivery.totalStrokes);
      expect(one.ring).toEqual(guard.window.ring);
      expect([one.ring[47], one.ring[48]]).toEqual([made(20 * H, 20.5 * H), made(20.5 * H, 21 * H)]);
    }
  });
});

test("boluses that end before a planned restart are ended in a record at once, while a stroke is still being made", () => {
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 0 }));
  drive.ask(1, 1000);
  drive.motorReports = false;
  drive.runTo(7500);
  drive.said.length = 0;
  drive.hand(event(EventKind.restartDue, { count: 1 }), drive.pump.nowMs + 1);
  expect(drive.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.restart);
  expect(drive.commands(CommandKind.store)).toHaveLength(1);
  expect(drive.pump.record.flags & RecordFlag.demandUnderWay).toBe(0);
});
