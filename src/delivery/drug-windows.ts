import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";
import { MS_PER_DAY, slotEndMs, zeros } from "../units";
import { RING_BUCKETS } from "./rolling-window";

/** Length of a drug's window, in ms: 24 h. */
export const DRUG_WINDOW_MS = MS_PER_DAY;

/** Length of its buckets, in ms. */
export const DRUG_BUCKET_MS = 1800000;

/**
 * The mass of each drug of the library that was given in the last 24 h, in buckets as in {@link RollingWindow}. Counted in *units*: one
 * stroke at 1 ng/µL, so that a stroke is one addition a drug and nothing is rounded.
 */
export class DrugWindows {
  /** Sum over the ring for each drug, in units. */
  readonly units: number[];
  /** The most that the library allows in 24 h, in units. */
  readonly limitUnits: number[] = [];
  /** Units of each drug in each bucket: RING_BUCKETS numbers a drug. */
  readonly ring: number[];
  /** The bucket that is being filled. */
  current = 0;
  /** First instant of core time that is no longer in it. A plain field: it is read at every stroke. */
  endMs: number;
  /** How many drugs the library has. */
  readonly drugs: number;

  constructor(config: PumpConfig, stroke: StrokeVolume, nowMs: number) {
    this.drugs = config.library.length;
    this.endMs = slotEndMs(nowMs, DRUG_BUCKET_MS);
    this.units = zeros(this.drugs);
    this.ring = zeros(this.drugs * RING_BUCKETS);
    for (let drug = 0; drug < this.drugs; drug++) {
      // One unit is strokePl x 10^-6 ng. One unit less than the quotient: the product may pass 2^53, and rounding must not.
      const limit = (config.library[drug].hardDayNg * 1000000 * stroke.plDenominator) / stroke.plNumerator;
      this.limitUnits.push(Math.max(0, Math.floor(limit) - 1));
    }
  }

  /** Lets buckets leave that have left the window by `nowMs`. */
  rollTo(nowMs: number): void {
    if (nowMs < this.endMs) return;
    // After a whole turn the ring is empty, and only the boundary has to catch up.
    this.endMs = Math.max(this.endMs, slotEndMs(nowMs, DRUG_BUCKET_MS) - RING_BUCKETS * DRUG_BUCKET_MS);
    while (nowMs >= this.endMs) {
      this.current++;
      if (this.current === RING_BUCKETS) this.current = 0;
      for (let drug = 0; drug < this.drugs; drug++) {
        const slot = drug * RING_BUCKETS + this.current;
        this.units[drug] = this.units[drug] - this.ring[slot];
        this.ring[slot] = 0;
      }
      this.endMs += DRUG_BUCKET_MS;
    }
  }

  /**
   * Counts one stroke of fluid with these concentrations (ng/µL by place in the library), unless it would pass a limit: returns the place,
   * from 1, of the first drug whose limit it would pass, and counts nothing; 0: counted.
   */
  addStroke(concentrations: readonly number[]): number {
    for (let drug = 0; drug < this.drugs; drug++) {
      if (concentrations[drug] !== 0) {
        if (this.units[drug] + concentrations[drug] > this.limitUnits[drug]) return drug + 1;
      }
    }
    for (let drug = 0; drug < this.drugs; drug++) {
      const concentration = concentrations[drug];
      const slot = drug * RING_BUCKETS + this.current;
      this.units[drug] = this.units[drug] + concentration;
      this.ring[slot] = this.ring[slot] + concentration;
    }
    return 0;
  }
}
