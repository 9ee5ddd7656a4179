import { describe, expect, test } from "vitest";
import { StateRecord } from "../../../src/record/state-record";
import { ALARM_KINDS, AlarmKind } from "../../../src/safety/alarm-kind";
import { MotorAction, STALL_WINDOW_MS } from "../../../src/safety/alarm-table";
import { Alarms, keepAlarms, LATCHED, NO_ALARM, restoreAlarms } from "../../../src/safety/alarms";

const ALL = Array.from({ length: ALARM_KINDS }, (_, alarm) => alarm);
const kept = (alarms: Alarms): StateRecord => {
  const ledger = new StateRecord();
  keepAlarms(alarms, ledger);
  return ledger;
};
const restored = (ledger: StateRecord): Alarms => {
  const alarms = new Alarms();
  restoreAlarms(alarms, ledger);
  return alarms;
};

describe("the alarms of a pump that starts again", () => {
  test("are those that were active, from now on, in the order of the table", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.refillDue, false, 5);
    alarms.raise(AlarmKind.lowReservoir, true, 7);
    alarms.raise(AlarmKind.restartedTooOften, false, 9);
    const ledger = kept(alarms);
    expect([ledger.alarmsActive, ledger.alarmsCaused]).toEqual([2 ** 26 + 2 ** 20 + 1, 1]);
    ledger.coreMs = 1000;
    const next = restored(ledger);
    expect(ALL.filter((alarm) => next.isActive(alarm))).toEqual([0, 20, 26]);
    expect([next.sinceMs[0], next.sinceMs[20], next.sinceMs[26]]).toEqual([1000, 1000, 1000]);
    const orderOf = (alarm: AlarmKind): number => (next.state[alarm] ?? 0) >> 3;
    expect([0, 20, 26].map(orderOf)).toEqual([1, 2, 3]);
    // What comes then comes behind them.
    next.raise(AlarmKind.tubeLife, true, 1001);
    expect(orderOf(AlarmKind.tubeLife)).toBe(4);
    expect(next.shown).toBe(AlarmKind.restartedTooOften);
  });

  test("keep a cause that lies in the ledger itself, and forget what a detector said", () => {
    const alarms = new Alarms();
    for (const alarm of ALL) alarms.raise(alarm, true, 1);
    const next = restored(kept(alarms));
    expect(ALL.filter((alarm) => next.hasCause(alarm))).toEqual([
      AlarmKind.lowReservoir,
      AlarmKind.emptyReservoir,
      AlarmKind.stoppedTooLong,
      AlarmKind.replacementDue,
      AlarmKind.endOfService,
      AlarmKind.tubeLife,
      AlarmKind.reservoirUncertain,
    ]);
    expect(ALL.filter((alarm) => next.isActive(alarm))).toEqual(ALL);
    // No latch holds longer than the program runs.
    expect(next.state.some((state) => (state & LATCHED) !== 0)).toBe(false);
  });

  test("that were none are none, and the motor may go on", () => {
    const next = restored(kept(new Alarms()));
    expect([next.shown, NO_ALARM, next.motor, next.raised]).toEqual([-1, -1, MotorAction.goesOn, 0]);
    expect(new Alarms().unsaved).toBe(false);
  });

  test("know of the last stalls: the third within their window latches, whenever the power failed", () => {
    const alarms = new Alarms();
    for (const atMs of [10, 20]) {
      alarms.raise(AlarmKind.motorStall, true, atMs);
      alarms.causeGone(AlarmKind.motorStall);
      alarms.acknowledge(AlarmKind.motorStall);
    }
    const ledger = kept(alarms);
    expect(ledger.stallsLeaveMs).toEqual([0, 10 + STALL_WINDOW_MS, 20 + STALL_WINDOW_MS]);
    const next = restored(ledger);
    expect(next.stallsLeaveMs).toEqual(ledger.stallsLeaveMs);
    next.raise(AlarmKind.motorStall, true, 30);
    expect((next.state[AlarmKind.motorStall] ?? 0) & LATCHED).toBe(LATCHED);
  });

  test("are worth a record when one of them changes, and not when nothing does", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.refillDue, true, 1);
    expect(alarms.unsaved).toBe(true);
    alarms.unsaved = false;
    alarms.raise(AlarmKind.refillDue, true, 2);
    expect(alarms.unsaved).toBe(false);
    alarms.causeGone(AlarmKind.refillDue);
    expect(alarms.unsaved).toBe(true);
  });
});
