import type { StateRecord } from "../record/state-record";
import { copyInto, moveUp, zeros } from "../units";
import { ALARM_KINDS, AlarmKind } from "./alarm-kind";
import { AlarmColumn, AlarmEnd, AlarmPriority, inTable, MotorAction } from "./alarm-table";
import { STALLS_THAT_LATCH, STALL_WINDOW_MS } from "./alarm-table";

/** No alarm. */
export const NO_ALARM = -1;

// What is known of an alarm, added up.
/** Of {@link Alarms.state}: it is active. */
export const ACTIVE = 1;
/** Of {@link Alarms.state}: its cause is there. */
export const CAUSED = 2;
/** Of {@link Alarms.state}: it holds until the program is started anew. */
export const LATCHED = 4;
const ALL_KNOWN = 7;
// Above these bits an active alarm has its number in order of occurrence.
const ORDER = 8;

// The alarms whose cause lies in the ledger itself.
const KEPT_CAUSES =
  2 ** AlarmKind.lowReservoir +
  2 ** AlarmKind.emptyReservoir +
  2 ** AlarmKind.reservoirUncertain +
  2 ** AlarmKind.replacementDue +
  2 ** AlarmKind.endOfService +
  2 ** AlarmKind.tubeLife +
  2 ** AlarmKind.stoppedTooLong;

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
  /** They are others than when they were last saved. */
  unsaved = false;
  /** When each active alarm was raised, in ms of core time. */
  readonly sinceMs = zeros(ALARM_KINDS);
  /** What is known of each alarm, and above it its number in order of occurrence; 0: it is not active. */
  readonly state = zeros(ALARM_KINDS);
  /** Alarms since the program started: far fewer than the 2^28 that {@link state} has room for. */
  raised = 0;
  /** When each of the last stalls leaves the window, oldest first, in ms of core time. */
  readonly stallsLeaveMs = zeros(STALLS_THAT_LATCH);

  /**
   * The cause is there now. Returns true when the alarm is new: it was not active, or its cause had gone and has come back before
   * anybody acknowledged it.
   */
  raise(alarm: AlarmKind, causePersists: boolean, nowMs: number): boolean {
    const before = this.state[alarm];
    let state = (before | ACTIVE) & ~CAUSED;
    if (causePersists) state += CAUSED;
    if (before === 0) {
      this.raised = this.raised + 1;
      state += this.raised * ORDER;
      this.sinceMs[alarm] = nowMs;
    }
    const isNew = (before & CAUSED) === 0;
    if (alarm === AlarmKind.motorStall) {
      if (isNew) {
        const stalls = this.stallsLeaveMs;
        moveUp(stalls, nowMs + STALL_WINDOW_MS);
        if (nowMs < stalls[0]) state |= LATCHED;
      }
    } else if (inTable(alarm, AlarmColumn.end) === AlarmEnd.latched) state |= LATCHED;
    this.state[alarm] = state;
    if (state !== before) survey(this);
    return isNew;
  }

  /** The cause is gone; the alarm stays until it is acknowledged. */
  causeGone(alarm: AlarmKind): void {
    if ((this.state[alarm] & CAUSED) === 0) return;
    this.state[alarm] -= CAUSED;
    survey(this);
  }

  /** Clears `alarm` if it is active without a cause and not latched. Returns true when it was cleared. */
  acknowledge(alarm: AlarmKind): boolean {
    if ((this.state[alarm] & ALL_KNOWN) !== ACTIVE) return false;
    this.state[alarm] = 0;
    survey(this);
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
}

/** The sum of 2^AlarmKind of those alarms of which `known` is known. */
export function alarmsThat(alarms: Alarms, known: number): number {
  let sum = 0;
  for (let alarm = 0; alarm < ALARM_KINDS; alarm++) if ((alarms.state[alarm] & known) !== 0) sum += 1 << alarm;
  return sum;
}

/** Takes which alarms are active, why, and when the last stalls were, into `ledger`. */
export function keepAlarms(alarms: Alarms, ledger: StateRecord): void {
  ledger.alarmsActive = alarmsThat(alarms, ACTIVE);
  ledger.alarmsCaused = alarmsThat(alarms, CAUSED);
  copyInto(ledger.stallsLeaveMs, alarms.stallsLeaveMs);
}

/**
 * Goes on with the alarms of `ledger`. What detectors said is not known any more, and no latch holds longer than the program runs: what was
 * active stays until a person has read it.
 */
export function restoreAlarms(alarms: Alarms, ledger: StateRecord): void {
  for (let alarm = 0; alarm < ALARM_KINDS; alarm++) {
    const bit = 1 << alarm;
    let state = 0;
    if ((ledger.alarmsActive & bit) !== 0) state = ACTIVE;
    if ((ledger.alarmsCaused & bit & KEPT_CAUSES) !== 0) state += CAUSED;
    if (state !== 0) {
      alarms.raised = alarms.raised + 1;
      alarms.sinceMs[alarm] = ledger.coreMs;
      alarms.state[alarm] = alarms.raised * ORDER + state;
    }
  }
  copyInto(alarms.stallsLeaveMs, ledger.stallsLeaveMs);
  survey(alarms);
}

function survey(alarms: Alarms): void {
  alarms.unsaved = true;
  let shown = NO_ALARM;
  let shownPriority = AlarmPriority.none;
  let motor = MotorAction.goesOn;
  for (let i = 0; i < ALARM_KINDS; i++) {
    const state = alarms.state[i];
    if (state !== 0) {
      const priority: AlarmPriority = inTable(i, AlarmColumn.priority);
      let isFirst = priority > shownPriority;
      if (priority === shownPriority) isFirst = state < alarms.state[shown];
      if (isFirst) {
        shown = i;
        shownPriority = priority;
      }
      // An alarm that lets the motor go on by itself holds it only while there is a reason.
      let holds = (state & ALL_KNOWN) !== ACTIVE;
      if (inTable(i, AlarmColumn.end) !== AlarmEnd.resumed) holds = true;
      if (holds) motor = Math.max(motor, inTable(i, AlarmColumn.motor));
    }
  }
  alarms.shown = shown;
  alarms.motor = motor;
  alarms.priority = shownPriority;
}
