import type { AlarmPattern } from "./alarms";

/** The contract of buzzer and light: shows one pattern until it is given another. */
export interface Annunciator {
  /** Shows `pattern` from `nowMs` on; `none` is dark and silent. */
  show(pattern: AlarmPattern, nowMs: number): void;
}
