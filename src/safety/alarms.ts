import { zeros } from "../units";
import { ALARM_KINDS, AlarmKind } from "./alarm-kind";
import { AlarmEnd, AlarmPriority, endOf, MotorAction, motorActionOf, priorityOf } from "./alarm-table";
import { STALLS_THAT_LATCH, STALL_WINDOW_MS } from "./alarm-table";

/** No alarm. */
export const NO_ALARM = -1;

// What is known of an alarm, added up.
const ACTIVE = 1;
const CAUSED = 2;
const LATCHED = 4;

/**
 * Which alarms are active, since when, and which of them still have their cause. A person's acknowledgement clears those whose cause
 * is gone; a cause that persists cannot be cleared, and a latched alarm not at all.
 */
export class Alarms {
  /** The active alarm that shows: of the highest priority the one that was raised first; NO_ALARM: none is active. */
  shown = NO_ALARM;
  /** Its priority. A critical alarm is active when this is medium or high. */
  priority = AlarmPriority.none;
  /** What the alarms do to the motor. A plain field: it is read at every wake. */
  motor = MotorAction.goesOn;
  /** When each active alarm was raised, in ms of core time. */
  readonly sinceMs = zeros(ALARM_KINDS);
  private readonly state = zeros(ALARM_KINDS);
  /** Number of each active alarm in order of occurrence. */
  private readonly order = zeros(ALARM_KINDS);
  private raised = 0;
  /** When each of the last stalls leaves the window, oldest first, in ms of core time. */
  private readonly stallsLeaveMs = zeros(STALLS_THAT_LATCH);

  /**
   * The cause is there now. Returns true when the alarm is new: it was not active, or its cause had gone and has come back before
   * anybody acknowledged it.
   */
  raise(alarm: AlarmKind, causePersists: boolean, nowMs: number): boolean {
    const before = this.state[alarm];
    let state = (before & LATCHED) | ACTIVE;
    if (causePersists) state |= CAUSED;
    if ((before & ACTIVE) === 0) {
      this.raised++;
      this.order[alarm] = this.raised;
      this.sinceMs[alarm] = nowMs;
    }
    const isNew = (before & CAUSED) === 0;
    if (alarm === AlarmKind.motorStall) {
      if (isNew) {
        const stalls = this.stallsLeaveMs;
        for (let i = 1; i < STALLS_THAT_LATCH; i++) stalls[i - 1] = stalls[i];
        stalls[STALLS_THAT_LATCH - 1] = nowMs + STALL_WINDOW_MS;
        if (nowMs < stalls[0]) state |= LATCHED;
      }
    } else if (endOf(alarm) === AlarmEnd.latched) state |= LATCHED;
    this.state[alarm] = state;
    if (state !== before) this.survey();
    return isNew;
  }

  /** The cause is gone; the alarm stays until it is acknowledged. */
  causeGone(alarm: AlarmKind): void {
    if ((this.state[alarm] & CAUSED) === 0) return;
    this.state[alarm] -= CAUSED;
    this.survey();
  }

  /** Clears `alarm` if it is active without a cause and not latched. Returns true when it was cleared. */
  acknowledge(alarm: AlarmKind): boolean {
    if (this.state[alarm] !== ACTIVE) return false;
    this.state[alarm] = 0;
    this.survey();
    return true;
  }

  /** True while `alarm` is active. */
  isActive(alarm: AlarmKind): boolean {
    return this.state[alarm] !== 0;
  }

  /** True while the cause of `alarm` is there. */
  hasCause(alarm: AlarmKind): boolean {
    return (this.state[alarm] & CAUSED) !== 0;
  }

  private survey(): void {
    let shown = NO_ALARM;
    let shownPriority = AlarmPriority.none;
    let motor = MotorAction.goesOn;
    for (let i = 0; i < ALARM_KINDS; i++) {
      const state = this.state[i];
      if (state !== 0) {
        const priority = priorityOf(i);
        let isFirst = priority > shownPriority;
        if (priority === shownPriority) isFirst = this.order[i] < this.order[shown];
        if (isFirst) {
          shown = i;
          shownPriority = priority;
        }
        // An alarm that lets the motor go on by itself holds it only while there is a reason.
        if (state !== ACTIVE || endOf(i) !== AlarmEnd.resumed) motor = Math.max(motor, motorActionOf(i));
      }
    }
    this.shown = shown;
    this.motor = motor;
    this.priority = shownPriority;
  }
}
