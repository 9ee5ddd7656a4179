import { firstLater } from "../log/first-later";

/** Times that are no longer needed are thrown away this many at a time. */
const SWEEP = 4096;

/** Every stroke of a rolling window, one by one: exact where the pump counts in buckets. */
export class DoseWindow {
  private times: number[] = [];
  private readonly longestMs: number;

  /** `longestMs`: the longest window that will be asked about. */
  constructor(longestMs: number) {
    this.longestMs = longestMs;
  }

  /** One stroke at `atMs`, not before the last one. */
  add(atMs: number): void {
    this.times.push(atMs);
    if (this.times.length > 2 * SWEEP && (this.times[SWEEP] ?? atMs) <= atMs - this.longestMs)
      this.times = this.times.slice(SWEEP);
  }

  /** Strokes later than `atMs - windowMs`, up to the last one. */
  strokesSince(atMs: number, windowMs: number): number {
    return this.times.length - firstLater(this.times, atMs - windowMs);
  }
}
