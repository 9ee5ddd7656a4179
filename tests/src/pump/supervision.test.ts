import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { EventKind, Sensor } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;

const PARTS = {
  ...REFERENCE_PUMP,
  replacementPerMille: 100,
  endOfServicePerMille: 20,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
  motorMaxDeciC: 550,
};

const raised = (drive: DirectDrive): number[][] => drive.told(JournalCode.alarmRaised, 1);
const cleared = (drive: DirectDrive): number[][] => drive.told(JournalCode.alarmCleared, 1);

function read(drive: DirectDrive, sensor: Sensor, value: number, atMs: number): DirectDrive {
  return drive.do(EventKind.reading, atMs, { detail: sensor, count: value });
}

describe("stopped for more than 48 h (ALM-009)", () => {
  test("is an alarm just then, that only a start takes the cause of away; boluses wait for its acknowledgement", () => {
    const drive = new DirectDrive()
      .begin()
      .do(EventKind.stop, H)
      .runTo(49 * H - 1);
    expect(raised(drive)).toEqual([]);
    expect(raised(drive.runTo(49 * H))).toEqual([[49 * H, AlarmKind.stoppedTooLong]]);
    expect(cleared(drive.do(EventKind.acknowledge, 50 * H))).toEqual([]);
    drive.do(EventKind.start, 51 * H);
    expect(drive.ask(1, 51 * H).numbers[1]).toBe(BolusAnswer.alarmActive);
    expect(cleared(drive.do(EventKind.acknowledge, 51 * H))).toEqual([[51 * H, AlarmKind.stoppedTooLong]]);
    expect(drive.ask(2, 51 * H).code).toBe(JournalCode.bolusGranted);
  });

  test("counts anew from each stop, not from what a stopped pump is told again, nor before it ever ran", () => {
    const drive = new DirectDrive().begin().do(EventKind.stop, H);
    drive
      .do(EventKind.start, 48 * H)
      .do(EventKind.stop, 48 * H)
      .do(EventKind.stop, 60 * H);
    expect(raised(drive.runTo(96 * H - 1))).toEqual([]);
    expect(raised(drive.runTo(96 * H))).toHaveLength(1);
    expect(raised(new DirectDrive().program(prescribed(), 0).runTo(30 * DAY))).toEqual([]);
  });

  test("a program that has ended is stopped too; one that is held is not", () => {
    const ended = new DirectDrive()
      .begin(prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: H }))
      .runTo(49 * H);
    expect(raised(ended)).toEqual([[49 * H, AlarmKind.stoppedTooLong]]);
    const held = new DirectDrive()
      .begin(prescribed({ minimumNlPerDay: 1000 }))
      .do(EventKind.hold, H)
      .runTo(9 * DAY);
    expect(raised(held)).toEqual([]);
  });
});

describe("dates", () => {
  /** Refilled at 0, when the clock shows 06:00 of day 9000. */
  function refilled(expiryDay: number, refillDays = 0): DirectDrive {
    const drive = new DirectDrive(REFERENCE_PUMP, 0, undefined, drugs());
    drive.do(EventKind.setClock, 0, { count: 9000 * DAY + 6 * H }).program(prescribed({ bolusNl: 0, refillDays }), 0);
    return drive.do(EventKind.refill, 0, { count: 20000000, detail: expiryDay, values: drugs(1000) });
  }

  test("a drug is expired when the day on its label is over (RES-012)", () => {
    const drive = refilled(9001).runTo(42 * H - 1);
    expect(raised(drive)).toEqual([]);
    expect(raised(drive.runTo(42 * H))).toEqual([[42 * H, AlarmKind.drugExpired]]);
  });

  test("the clock moves it: set past it at once, set back its cause is gone; losing the clock does not make it fresh", () => {
    const drive = refilled(9001).do(EventKind.setClock, H, { count: 9002 * DAY });
    expect(raised(drive)).toEqual([[H, AlarmKind.drugExpired]]);
    drive.do(EventKind.clockLost, 2 * H).do(EventKind.acknowledge, 2 * H);
    expect(cleared(drive)).toEqual([]);
    drive.do(EventKind.setClock, 3 * H, { count: 9001 * DAY }).do(EventKind.acknowledge, 3 * H);
    expect(cleared(drive).map(([, alarm]) => alarm)).toEqual([AlarmKind.clockNotSet, AlarmKind.drugExpired]);
    expect(raised(drive.runTo(27 * H)).at(-1)).toEqual([27 * H, AlarmKind.drugExpired]);
  });

  test("an expiry needs the clock; no expiry needs none", () => {
    expect(raised(refilled(9001).do(EventKind.clockLost, 5))).toEqual([[5, AlarmKind.clockNotSet]]);
    expect(raised(refilled(0).do(EventKind.clockLost, 5).runTo(DAY))).toEqual([]);
  });

  test("a refill is due after the prescribed days, in core time, and a refill takes its cause away (RES-013)", () => {
    const drive = refilled(0, 5)
      .do(EventKind.setClock, H, { count: 9100 * DAY })
      .runTo(5 * DAY);
    expect(raised(drive)).toEqual([[5 * DAY, AlarmKind.refillDue]]);
    expect(cleared(drive.do(EventKind.acknowledge, 5 * DAY))).toEqual([]);
    drive.do(EventKind.measureResidual, 6 * DAY, { count: 20000000 });
    drive.do(EventKind.refill, 6 * DAY, { count: 20000000, values: drugs(1000) }).do(EventKind.acknowledge, 6 * DAY);
    expect(cleared(drive)).toEqual([[6 * DAY, AlarmKind.refillDue]]);
    expect(raised(drive.runTo(11 * DAY)).at(-1)).toEqual([11 * DAY, AlarmKind.refillDue]);
  });

  test("a prescription with fewer days is due at once when they have passed", () => {
    const drive = refilled(0, 5).program(prescribed({ refillDays: 1 }), 2 * DAY);
    expect(raised(drive)).toEqual([[2 * DAY, AlarmKind.refillDue]]);
  });
});

describe("ages", () => {
  test("of the pump: replacement is due its lead before the end of service, at which the motor stops for good (ALM-010)", () => {
    const config = { ...REFERENCE_PUMP, serviceLifeDays: 10, replacementLeadDays: 3 };
    const drive = new DirectDrive(config).begin(prescribed({ bolusNl: 0 })).runTo(20 * DAY);
    expect(raised(drive)).toEqual([
      [7 * DAY, AlarmKind.replacementDue],
      [10 * DAY, AlarmKind.endOfService],
    ]);
    expect(drive.strokes).toBe(Math.floor(10000000 / 300));
    drive.do(EventKind.acknowledge, 20 * DAY).do(EventKind.start, 20 * DAY);
    expect([cleared(drive), drive.entries(JournalCode.started).length]).toEqual([[], 1]);
  });

  test("of the tube set, in strokes and in days; a new one begins anew (RES-017)", () => {
    const config = { ...REFERENCE_PUMP, tubeLifeStrokes: 1000, tubeLifeDays: 4 };
    const drive = new DirectDrive(config).begin(prescribed({ bolusNl: 0 })).runTo(2 * DAY);
    expect(raised(drive)).toEqual([[1000 * 25920, AlarmKind.tubeLife]]);
    drive
      .do(EventKind.stop, 2 * DAY)
      .do(EventKind.tubeChanged, 2 * DAY)
      .do(EventKind.acknowledge, 2 * DAY);
    expect(cleared(drive)).toEqual([[2 * DAY, AlarmKind.tubeLife]]);
    expect(raised(drive.runTo(6 * DAY)).slice(1)).toEqual([
      [4 * DAY, AlarmKind.stoppedTooLong],
      [6 * DAY, AlarmKind.tubeLife],
    ]);
  });
});

describe("sensors", () => {
  test("supply: low goes on, out stops the motor; each at its mark (ALM-011)", () => {
    const drive = read(new DirectDrive(PARTS).begin(), Sensor.supplyVoltage, 3501, 1);
    expect(raised(drive)).toEqual([]);
    expect(raised(read(drive, Sensor.supplyVoltage, 3500, 2))).toEqual([[2, AlarmKind.batteryLow]]);
    expect(raised(read(drive, Sensor.supplyVoltage, 3200, 3)).at(-1)).toEqual([3, AlarmKind.batteryOut]);
    expect(drive.pump.delivery.plan.basalNlPerDay).toBe(0);
    read(drive, Sensor.supplyVoltage, 3600, H);
    drive.do(EventKind.acknowledge, H).runTo(2 * H);
    expect([cleared(drive).length, drive.pump.delivery.plan.basalNlPerDay]).toEqual([2, 1000000]);
  });

  test("charge: what was announced stays, a primary cell never gets fuller (ALM-010)", () => {
    const drive = read(new DirectDrive(PARTS).begin(), Sensor.charge, 101, 1);
    expect(raised(drive)).toEqual([]);
    read(read(drive, Sensor.charge, 100, 2), Sensor.charge, 500, 3).do(EventKind.acknowledge, 4);
    expect([raised(drive), cleared(drive)]).toEqual([[[2, AlarmKind.replacementDue]], []]);
    read(drive, Sensor.charge, 20, 5);
    expect([raised(drive).at(-1), drive.pump.delivery.plan.basalNlPerDay]).toEqual([[5, AlarmKind.endOfService], 0]);
  });

  test("motor temperature: too hot above its mark, over when it is not (ALM-012)", () => {
    const drive = read(new DirectDrive(PARTS).begin(), Sensor.motorTemperature, 550, 1);
    expect(raised(drive)).toEqual([]);
    read(drive, Sensor.motorTemperature, 551, 2).do(EventKind.acknowledge, 3);
    expect([raised(drive), cleared(drive)]).toEqual([[[2, AlarmKind.motorHot]], []]);
    read(drive, Sensor.motorTemperature, -10, 4).do(EventKind.acknowledge, 5);
    expect(cleared(drive)).toEqual([[5, AlarmKind.motorHot]]);
  });

  test("what is no number takes no cause away", () => {
    const drive = read(
      read(new DirectDrive(PARTS).begin(), Sensor.motorTemperature, 600, 1),
      Sensor.supplyVoltage,
      0,
      1,
    );
    for (const value of [NaN, Infinity, 0.5]) {
      read(read(drive, Sensor.motorTemperature, value, 2), Sensor.supplyVoltage, value, 2);
    }
    drive.do(EventKind.acknowledge, 3);
    expect([cleared(drive), drive.entries(JournalCode.orderRefused).length]).toEqual([[], 6]);
  });

  test.each([Sensor.motorTemperature, Sensor.supplyVoltage, Sensor.charge, 9 as Sensor])(
    "%i is refused by a pump that does not declare it (SAF-007)",
    (sensor) => {
      const drive = read(new DirectDrive().begin(), sensor, 0, 5);
      expect(drive.last(JournalCode.orderRefused)?.numbers.slice(0, 2)).toEqual([EventKind.reading, sensor]);
      expect(raised(drive)).toEqual([]);
    },
  );
});
