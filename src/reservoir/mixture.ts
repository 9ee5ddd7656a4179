import { MOST_LIBRARY_DRUGS } from "../config";
import { zeros } from "../units";

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
  oldStrokes = 0;

  constructor(restored: readonly number[]) {
    this.change(restored, 0);
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
  change(concentrations: readonly number[], deadStrokes: number): void {
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
      this.tip[i] = Math.max(this.tip[i], this.reservoir[i]);
      this.reservoir[i] = concentrations[i];
    }
    this.oldStrokes = deadStrokes;
    if (deadStrokes === 0) this.oldHasPassed();
  }

  /** The tip gives what the reservoir holds. */
  oldHasPassed(): void {
    this.oldStrokes = 0;
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) this.tip[i] = this.reservoir[i];
  }
}
