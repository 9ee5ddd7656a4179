import type { AlarmPriority } from "./alarm-table";

/** The contract of light and buzzer: plays one signal until it is given another. */
export interface Annunciator {
  /**
   * Plays the signal of `priority` from `nowMs` on, without its sound when `silenced`; `none` is dark and silent. `alarm` is the
   * AlarmKind that shows, -1 for none, for what can show words.
   */
  show(priority: AlarmPriority, alarm: number, silenced: boolean, nowMs: number): void;
}
