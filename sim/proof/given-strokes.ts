import type { PumpConfig } from "../../src/config";
import { firstLater } from "../log/first-later";
import type { Fluid } from "./ordered";

/** Strokes that may be in a window, and one more, are kept; older ones are thrown away this many at a time. */
const SWEEP = 20000;

/** The longest window, in ms: 7 days. */
const LONGEST_MS = 604800000;

/** Every stroke that reached the patient, one by one, with what it carried: exact where the pump counts in buckets and hours. */
export class GivenStrokes {
  private times: number[] = [];
  /** For each drug of the library: mass of all strokes before each one, in strokes x ng/µL. */
  private before: number[][];
  private sums: number[];

  constructor(config: PumpConfig) {
    this.before = config.library.map(() => []);
    this.sums = config.library.map(() => 0);
  }

  /** A stroke at powered time `atMs`, not before the last one. */
  add(atMs: number, fluid: Fluid): void {
    this.times.push(atMs);
    for (let drug = 0; drug < this.sums.length; drug++) {
      const sum = this.sums[drug] ?? 0;
      this.before[drug]?.push(sum);
      this.sums[drug] = sum + (fluid[drug] ?? 0);
    }
    if (this.times.length > 2 * SWEEP && (this.times[SWEEP] ?? atMs) < atMs - LONGEST_MS) {
      this.times = this.times.slice(SWEEP);
      this.before = this.before.map((sums) => sums.slice(SWEEP));
    }
  }

  /** Strokes in the window of `windowMs` that ends with `atMs`; the instant `windowMs` ago has left it. */
  within(windowMs: number, atMs: number): number {
    return this.times.length - this.firstIn(windowMs, atMs);
  }

  /** What those strokes carried of a drug, in strokes x ng/µL. */
  massWithin(windowMs: number, atMs: number, drug: number): number {
    const sum = this.sums[drug] ?? 0;
    return sum - (this.before[drug]?.[this.firstIn(windowMs, atMs)] ?? sum);
  }

  /** One of its own with the same strokes. */
  fork(config: PumpConfig): GivenStrokes {
    const copy = new GivenStrokes(config);
    copy.times = this.times.slice();
    copy.before = this.before.map((sums) => sums.slice());
    copy.sums = this.sums.slice();
    return copy;
  }

  private firstIn(windowMs: number, atMs: number): number {
    return firstLater(this.times, atMs - windowMs);
  }
}
