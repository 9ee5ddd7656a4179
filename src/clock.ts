import { MS_PER_DAY, wholeQuotient } from "./units";

/**
 * The wall clock as the pump knows it: an offset to core time, or unknown. It selects the step of the day and dates things; no lockout,
 * window or count looks at it. Local time without zones, in ms since 2000-01-01 00:00.
 */
export class WallClock {
  known = false;
  /** Wall time less core time, in ms. */
  offsetMs = 0;

  /** The clock shows `wallMs` at `nowMs`. Returns by how many ms that moves it; 0 when it was not known. */
  setTo(wallMs: number, nowMs: number): number {
    const offsetMs = wallMs - nowMs;
    let movedMs = 0;
    if (this.known) movedMs = offsetMs - this.offsetMs;
    this.known = true;
    this.offsetMs = offsetMs;
    return movedMs;
  }

  /**
   * Wall time at `nowMs`, in ms since 2000-01-01; only while known. For hosts.
   * @devsWhenUsed
   */
  wallMs(nowMs: number): number {
    return nowMs + this.offsetMs;
  }

  /**
   * Whole days since 2000-01-01 at `nowMs`; only while known. For hosts.
   * @devsWhenUsed
   */
  day(nowMs: number): number {
    return wholeQuotient(nowMs + this.offsetMs, MS_PER_DAY);
  }

  /** Time of day at `nowMs`, in ms from midnight; only while known. */
  timeOfDayMs(nowMs: number): number {
    const wallMs = nowMs + this.offsetMs;
    return wallMs - wholeQuotient(wallMs, MS_PER_DAY) * MS_PER_DAY;
  }
}

/** Latest wall time that can be set, in ms since 2000-01-01: about the year 2200. */
export const LATEST_WALL_MS = 6311433600000;
