import { describe, expect, test } from "vitest";
import { RESTART_AFTER_MS, RESTART_BEFORE_MS } from "../../../src/control-loop";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { RecordFlag } from "../../../src/record/state-record";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { PLANNED_RESTART_MS } from "../../../src/start-up";
import { PoweredPump } from "../powered-pump";
import { drugs, prescribed } from "../reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
const MIN_MS = 60000;

const modeOf = (drive: PoweredPump): TherapyMode => drive.pump.therapy.mode;
const isAlarm = (drive: PoweredPump, alarm: AlarmKind): boolean => drive.pump.reports.alarms.isActive(alarm);
const raised = (drive: PoweredPump): number[] => drive.told(JournalCode.alarmRaised).map(([, alarm]) => alarm ?? -1);

/** A last answer to a request. */
function answerOf(drive: PoweredPump): BolusAnswer {
  const before = drive.entries.length;
  drive.do(EventKind.requestBolus);
  const said = drive.entries.slice(before).find(([code]) => code === 69 || code === 70);
  return said?.[0] === Number(JournalCode.bolusDenied) ? (said[3] as BolusAnswer) : BolusAnswer.granted;
}

describe("after the power came back", () => {
  test("basal goes on by itself, nothing moves before the closing record, and a person is told (PWR-010)", () => {
    const drive = new PoweredPump().begin().pass(HOUR_MS + MIN_MS);
    const made = drive.made;
    drive.cut(0);
    expect(modeOf(drive)).toBe(TherapyMode.running);
    expect(raised(drive)).toEqual([AlarmKind.restarted]);
    expect(drive.told(JournalCode.poweredOn)[0]?.slice(1)).toEqual([2, 0, 138, 1]);
    const [closedMs] = drive.told(JournalCode.storeWrite)[0] ?? [];
    expect(closedMs).toBe(drive.nowMs);
    drive.pass(HOUR_MS);
    expect(drive.made - made).toBeGreaterThanOrEqual(138);
    expect(drive.made - made).toBeLessThanOrEqual(139);
    drive.do(EventKind.acknowledge);
    expect(isAlarm(drive, AlarmKind.restarted)).toBe(false);
  });

  test("the fourth restart in 24 h ends in stopped, with a critical alarm; a day later it is the first again (PWR-011)", () => {
    const drive = new PoweredPump().begin();
    for (const [hours, mode] of [
      [1, TherapyMode.running],
      [7, TherapyMode.running],
      [7, TherapyMode.running],
      [7, TherapyMode.stopped],
    ] as const) {
      drive.pass(hours * HOUR_MS).cut();
      expect(modeOf(drive)).toBe(mode);
    }
    expect(raised(drive)).toEqual([AlarmKind.restartedTooOften]);
    const made = drive.made;
    expect(drive.pass(HOUR_MS).made).toBe(made);
    drive.do(EventKind.acknowledge).do(EventKind.start);
    expect(drive.pass(HOUR_MS).made).toBeGreaterThan(made);
    drive.pass(DAY_MS).cut();
    expect(modeOf(drive)).toBe(TherapyMode.running);
    expect(raised(drive)).toEqual([AlarmKind.restarted]);
  });

  test("held stays held, stopped stays stopped, and nothing is stopped too long that was not (PWR-010)", () => {
    const drive = new PoweredPump().begin(prescribed({ minimumNlPerDay: 72000 })).pass(HOUR_MS);
    drive.do(EventKind.hold).pass(HOUR_MS).cut();
    expect([modeOf(drive), drive.pump.delivery.plan.basalNlPerDay]).toEqual([TherapyMode.held, 72000]);
    drive
      .do(EventKind.stop)
      .pass(47 * HOUR_MS)
      .cut();
    const made = drive.made;
    drive.pass(HOUR_MS);
    expect([modeOf(drive), drive.made]).toEqual([TherapyMode.stopped, made]);
    expect(isAlarm(drive, AlarmKind.stoppedTooLong)).toBe(true);
  });

  test("a demand bolus is not given on: it counts whole, and its lockout begins anew (PWR-012)", () => {
    const drive = new PoweredPump()
      .begin()
      .pass(HOUR_MS)
      .do(EventKind.requestBolus)
      .pass(5 * MIN_MS)
      .cut();
    expect(drive.pump.delivery.desk.demand.kind).toBe(BolusKind.none);
    expect(drive.counted).toBeGreaterThanOrEqual(138 + 100);
    const made = drive.made;
    expect(drive.pass(HOUR_MS).made - made).toBeLessThanOrEqual(139);
    expect(answerOf(drive)).toBe(BolusAnswer.lockedOut);
    drive.pass(HOUR_MS - 1);
    expect(answerOf(drive)).toBe(BolusAnswer.lockedOut);
    drive.pass(1);
    expect(answerOf(drive)).toBe(BolusAnswer.granted);
  });

  test("a scheduled bolus is not given on, the next one comes at its time (PWR-013)", () => {
    const every = { scheduledNl: 30000, scheduledMs: 600000, scheduledEveryMs: 2 * HOUR_MS };
    const drive = new PoweredPump().begin(prescribed({ program: ProgramKind.periodic, basalNlPerDay: 0, ...every }));
    drive.pass(2 * HOUR_MS + 5 * MIN_MS).cut();
    const made = drive.made;
    const startedMs = drive.nowMs;
    expect(drive.pass(4 * HOUR_MS - MIN_MS - startedMs).made).toBe(made);
    expect(drive.pass(HOUR_MS).made).toBe(made + 100);
  });

  test.each(["right after its first stroke", "in the middle"])(
    "a single shot that was cut off %s is never given again, and its program is over (PWR-013)",
    (when) => {
      const shot = { scheduledNl: 30000, scheduledMs: 600000, scheduledEveryMs: 7 * DAY_MS, scheduledCount: 1 };
      const trial = prescribed({ program: ProgramKind.singleShot, basalNlPerDay: 0, bolusNl: 0, ...shot });
      const drive = new PoweredPump().begin(trial);
      drive.pass(when === "in the middle" ? 5 * MIN_MS : 6001);
      expect(drive.made).toBeGreaterThan(0);
      drive.cut();
      const made = drive.made;
      drive.pass(DAY_MS);
      expect(drive.made).toBe(made);
      drive.do(EventKind.start);
      expect(drive.told(JournalCode.startRefused).at(-1)?.[1]).toBe(StartRefusal.programEnded);
    },
  );

  test("a program that has ended stays ended (PWR-013)", () => {
    const drive = new PoweredPump().begin(
      prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 2 * HOUR_MS }),
    );
    drive.pass(3 * HOUR_MS).cut();
    const made = drive.made;
    drive.do(EventKind.start).pass(HOUR_MS);
    expect(drive.made).toBe(made);
    expect(drive.told(JournalCode.startRefused).at(-1)?.[1]).toBe(StartRefusal.programEnded);
  });

  test("a prime is not given on, and what filled the line is counted for nobody (PWR-014)", () => {
    const drive = new PoweredPump().begin().do(EventKind.stop).do(EventKind.deadVolumeEmpty, { count: 350000 });
    drive
      .do(EventKind.prime, { count: 300000 })
      .do(EventKind.confirmPrime, { count: 300000 })
      .pass(10 * MIN_MS);
    const made = drive.made;
    expect(made).toBeGreaterThan(300);
    drive.cut().pass(HOUR_MS);
    expect(drive.made).toBe(made);
    expect(drive.pump.delivery.patientStrokes).toBe(0);
    expect(drive.counted).toBeGreaterThanOrEqual(made);
    expect(drive.counted).toBeLessThanOrEqual(2 * made + 1);
  });

  test("old fluid that still has to pass: a stronger one comes no later than it may, a weaker one no sooner (PWR-015)", () => {
    for (const [ngPerUl, isStronger] of [
      [2000, true],
      [500, false],
    ] as const) {
      const drive = new PoweredPump().begin().pass(HOUR_MS).do(EventKind.stop);
      drive.do(EventKind.measureResidual, { count: 19950000 }).do(EventKind.acknowledge);
      drive.do(EventKind.refill, { count: 19000000, values: drugs(ngPerUl) });
      drive.begin(prescribed({ concentrationNgPerUl: drugs(ngPerUl), basalNlPerDay: 1000000 })).pass(3 * HOUR_MS);
      const before = drive.pump.delivery.mixture.oldStrokes;
      expect(before).toBeGreaterThan(100);
      const counted = drive.counted;
      drive.cut();
      const reserved = drive.counted - counted;
      expect(reserved).toBeGreaterThan(0);
      // Where the front is, is not known: the line holds as much old fluid as it may, and the stronger of both.
      const { oldStrokes, tip } = drive.pump.delivery.mixture;
      expect([oldStrokes, tip[0]]).toEqual([before, isStronger ? ngPerUl : 1000]);
    }
  });

  test("the clock is not known, and a schedule runs at its lowest rate until somebody sets it (PWR-016)", () => {
    const flex = prescribed({
      program: ProgramKind.flex,
      steps: 2,
      stepStartMs: [0, 12 * HOUR_MS, ...new Array<number>(11).fill(0)],
      stepNlPerDay: [2000000, 1000000, ...new Array<number>(11).fill(0)],
    });
    const drive = new PoweredPump().do(EventKind.setClock, { count: HOUR_MS }).begin(flex).pass(HOUR_MS);
    expect(drive.pump.delivery.plan.basalNlPerDay).toBe(2000000);
    drive.cut();
    expect([drive.pump.clock.known, drive.pump.delivery.plan.basalNlPerDay]).toEqual([false, 1000000]);
    expect(isAlarm(drive, AlarmKind.clockNotSet)).toBe(true);
  });
});

describe("the planned restart", () => {
  /** Serves until the program asks to be started anew, and starts it. */
  function untilRestart(drive: PoweredPump, latestMs: number): PoweredPump {
    while (!drive.loop.mustRestart && drive.nowMs < latestMs) drive.pass(HOUR_MS);
    expect(drive.loop.mustRestart).toBe(true);
    return drive;
  }

  test("comes to a pump that must not touch its memory too, which stays as it is", () => {
    const drive = new PoweredPump().begin().pass(HOUR_MS);
    const other = { ...drive.config, serial: drive.config.serial + 1 };
    const strange = new PoweredPump({ config: other, fram: drive.fram });
    expect(strange.pump.fault).toBe(FaultKind.badRecord);
    const before = strange.fram.imageAfter(Infinity);
    untilRestart(strange, RESTART_AFTER_MS + HOUR_MS);
    expect([strange.made, strange.fram.imageAfter(Infinity)]).toEqual([0, before]);
  });

  test("comes at rest after 20 days, and loses neither clock, lockout nor a stroke, and says no alarm (PWR-020)", () => {
    const slow = prescribed({ basalNlPerDay: 7200, bolusNl: 3000, bolusMs: 60000, lockoutMs: 24 * HOUR_MS });
    const drive = new PoweredPump().do(EventKind.setClock, { count: 900000000000 }).begin(slow);
    drive.pass(RESTART_AFTER_MS - HOUR_MS).do(EventKind.requestBolus);
    const wallMs = drive.pump.clock.offsetMs;
    untilRestart(drive, RESTART_AFTER_MS + HOUR_MS);
    expect(drive.told(EventKind.restartDue as number as JournalCode)[0]?.[0]).toBe(RESTART_AFTER_MS);
    const { made, counted } = drive;
    expect(counted).toBe(made);
    drive.cut();
    expect([drive.counted, raised(drive), modeOf(drive)]).toEqual([made, [], TherapyMode.running]);
    expect([drive.pump.clock.known, drive.pump.clock.offsetMs]).toEqual([true, wallMs + PLANNED_RESTART_MS]);
    expect(answerOf(drive)).toBe(BolusAnswer.lockedOut);
    drive.pass(10 * DAY_MS);
    // 1 nL/s less... every stroke of 30 days, none lost at the restart: 24 a day and a bolus of 10.
    const orderedNl = (7200 * drive.nowMs) / DAY_MS + 3000;
    expect(drive.made).toBe(Math.floor(orderedNl / 300));
    // It was good for one start.
    drive.cut();
    expect(raised(drive)).toEqual([AlarmKind.restarted]);
  });

  test("waits for a bolus to end; at 24 days it ends boluses (PWR-020)", () => {
    const long = prescribed({ basalNlPerDay: 7200, bolusNl: 3000, bolusMs: DAY_MS, lockoutMs: 60000 });
    const drive = new PoweredPump()
      .begin(long)
      .pass(RESTART_AFTER_MS - HOUR_MS)
      .do(EventKind.requestBolus);
    drive.pass(23 * HOUR_MS);
    expect(drive.loop.mustRestart).toBe(false);
    untilRestart(drive, RESTART_AFTER_MS + DAY_MS);

    const busy = new PoweredPump().begin(prescribed({ basalNlPerDay: 7200, bolusNl: 0 }));
    busy.pass(RESTART_AFTER_MS - HOUR_MS);
    while (busy.nowMs < RESTART_BEFORE_MS - MIN_MS && !busy.loop.mustRestart)
      busy.do(EventKind.clinicianBolus, { count: 3000, detail: 6 * HOUR_MS }).pass(6 * HOUR_MS - 1);
    expect(
      busy
        .told(JournalCode.bolusEnded)
        .every(([, , why]) => why === Number(BolusEnd.complete) || why === Number(BolusEnd.restart)),
    ).toBe(true);
    untilRestart(busy, RESTART_BEFORE_MS + HOUR_MS);
  });
});

describe("what a person has ordered", () => {
  test("a trial ends at its time, whatever the power did (PWR-016)", () => {
    const trial = prescribed({
      program: ProgramKind.continuousTrial,
      basalNlPerDay: 720000,
      bolusNl: 0,
      endsAfterMs: 4 * HOUR_MS,
    });
    const drive = new PoweredPump().begin(trial).pass(HOUR_MS).cut();
    drive.pass(2 * HOUR_MS + 59 * MIN_MS);
    expect(modeOf(drive)).toBe(TherapyMode.running);
    drive.pass(MIN_MS + 1000);
    expect([modeOf(drive), drive.pump.therapy.hasEnded]).toEqual([TherapyMode.stopped, true]);
    drive.cut().do(EventKind.start);
    expect(drive.told(JournalCode.startRefused)[0]?.[1]).toBe(StartRefusal.programEnded);
  });

  test("an alarm that lets the motor go on is still there, and its cause where the ledger knows it (PWR-014)", () => {
    const drive = new PoweredPump({ reservoirNl: 2300000 }).begin();
    drive.do(EventKind.detected, { count: 1, detail: AlarmKind.stuckKey }).pass(10 * HOUR_MS);
    drive.cut();
    expect([isAlarm(drive, AlarmKind.stuckKey), isAlarm(drive, AlarmKind.lowReservoir)]).toEqual([true, true]);
    drive.do(EventKind.acknowledge);
    expect([isAlarm(drive, AlarmKind.stuckKey), isAlarm(drive, AlarmKind.lowReservoir)]).toEqual([false, true]);
  });

  test("a stop is written at once behind a record that the store never reported (PWR-010)", () => {
    const drive = new PoweredPump().begin().pass(HOUR_MS - 1000);
    const commit = drive.fram.commit.bind(drive.fram);
    let lost = 1;
    drive.fram.commit = (sequence, nowMs) => {
      if (lost-- > 0) return;
      commit(sequence, nowMs);
    };
    drive.pass(3000);
    expect(isAlarm(drive, AlarmKind.memoryFault)).toBe(true);
    drive.do(EventKind.stop).pass(1000).cut();
    expect(modeOf(drive)).toBe(TherapyMode.stopped);
  });

  test("a stop at the very instant of a planned restart is carried out before it (PWR-020)", () => {
    const drive = new PoweredPump().begin();
    drive.runTo(RESTART_AFTER_MS - 1);
    // The record of the restart is being written: the stop comes at the instant of its report.
    while ((drive.pump.record.flags & RecordFlag.planned) === 0) drive.step();
    const at = drive.nextMs;
    drive.loop.inbox.add(EventKind.stop, at, 0, 0, 0);
    drive.runTo(at + HOUR_MS);
    expect([drive.loop.mustRestart, modeOf(drive)]).toEqual([true, TherapyMode.stopped]);
    drive.cut();
    expect(modeOf(drive)).toBe(TherapyMode.stopped);
  });
});
