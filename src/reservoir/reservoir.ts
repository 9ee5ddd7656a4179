import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";
import type { StateRecord } from "../record/state-record";

/** How full the reservoir is, as the pump acts on it. */
export enum ReservoirLevel {
  ok = 0,
  /** At or below the low mark: no bolus is granted. */
  low = 1,
  /** The next stroke would draw below the empty mark: nothing is delivered. */
  empty = 2,
}

/**
 * What is left, counted in whole strokes since the last fill, so that no rounding adds up. The marks are turned into numbers of
 * strokes once at each fill; a stroke costs one addition and two comparisons.
 *
 * Strokes that were counted and perhaps not made widen the band: what is left lies between {@link contentNl}, which every decision goes by,
 * and {@link mostContentNl}.
 */
export class Reservoir {
  /** Strokes drawn since the last fill. */
  declare drawnStrokes: number;
  /** Those of them that were perhaps not made. */
  declare uncertainStrokes: number;
  declare level: ReservoirLevel;
  /** Content at the last fill, in nL. */
  declare filledNl: number;
  /** Core time of the last fill, in ms. */
  declare filledAtMs: number;
  /** Expiry of the drug in it, in days since 2000-01-01; 0: none was given. */
  declare expiryDay: number;
  /** Content at which it is low, in nL. */
  lowNl: number;

  declare strokesToLow: number;
  declare strokesToEmpty: number;

  constructor(
    readonly config: PumpConfig,
    readonly stroke: StrokeVolume,
    restored: StateRecord,
  ) {
    this.lowNl = config.lowNl;
    this.fill(restored.filledNl, restored.filledAtMs, restored.expiryDay);
    const reserved = restored.reservedStrokes;
    this.draw(restored.drawnStrokes + reserved);
    this.uncertainStrokes = restored.uncertainStrokes + reserved;
  }

  /** The content is known to be `contentNl` at `nowMs`, 0 to capacity; nothing is uncertain. */
  fill(contentNl: number, nowMs: number, expiryDay: number): void {
    this.filledNl = contentNl;
    this.filledAtMs = nowMs;
    this.expiryDay = expiryDay;
    this.drawnStrokes = 0;
    this.uncertainStrokes = 0;
    placeMarks(this);
  }

  /** The low mark is `lowNl` from now on. */
  setLow(lowNl: number): void {
    this.lowNl = lowNl;
    placeMarks(this);
  }

  /** Draws whole strokes and renews `level`. The caller has looked at `level` before: an empty reservoir is not drawn. */
  draw(strokes: number): void {
    const drawn = this.drawnStrokes + strokes;
    this.drawnStrokes = drawn;
    let level = ReservoirLevel.ok;
    if (drawn >= this.strokesToLow) level = ReservoirLevel.low;
    if (drawn >= this.strokesToEmpty) level = ReservoirLevel.empty;
    this.level = level;
  }

  /** Content, in nL, rounded down; never negative, and never more than what is there. */
  contentNl(): number {
    return Math.max(0, this.filledNl - this.stroke.volumeRoundedUpNl(this.drawnStrokes));
  }

  /** Width of the band, in nL, rounded up. */
  bandNl(): number {
    return this.stroke.volumeRoundedUpNl(this.uncertainStrokes);
  }

  /** Content above the low mark, in nL; 0 at or below it. */
  usableNl(): number {
    return Math.max(0, this.contentNl() - this.lowNl);
  }
}

function placeMarks(reservoir: Reservoir): void {
  // Low as soon as the content is at or below the mark; empty as soon as the next stroke would go below it.
  const filledNl = reservoir.filledNl;
  reservoir.strokesToLow = reservoir.stroke.strokesToGive(Math.max(0, filledNl - reservoir.lowNl));
  reservoir.strokesToEmpty = reservoir.stroke.wholeStrokesIn(Math.max(0, filledNl - reservoir.config.emptyNl));
  reservoir.draw(0);
}
