import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";

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
 */
export class Reservoir {
  /** Strokes drawn since the last fill. */
  drawnStrokes = 0;
  level = ReservoirLevel.ok;
  /** Content at the last fill, in nL. */
  filledNl = 0;

  private strokesToLow = 0;
  private strokesToEmpty = 0;
  private readonly config: PumpConfig;
  private readonly stroke: StrokeVolume;

  constructor(config: PumpConfig, stroke: StrokeVolume, filledNl: number, drawnStrokes: number) {
    this.config = config;
    this.stroke = stroke;
    this.fill(filledNl);
    this.draw(drawnStrokes);
  }

  /** The content is now `contentNl`, 0 to capacity. */
  fill(contentNl: number): void {
    this.filledNl = contentNl;
    this.drawnStrokes = 0;
    // Low as soon as the content is at or below the mark; empty as soon as the next stroke would go below it.
    const aboveLow = contentNl - this.config.lowNl;
    const aboveEmpty = contentNl - this.config.emptyNl;
    this.strokesToLow = aboveLow <= 0 ? 0 : this.stroke.strokesToGive(aboveLow);
    this.strokesToEmpty = aboveEmpty <= 0 ? 0 : this.stroke.wholeStrokesIn(aboveEmpty);
    this.level = this.levelNow();
  }

  /** Draws whole strokes and renews `level`. The caller has looked at `level` before: an empty reservoir is not drawn. */
  draw(strokes: number): void {
    this.drawnStrokes += strokes;
    this.level = this.levelNow();
  }

  /** Content, in nL, rounded down; never negative. */
  contentNl(): number {
    return Math.max(0, this.filledNl - this.stroke.volumeRoundedUpNl(this.drawnStrokes));
  }

  /** Content above the low mark, in nL; 0 at or below it. */
  usableNl(): number {
    return Math.max(0, this.contentNl() - this.config.lowNl);
  }

  private levelNow(): ReservoirLevel {
    if (this.drawnStrokes >= this.strokesToEmpty) return ReservoirLevel.empty;
    return this.drawnStrokes >= this.strokesToLow ? ReservoirLevel.low : ReservoirLevel.ok;
  }
}
