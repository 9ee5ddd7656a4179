import type { WallClock } from "../clock";
import { MS_PER_DAY, wholeQuotient } from "../units";
import { Recent } from "./recent";

/** How many days are kept: three months. */
export const DAYS_KEPT = 92;

/**
 * What was delivered on each of the last days: the figure that a clinic follows for years. A day is one of the wall clock while that is
 * known, otherwise one of core time. Each entry: the day (since 2000-01-01; minus the day of core time, less 1, while the clock is not known),
 * strokes to the patient, the primary drug in them in strokes x ng/µL.
 */
export class DayLog {
  /** The days, today last. */
  readonly days = new Recent(DAYS_KEPT, 3);
  /** First instant of core time that is no longer today, in ms. A plain field: it is read at every stroke. */
  endMs = 0;
  /** Where in `days.numbers` today begins. */
  today = 0;

  /** Begins the day that `nowMs` lies in, if it is not today. Also after the clock was set. */
  turn(clock: WallClock, nowMs: number): void {
    let aheadMs = 0;
    if (clock.known) aheadMs = clock.offsetMs;
    let day = wholeQuotient(nowMs + aheadMs, MS_PER_DAY);
    this.endMs = (day + 1) * MS_PER_DAY - aheadMs;
    if (!clock.known) day = -day - 1;
    const days = this.days;
    if (days.count !== 0) if (days.numbers[this.today] === day) return;
    this.today = days.keep(day, 0, 0, 0);
  }
}
