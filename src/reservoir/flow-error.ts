import { Recent } from "../record/recent";
import { wholeQuotient } from "../units";

/** How many refills are kept. */
export const REFILLS_KEPT = 12;

// Rounded half up, which Math.round does not do everywhere for numbers below 0.
function roundedPerMille(reallyNl: number, countedNl: number): number {
  return wholeQuotient(2000 * (reallyNl - countedNl) + countedNl, 2 * countedNl);
}

/**
 * How the volume that was really delivered, from one measured residual to the next, compares with the one that was counted: in thousandths,
 * positive when more was delivered.
 */
export class FlowError {
  /** Each refill: its error in thousandths, and its core time in ms. */
  readonly refills = new Recent(REFILLS_KEPT, 3);
  /** What left the reservoir over all refills, in nL, and what was counted of it. */
  reallyNl = 0;
  countedNl = 0;

  /** A residual was measured: `reallyNl` left the reservoir while `countedNl` (more than 0) were counted. Returns the error in thousandths. */
  judge(reallyNl: number, countedNl: number, nowMs: number): number {
    const perMille = roundedPerMille(reallyNl, countedNl);
    this.refills.keep(perMille, nowMs, 0, 0);
    this.reallyNl = this.reallyNl + reallyNl;
    this.countedNl = this.countedNl + countedNl;
    return perMille;
  }

  /** Error over all that was judged, in thousandths; 0 before the first. */
  wholePerMille(): number {
    const countedNl = this.countedNl;
    if (countedNl === 0) return 0;
    return roundedPerMille(this.reallyNl, countedNl);
  }
}
