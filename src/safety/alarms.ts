/** Conditions that a person is told of. */
export enum AlarmKind {
  /** Reservoir at or below its low mark. */
  lowReservoir = 0,
  /** Reservoir empty: nothing is delivered. */
  emptyReservoir = 1,
  /** The controller came late: volume was forfeited. */
  controlLate = 2,
  /** A basal stroke was dropped because it would have passed the dose limit. */
  doseLimitReached = 3,
  /** The pump is in its safe state. */
  pumpFault = 4,
}

/** How many alarms there are. */
export const ALARM_KINDS = 5;

/** What the annunciator shows. */
export enum AlarmPattern {
  none = 0,
  nonCritical = 1,
  critical = 2,
}

/** The class of an alarm: critical alarms forbid boluses. */
export function patternOf(alarm: AlarmKind): AlarmPattern {
  return alarm === AlarmKind.lowReservoir || alarm === AlarmKind.doseLimitReached
    ? AlarmPattern.nonCritical
    : AlarmPattern.critical;
}

/**
 * Which alarms are active, and which of them still have their cause. A person's acknowledgement clears those whose cause is gone; a
 * cause that persists cannot be cleared.
 */
export class Alarms {
  private readonly active: boolean[] = [];
  private readonly caused: boolean[] = [];

  constructor() {
    for (let i = 0; i < ALARM_KINDS; i++) {
      this.active.push(false);
      this.caused.push(false);
    }
  }

  /**
   * The cause is there now. Returns true when the alarm is new: it was not active, or its cause had gone and has come back before
   * anybody acknowledged it.
   */
  raise(alarm: AlarmKind, causePersists: boolean): boolean {
    const isNew = !this.active[alarm] || !this.caused[alarm];
    this.active[alarm] = true;
    this.caused[alarm] = causePersists;
    return isNew;
  }

  /** The cause is gone; the alarm stays until it is acknowledged. */
  causeGone(alarm: AlarmKind): void {
    this.caused[alarm] = false;
  }

  /** Clears `alarm` if it is active without a cause. Returns true when it was cleared. */
  acknowledge(alarm: AlarmKind): boolean {
    if (!this.active[alarm] || this.caused[alarm]) return false;
    this.active[alarm] = false;
    return true;
  }

  /** True while `alarm` is active. */
  isActive(alarm: AlarmKind): boolean {
    return this.active[alarm];
  }

  /** The pattern of the highest active alarm. */
  highest(): AlarmPattern {
    let highest = AlarmPattern.none;
    for (let i = 0; i < ALARM_KINDS; i++) {
      if (this.active[i]) {
        const pattern = patternOf(i);
        if (pattern > highest) highest = pattern;
      }
    }
    return highest;
  }
}
