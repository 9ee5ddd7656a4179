import { NEVER_MS } from "../units";
import { ALARM_KINDS } from "./alarm-kind";
import type { AlarmKind } from "./alarm-kind";

/** Alarms that come by themselves when their time is there, and when that is. */
export class AlarmTimes {
  /** The earliest of them, in ms of core time; NEVER_MS: none is set. A plain field: it is read at every wake. */
  nextMs = NEVER_MS;
  /** When each comes, in ms of core time; NEVER_MS: not by itself. */
  readonly dueMs: number[] = [];

  constructor() {
    for (let i = 0; i < ALARM_KINDS; i++) this.dueMs.push(NEVER_MS);
  }

  /** `alarm` comes at `atMs`; NEVER_MS: not by itself. Takes the place of an earlier setting. */
  set(alarm: AlarmKind, atMs: number): void {
    this.dueMs[alarm] = atMs;
    this.nextMs = NEVER_MS;
    for (let i = 0; i < ALARM_KINDS; i++) this.nextMs = Math.min(this.nextMs, this.dueMs[i]);
  }
}
