import { firstLater } from "../log/first-later";

/** When each stroke was due, in order of time. Appending is cheap: it happens at every stroke of a run. */
export class StrokeTimes {
  /** Strokes so far. */
  count = 0;
  private times = new Float64Array(4096);

  /** Adds strokes that were due at `atMs`, which is not before the last. */
  add(atMs: number, strokes: number): void {
    for (let i = 0; i < strokes; i++) {
      if (this.count === this.times.length) this.grow();
      this.times[this.count++] = atMs;
    }
  }

  /** How many strokes were due up to and including `atMs`. */
  countUntil(atMs: number): number {
    return firstLater(this.all(), atMs);
  }

  /** All times; not to be changed. */
  all(): Float64Array {
    return this.times.subarray(0, this.count);
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.times.length);
    larger.set(this.times);
    this.times = larger;
  }
}
