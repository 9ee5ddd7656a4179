import { wholeTurn } from "../../../src/simulation/whole-turn";
import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { ControlLoop } from "../../../src/control-loop";
import { EventKind } from "../../../src/events";
import { JournalCode, RefillRefusal, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import { IdealStepDriver } from "../../../src/simulation/ideal-ports";
import { VolatileStore } from "../../../src/record/volatile-store";
import { DirectDrive } from "../direct-drive";
import { drugs, event, newPump, prescribed, REFERENCE_PUMP } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;
const boluses = prescribed({ basalNlPerDay: 0, bolusNl: 400000, lockoutMs: 1, mostPer24h: 48 });

test("a window that gets longer: boluses wait until all of it is known", () => {
  const checker = new DeliveryChecker(REFERENCE_PUMP, 20000000, drugs(1000));
  const drive = new DirectDrive(REFERENCE_PUMP, 20000000, checker);
  drive.begin({ ...boluses, windowMs: H, windowLimitNl: 470000 });
  for (let i = 0; i < 10; i++) drive.ask(i + 1, i * 72 * 60000);
  drive.program({ ...boluses, windowMs: DAY, windowLimitNl: 450000 }, 12 * H);
  drive.ask(50, 12 * H);
  drive.runTo(13 * H);
  expect(checker.complaints).toEqual([]);
});

test("a window that gets shorter: basal goes on", () => {
  const drive = new DirectDrive().begin(prescribed({ bolusNl: 0 })).runTo(DAY);
  drive.program(prescribed({ bolusNl: 0, windowMs: H, windowLimitNl: 100000 }), DAY);
  drive.runTo(DAY + 2 * H);
  expect(drive.entries(JournalCode.strokeDropped).length).toBe(0);
});

test("empty again after a refill sounds again; the first alarm has to be acknowledged before a start", () => {
  const drive = new DirectDrive(REFERENCE_PUMP, 1100000).begin(prescribed({ bolusNl: 0 })).runTo(DAY);
  expect(drive.commands(CommandKind.annunciate).at(-1)?.numbers[0]).toBe(AlarmPriority.high);
  drive.give(event(EventKind.stop), DAY);
  drive.do(EventKind.measureResidual, DAY, { count: 1000000 });
  drive.do(EventKind.refill, DAY, { count: 1100000, values: drugs(1000) });
  drive.give(event(EventKind.start), DAY);
  expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.alarmActive);
  drive.give(event(EventKind.acknowledge), DAY);
  drive.give(event(EventKind.start), DAY);
  drive.said.length = 0;
  drive.runTo(2 * DAY);
  expect(drive.strokes).toBeGreaterThan(600);
  expect(drive.commands(CommandKind.annunciate).at(-1)?.numbers[0]).toBe(AlarmPriority.high);
});

test("late a second time sounds again after a stop silenced the first", () => {
  const drive = new DirectDrive().begin();
  drive.hand(event(EventKind.controlLate), 30000);
  drive.hand(event(EventKind.stop), 30001);
  drive.hand(event(EventKind.start), 30002);
  drive.said.length = 0;
  drive.hand(event(EventKind.controlLate), 90000);
  expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.controlLate);
});

test("no move after a fault, not even when the report is overdue and a stroke due in one ms", () => {
  const rx = prescribed({ basalNlPerDay: 6120425, bolusNl: 0, windowLimitNl: 11000000 });
  const drive = new DirectDrive();
  drive.begin(rx);
  drive.motorReports = false;
  drive.runTo(4236);
  expect(drive.strokes).toBe(1);
  drive.advance(8471);
  expect(drive.pump.fault).toBe(FaultKind.motorSilent);
  drive.advance(9000);
  expect(drive.strokes).toBe(1);
});

test("a silent motor is found in the first stroke's time, however many follow it", () => {
  const drive = new DirectDrive();
  drive.begin(prescribed({ basalNlPerDay: 7000000, bolusNl: 0, windowLimitNl: 11000000 }));
  drive.motorReports = false;
  while (drive.pump.fault === FaultKind.none) drive.advance(drive.pump.nextDeadlineMs());
  expect([drive.pump.fault, drive.strokes, drive.pump.nowMs]).toEqual([FaultKind.motorSilent, 2, 3703 + 4235]);
});

test("a report of no stroke is none", () => {
  const drive = new DirectDrive().begin();
  drive.motorReports = false;
  drive.runTo(25920);
  for (let i = 1; i < 2; i++) drive.hand(event(EventKind.moved, { count: 0 }), 25920 + i * 4000);
  expect(drive.pump.fault).toBe(FaultKind.unorderedMotion);
});

describe("numbers that are none end in the safe state", () => {
  const running = (): DirectDrive => new DirectDrive().begin().runTo(25920);
  test("advance(NaN)", () => {
    expect(running().advance(NaN).pump.fault).not.toBe(FaultKind.none);
  });
  test("on(stop, NaN)", () => {
    expect(running().hand(event(EventKind.stop), NaN).pump.fault).not.toBe(FaultKind.none);
  });
  test("controlLate at Infinity", () => {
    expect(running().hand(event(EventKind.controlLate), Infinity).pump.fault).not.toBe(FaultKind.none);
  });
  test("controlLate at NaN", () => {
    expect(running().hand(event(EventKind.controlLate), NaN).pump.fault).not.toBe(FaultKind.none);
  });
  test.each([NaN, -3, 0.5])("moved %f", (count) => {
    expect(running().hand(event(EventKind.moved, { count }), 26000).pump.fault).not.toBe(FaultKind.none);
  });
  test.each([NaN, 0.5])("measureResidual and refill %f", (count) => {
    for (const kind of [EventKind.measureResidual, EventKind.refill]) {
      const drive = new DirectDrive(REFERENCE_PUMP, 0).hand(event(kind, { count, values: drugs(1000) }), 5);
      expect(drive.last(JournalCode.refillRefused)?.numbers).toEqual([RefillRefusal.volume, count, 0, 0]);
    }
  });
});

test("a bad configuration is told at the first turn", () => {
  const entries: number[] = [];
  const pump = newPump({ ...REFERENCE_PUMP, microsteps: 0 }, 20000000);
  const sink = { stroke: (): void => {}, memory: (): void => {}, write: (): void => {} };
  const loop = new ControlLoop(
    pump,
    new IdealStepDriver(235, sink, pump.guard),
    new VolatileStore(sink, 0),
    { show: (priority) => entries.push(1000 + priority) },
    { write: (code) => entries.push(code) },
  );
  wholeTurn(loop, 0);
  expect(entries).toContain(1000 + AlarmPriority.high);
  expect(entries).toContain(JournalCode.fault);
});

test("a full queue swallows neither the reason nor the alarm", () => {
  const pump = newPump(REFERENCE_PUMP, 20000000);
  for (let i = 0; i < 23; i++) pump.on(event(EventKind.start), i);
  pump.on(event(0 as EventKind), 30);
  const codes = pump.commands.code.slice(0, pump.commands.count);
  expect(codes).toContain(CommandKind.annunciate);
  expect(codes).toContain(JournalCode.fault);
});

test("an acknowledgement before the shell is late does not change what is delivered", () => {
  const times = (ack: boolean): number => {
    const d = new DirectDrive().begin(prescribed({ basalNlPerDay: 720, bolusNl: 0 }));
    d.runTo(9 * H);
    if (ack) d.hand(event(EventKind.acknowledge), 9 * H);
    d.hand(event(EventKind.controlLate), 10 * H + 3000);
    return d.pump.nextDeadlineMs();
  };
  expect(times(true)).toBe(times(false));
});

test("the dose limit's alarm can be cleared after a stop", () => {
  const p = prescribed({ basalNlPerDay: 1440000, lockoutMs: 1, windowMs: H, windowLimitNl: 400000, bolusNl: 200000 });
  const drive = new DirectDrive().begin(p);
  drive.ask(1, 1000);
  drive.runTo(H / 2);
  drive.program({ ...p, windowLimitNl: 62000, bolusNl: 0 }, H / 2);
  drive.runTo(0.6 * H);
  drive.give(event(EventKind.stop), 0.6 * H);
  drive.give(event(EventKind.acknowledge), 10 * H);
  expect(drive.entries(JournalCode.alarmCleared).length).toBe(1);
});

test("a sleep over the end of a bolus forfeits no more of it than was left", () => {
  // 100 uL/day; a bolus of 100 uL in 10 min has run for 30 s; the shell sleeps for 6 h.
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 100000, bolusNl: 100000, bolusMs: 600000 }));
  drive.ask(1, H);
  drive.runTo(H + 30000);
  drive.hand(event(EventKind.controlLate), 7 * H);
  const forfeitedNl = drive.last(JournalCode.forfeited)?.numbers[0] ?? 0;
  const orderedNl = 95000 + 25000;
  expect(forfeitedNl).toBeGreaterThan(orderedNl - 2500);
  // The stroke that was due had been owed in part before.
  expect(forfeitedNl).toBeLessThanOrEqual(orderedNl + 300);
});

test("a stop silences an alarm until the next new one; acknowledging does not sound it again", () => {
  const drive = new DirectDrive(REFERENCE_PUMP, 1100000).begin(prescribed({ bolusNl: 0 })).runTo(DAY);
  const shown = (): number[] | undefined => drive.commands(CommandKind.annunciate).at(-1)?.numbers.slice(0, 2);
  expect(shown()).toEqual([AlarmPriority.high, 0]);
  drive.give(event(EventKind.stop), DAY);
  drive.give(event(EventKind.acknowledge), DAY + 1);
  expect(shown()).toEqual([AlarmPriority.high, 1]);
  drive.give(event(EventKind.controlLate), DAY + 2);
  expect(shown()).toEqual([AlarmPriority.high, 0]);
});
