import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import {
  AlarmEnd,
  AlarmPriority,
  classOf,
  AlarmClass,
  endOf,
  MotorAction,
  motorActionOf,
} from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { event, prescribed } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

const DETECTED = [
  AlarmKind.motorStall,
  AlarmKind.occlusion,
  AlarmKind.overInfusion,
  AlarmKind.underInfusion,
  AlarmKind.memoryFault,
  AlarmKind.guardTrip,
  AlarmKind.stuckKey,
  AlarmKind.airInLine,
];

function detect(drive: DirectDrive, alarm: AlarmKind, isThere: boolean, atMs: number): DirectDrive {
  return drive.do(EventKind.detected, atMs, { detail: alarm, count: isThere ? 1 : 0 });
}

const cleared = (drive: DirectDrive): number[] =>
  drive.entries(JournalCode.alarmCleared).map(({ numbers }) => numbers[0]);

describe.each(DETECTED.map((alarm) => [AlarmKind[alarm] ?? "", alarm] as const))("%s", (_name, alarm) => {
  const stops = motorActionOf(alarm) !== MotorAction.goesOn;
  const critical = classOf(alarm) === AlarmClass.critical;

  test("does to motor and boluses what the table says, while its cause is there (ALM-006, ALM-007)", () => {
    const drive = new DirectDrive().begin();
    drive.ask(1, H);
    detect(drive, alarm, true, H + MIN);
    const { strokes } = drive;
    expect(drive.commands(CommandKind.motorOff).map(({ atMs, numbers }) => [atMs, numbers[0]])).toEqual(
      stops ? [[H + MIN, motorActionOf(alarm) === MotorAction.stopsAtOnce ? 1 : 0]] : [],
    );
    expect(drive.told(JournalCode.bolusEnded, 2)).toEqual(stops ? [[H + MIN, 1, BolusEnd.alarm]] : []);
    drive.runTo(4 * H);
    expect(drive.strokes === strokes).toBe(stops);
    const answer = drive.ask(2, 4 * H);
    if (critical) expect(answer.numbers[1]).toBe(BolusAnswer.alarmActive);
    else expect(answer.code).toBe(JournalCode.bolusGranted);
    // It cannot be cleared, and therapy cannot be begun past it.
    drive.do(EventKind.acknowledge, 4 * H);
    expect([cleared(drive), drive.pump.reports.alarms.isActive(alarm)]).toEqual([[], true]);
    if (!stops) return;
    drive.do(EventKind.stop, 4 * H).do(EventKind.start, 4 * H);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.alarmActive);
  });

  test("ends as the table says: therapy that it held up goes on by itself, and gives nothing of what was missed (ALM-004, ALM-006)", () => {
    const drive = detect(new DirectDrive().begin(), alarm, true, H);
    detect(drive, alarm, false, 3 * H);
    expect(drive.pump.reports.alarms.isActive(alarm)).toBe(true);
    const { strokes } = drive.runTo(4 * H);
    drive.do(EventKind.acknowledge, 4 * H);
    expect(cleared(drive)).toEqual(endOf(alarm) === AlarmEnd.latched ? [] : [alarm]);
    drive.runTo(10 * H);
    const hours = endOf(alarm) === AlarmEnd.latched && stops ? 0 : 6;
    expect(Math.abs(drive.strokes - strokes - (hours * 1000000) / 24 / 300)).toBeLessThan(1);
    expect(drive.pump.fault).toBe(FaultKind.none);
  });
});

describe("the signal", () => {
  const HIGH = (alarm: AlarmKind, silenced = 0): number[] => [AlarmPriority.high, silenced, alarm];

  test("the highest priority shows; of one priority the first, until it is cleared (ALM-002)", () => {
    const drive = detect(new DirectDrive().begin(), AlarmKind.stuckKey, true, 1);
    expect(drive.shown()).toEqual([AlarmPriority.low, 0, AlarmKind.stuckKey]);
    detect(drive, AlarmKind.underInfusion, true, 2);
    expect(drive.shown()).toEqual([AlarmPriority.medium, 0, AlarmKind.underInfusion]);
    detect(drive, AlarmKind.airInLine, true, 3);
    detect(drive, AlarmKind.occlusion, true, 4);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.airInLine));
    detect(drive, AlarmKind.airInLine, false, 5).do(EventKind.acknowledge, 6);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion));
    detect(drive, AlarmKind.occlusion, false, 7).do(EventKind.acknowledge, 8);
    expect(drive.shown()).toEqual([AlarmPriority.medium, 0, AlarmKind.underInfusion]);
  });

  test("is silent for 10 min at most, however often silence is pressed meanwhile; what shows stays (ALM-003)", () => {
    const drive = detect(new DirectDrive().begin(), AlarmKind.occlusion, true, 0).do(EventKind.silence, MIN);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion, 1));
    for (let min = 2; min < 11; min++) drive.do(EventKind.silence, min * MIN).do(EventKind.stop, min * MIN);
    expect(drive.runTo(11 * MIN - 1).shown()).toEqual(HIGH(AlarmKind.occlusion, 1));
    expect(drive.runTo(11 * MIN).shown()).toEqual(HIGH(AlarmKind.occlusion));
    drive.do(EventKind.silence, 12 * MIN);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion, 1));
  });

  test("a new alarm ends a silence, a lower one too, and one whose cause comes back; saying a cause again does not (ALM-003)", () => {
    const drive = detect(new DirectDrive().begin(), AlarmKind.occlusion, true, 0).do(EventKind.silence, 1);
    detect(drive, AlarmKind.occlusion, true, 2);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion, 1));
    detect(drive, AlarmKind.stuckKey, true, 3);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion));
    drive.do(EventKind.silence, 4);
    detect(drive, AlarmKind.occlusion, false, 5);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion, 1));
    detect(drive, AlarmKind.occlusion, true, 6);
    expect(drive.shown()).toEqual(HIGH(AlarmKind.occlusion));
    expect(drive.told(JournalCode.alarmRaised, 1)).toEqual([
      [0, AlarmKind.occlusion],
      [3, AlarmKind.stuckKey],
      [6, AlarmKind.occlusion],
    ]);
  });

  test("a silence with nothing to hear is none: the next alarm sounds", () => {
    const drive = new DirectDrive().begin().do(EventKind.silence, 1).do(EventKind.stop, 2);
    detect(drive, AlarmKind.stuckKey, true, 3);
    expect(drive.shown()).toEqual([AlarmPriority.low, 0, AlarmKind.stuckKey]);
  });

  test("when the last alarm is cleared all is dark, and nothing of the silence is left", () => {
    const drive = detect(new DirectDrive().begin(), AlarmKind.stuckKey, true, 0).do(EventKind.silence, 1);
    detect(drive, AlarmKind.stuckKey, false, 2).do(EventKind.acknowledge, 3);
    expect(drive.shown()).toEqual([AlarmPriority.none, 0, -1]);
    detect(drive, AlarmKind.stuckKey, true, 4);
    expect(drive.shown()).toEqual([AlarmPriority.low, 0, AlarmKind.stuckKey]);
  });
});

describe("motor stalls (ALM-005)", () => {
  const stall = (drive: DirectDrive, atMs: number): DirectDrive => {
    detect(drive, AlarmKind.motorStall, true, atMs);
    return detect(drive, AlarmKind.motorStall, false, atMs + MIN).do(EventKind.acknowledge, atMs + MIN);
  };

  test("each that recovers lets therapy go on; the third within 24 h stops it for good", () => {
    const drive = stall(stall(new DirectDrive().begin(), H), 2 * H).runTo(25 * H - 1);
    const before = drive.strokes;
    expect(before).toBeGreaterThan(3000);
    stall(drive, 25 * H - 1);
    expect(cleared(drive)).toHaveLength(2);
    drive.runTo(5 * DAY).do(EventKind.acknowledge, 5 * DAY);
    expect(drive.strokes).toBe(before);
    expect(drive.shown()).toEqual([AlarmPriority.high, 0, AlarmKind.motorStall]);
  });

  test("the third just 24 h after the first does not", () => {
    const drive = stall(stall(stall(new DirectDrive().begin(), H), 2 * H), 25 * H);
    expect(cleared(drive)).toHaveLength(3);
  });
});

test.each([AlarmKind.lowReservoir, AlarmKind.pumpFault, AlarmKind.stoppedTooLong, 99 as AlarmKind])(
  "%i is nothing that a detector can say (SAF-007)",
  (alarm) => {
    const drive = detect(new DirectDrive().begin(), alarm, true, 5);
    expect(drive.last(JournalCode.orderRefused)?.numbers.slice(0, 2)).toEqual([EventKind.detected, alarm]);
    expect(drive.entries(JournalCode.alarmRaised)).toEqual([]);
  },
);

test("the dose limit's alarm can be cleared after the program has ended", () => {
  const trial = prescribed({
    program: ProgramKind.continuousTrial,
    endsAfterMs: 2 * H,
    basalNlPerDay: 1440000,
    bolusNl: 200000,
    windowMs: H,
    windowLimitNl: 400000,
  });
  const drive = new DirectDrive().begin(trial);
  drive.ask(1, 1000);
  drive.program({ ...trial, windowLimitNl: 62000, bolusNl: 0 }, H / 2).runTo(3 * H);
  expect(drive.pump.reports.alarms.isActive(AlarmKind.doseLimitReached)).toBe(true);
  drive.do(EventKind.acknowledge, 3 * H);
  expect(drive.pump.reports.alarms.isActive(AlarmKind.doseLimitReached)).toBe(false);
});

test("all that can come due in one wake fits into the queue: a shell that slept for days", () => {
  const drive = new DirectDrive({
    ...new DirectDrive().config,
    tubeLifeDays: 2,
    serviceLifeDays: 3,
    replacementLeadDays: 1,
    batteryLowMv: 3500,
    batteryOutMv: 3200,
  });
  drive.do(EventKind.setClock, 0, { count: 0 });
  const trial = prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 2 * DAY, refillDays: 1, bolusMs: H });
  drive.program(trial, 0).do(EventKind.measureResidual, 0, { count: 20000000 });
  drive.do(EventKind.refill, 0, { count: 20000000, detail: 1, values: trial.concentrationNgPerUl });
  drive.do(EventKind.start, 0);
  drive.order(1, 60000, H, H);
  drive.ask(2, H + MIN);
  drive.said.length = 0;
  drive.hand(event(EventKind.controlLate), 10 * DAY);
  expect(drive.pump.fault).toBe(FaultKind.none);
  expect(drive.told(JournalCode.alarmRaised, 1).map(([, alarm]) => alarm)).toEqual([
    AlarmKind.controlLate,
    AlarmKind.replacementDue,
    AlarmKind.endOfService,
    AlarmKind.drugExpired,
    AlarmKind.tubeLife,
    AlarmKind.refillDue,
  ]);
});
