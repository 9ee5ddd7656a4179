import { breathe } from "../breath";
import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";
import type { StateRecord } from "../record/state-record";
import { MS_PER_DAY, MS_PER_HOUR, slotEndMs, wholeQuotient, zeros } from "../units";
import { RING_BUCKETS } from "./bucket-ring";

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

  /**
   * Begins with what the ledger knows at its own time: the strokes of each hour count at the hour's end, with the strongest fluid that can
   * have come out then.
   */
  constructor(config: PumpConfig, stroke: StrokeVolume, ledger: StateRecord) {
    const nowMs = ledger.coreMs;
    const drugs = config.library.length;
    const endMs = slotEndMs(nowMs, DRUG_BUCKET_MS);
    const sums = zeros(drugs);
    const ring = zeros(drugs * RING_BUCKETS);
    this.drugs = drugs;
    this.endMs = endMs;
    this.units = sums;
    this.ring = ring;
    for (let drug = 0; drug < drugs; drug++) {
      // One unit is strokePl x 10^-6 ng. One unit less than the quotient: the product may pass 2^53, and rounding must not.
      const limit = (config.library[drug].hardDayNg * 1000000 * stroke.plDenominator) / stroke.plNumerator;
      this.limitUnits.push(Math.max(0, Math.floor(limit) - 1));
    }
    const hours = ledger.hours;
    let hourEndMs = slotEndMs(nowMs, MS_PER_HOUR);
    for (let ago = 0; ago < Math.min(25, hours.length); ago++) {
      if ((ago & 3) === 0) breathe();
      const lastMs = Math.min(nowMs, hourEndMs - 1);
      hourEndMs -= MS_PER_HOUR;
      let slot = 0 - wholeQuotient(endMs - 1 - lastMs, DRUG_BUCKET_MS);
      if (slot < 0) slot += RING_BUCKETS;
      for (let drug = 0; drug < drugs; drug++) {
        let concentration = ledger.tip[drug];
        if (ago === 0) concentration = Math.max(concentration, ledger.drugs[drug]);
        if (hourEndMs < ledger.tipChangedMs) concentration = Math.max(concentration, ledger.tipBefore[drug]);
        const units = hours[ago] * concentration;
        sums[drug] = sums[drug] + units;
        ring[slot] = ring[slot] + units;
        slot += RING_BUCKETS;
      }
    }
  }

  /** Lets buckets leave that have left the window by `nowMs`. */
  rollDrugs(nowMs: number): void {
    let endMs = this.endMs;
    if (nowMs < endMs) return;
    const units = this.units;
    const ring = this.ring;
    let current = this.current;
    // After a whole turn the ring is empty, and only the boundary has to catch up.
    endMs = Math.max(endMs, slotEndMs(nowMs, DRUG_BUCKET_MS) - RING_BUCKETS * DRUG_BUCKET_MS);
    while (nowMs >= endMs) {
      current++;
      if (current === RING_BUCKETS) current = 0;
      let slot = current;
      for (let drug = 0; drug < this.drugs; drug++) {
        units[drug] = units[drug] - ring[slot];
        ring[slot] = 0;
        slot += RING_BUCKETS;
      }
      endMs += DRUG_BUCKET_MS;
    }
    this.current = current;
    this.endMs = endMs;
  }

  /**
   * Counts one stroke of fluid with these concentrations (ng/µL by place in the library), unless it would pass a limit: returns the place,
   * from 1, of the first drug whose limit it would pass, and counts nothing; 0: counted.
   */
  addStroke(concentrations: readonly number[]): number {
    const units = this.units;
    const ring = this.ring;
    for (let drug = 0; drug < this.drugs; drug++) {
      if (concentrations[drug] !== 0) if (units[drug] + concentrations[drug] > this.limitUnits[drug]) return drug + 1;
    }
    let slot = this.current;
    for (let drug = 0; drug < this.drugs; drug++) {
      const concentration = concentrations[drug];
      units[drug] = units[drug] + concentration;
      ring[slot] = ring[slot] + concentration;
      slot += RING_BUCKETS;
    }
    return 0;
  }
}
