import type { Prescription } from "../../src/prescription/prescription";

const MS_PER_DAY = 86400000;

/** The wall clock as it was last set or lost: it selects the step of the day, and nothing else. */
export class DaySchedule {
  private offsetMs: number | undefined;

  /** The clock shows `wallMs` at `atMs`. */
  set(wallMs: number, atMs: number): void {
    this.offsetMs = wallMs - atMs;
  }

  /** The clock is not known any more. */
  lose(): void {
    this.offsetMs = undefined;
  }

  /** Time of day at `atMs`, in ms from midnight; `undefined`: not known. */
  timeOfDayMs(atMs: number): number | undefined {
    return this.offsetMs === undefined ? undefined : (atMs + this.offsetMs) % MS_PER_DAY;
  }

  /** The rate of the step in force, in nL/day: with no clock the lowest of the day. */
  rateNlPerDay(p: Prescription, atMs: number): number {
    const rates = p.stepNlPerDay.slice(0, p.steps);
    const timeOfDayMs = this.timeOfDayMs(atMs);
    if (timeOfDayMs === undefined) return Math.min(...rates);
    const begun = p.stepStartMs.slice(0, p.steps).filter((startMs) => startMs <= timeOfDayMs).length;
    // Before the first step of the day the last one of the day before goes on.
    return rates.at(begun - 1) ?? 0;
  }

  /** When a step begins next, after `atMs`; Infinity: no clock, or only one step. */
  nextStepMs(p: Prescription, atMs: number): number {
    const timeOfDayMs = this.timeOfDayMs(atMs);
    if (timeOfDayMs === undefined || p.steps < 2) return Infinity;
    const waits = p.stepStartMs
      .slice(0, p.steps)
      .map((startMs) => (startMs - timeOfDayMs + MS_PER_DAY - 1) % MS_PER_DAY);
    return atMs + Math.min(...waits) + 1;
  }

  /** When demand boluses are allowed next, in ms; `atMs` or before: now. `undefined`: it depends on a clock that is not known. */
  opensAtMs(p: Prescription, atMs: number): number | undefined {
    if (p.hoursFromMs === p.hoursToMs) return atMs;
    const timeOfDayMs = this.timeOfDayMs(atMs);
    if (timeOfDayMs === undefined) return undefined;
    const sinceMs = (timeOfDayMs - p.hoursFromMs + MS_PER_DAY) % MS_PER_DAY;
    const openMs = (p.hoursToMs - p.hoursFromMs + MS_PER_DAY) % MS_PER_DAY;
    return sinceMs < openMs ? atMs : atMs + MS_PER_DAY - sinceMs;
  }
}
