import type { AlarmPattern } from "./alarms";

/** The contract of light and buzzer: shows one pattern until it is given another. */
export interface Annunciator {
  /** Shows `pattern` from `nowMs` on, without its sound when `silenced`; `none` is dark and silent. */
  show(pattern: AlarmPattern, silenced: boolean, nowMs: number): void;
}
