import { NEVER_MS, zeros } from "../units";
import { ALARM_KINDS } from "./alarm-kind";
import type { AlarmKind } from "./alarm-kind";

/** Alarms that come by themselves when their time is there, and when that is. */
export class AlarmTimes {
  /** The earliest of them, in ms of core time; NEVER_MS: none is set. A plain field: it is read at every wake. */
  nextMs = NEVER_MS;
  /** When each comes, in ms of core time; NEVER_MS: not by itself. */
  readonly dueMs = zeros(ALARM_KINDS);

  constructor() {
    for (let i = 0; i < ALARM_KINDS; i++) this.dueMs[i] = NEVER_MS;
  }

  /** `alarm` comes at `atMs`; NEVER_MS: not by itself. Takes the place of an earlier setting. */
  setDue(alarm: AlarmKind, atMs: number): void {
    const before = this.dueMs[alarm];
    this.dueMs[alarm] = atMs;
    this.nextMs = Math.min(this.nextMs, atMs);
    // Another one is the earliest, or this one is now.
    if (before !== this.nextMs) return;
    this.nextMs = NEVER_MS;
    for (let i = 0; i < ALARM_KINDS; i++) this.nextMs = Math.min(this.nextMs, this.dueMs[i]);
  }
}
