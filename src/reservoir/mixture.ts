import { MOST_LIBRARY_DRUGS } from "../config";
import type { StateRecord } from "../record/state-record";
import { zeros } from "../units";

/** What came out so long ago lies in no window of a drug any more, in ms: 26 h. */
const LONG_AGO_MS = 93600000;

/**
 * What is dissolved in the fluid, and where: in the reservoir, and at the tip of the catheter. After a change of drugs the tip still gives the
 * old fluid until the dead volume of tubing and catheter has passed. The front is counted as sharp; mixing in the line blurs it and gives
 * the same mass, a little earlier and later.
 */
export class Mixture {
  /** Concentration of each drug of the library in the reservoir, in ng/µL. */
  readonly reservoir = zeros(MOST_LIBRARY_DRUGS);
  /** What comes out at the tip, in ng/µL. */
  readonly tip = zeros(MOST_LIBRARY_DRUGS);
  /** Strokes of old fluid that have still to pass; 0: the tip gives what the reservoir holds. A plain field: read at every stroke. */
  declare oldStrokes: number;

  /** When the tip last began to give other fluid, in ms of core time, and the strongest that it gave in the day before. */
  tipChangedMs: number;
  readonly tipBefore = zeros(MOST_LIBRARY_DRUGS);

  /** Goes on behind the ledger. What was reserved may have moved old fluid on: until it has passed for sure, the stronger of both counts. */
  constructor(restored: StateRecord) {
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
      this.reservoir[i] = restored.drugs[i];
      this.tip[i] = restored.tip[i];
      if (restored.oldStrokes === 0) this.tip[i] = restored.drugs[i];
      else if (restored.reservedStrokes !== 0) this.tip[i] = Math.max(restored.tip[i], restored.drugs[i]);
      this.tipBefore[i] = restored.tipBefore[i];
    }
    this.tipChangedMs = restored.tipChangedMs;
    this.oldStrokes = restored.oldStrokes;
    if (this.oldStrokes === 0) this.oldHasPassed(restored.coreMs);
  }

  /** True when the reservoir holds these concentrations. */
  holds(concentrations: readonly number[]): boolean {
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) if (this.reservoir[i] !== concentrations[i]) return false;
    return true;
  }

  /**
   * The reservoir holds other fluid now; `deadStrokes` of the old have to pass first. Where two old fluids lie in the line, the stronger
   * counts for both.
   */
  change(concentrations: readonly number[], deadStrokes: number, nowMs: number): void {
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
      this.tip[i] = Math.max(this.tip[i], this.reservoir[i]);
      this.reservoir[i] = concentrations[i];
    }
    this.oldStrokes = deadStrokes;
    if (deadStrokes === 0) this.oldHasPassed(nowMs);
  }

  /** The tip gives what the reservoir holds, from `nowMs` on. */
  oldHasPassed(nowMs: number): void {
    const isLongAgo = nowMs - this.tipChangedMs > LONG_AGO_MS;
    this.oldStrokes = 0;
    this.tipChangedMs = nowMs;
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
      let before = this.tip[i];
      if (!isLongAgo) before = Math.max(before, this.tipBefore[i]);
      this.tipBefore[i] = before;
      this.tip[i] = this.reservoir[i];
    }
  }
}
