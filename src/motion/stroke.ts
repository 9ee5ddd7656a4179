import { greatestCommonDivisor, PL_PER_NL, quotientRoundedUp, wholeQuotient } from "../units";
import type { PumpConfig } from "../config";

// 86,400,000 ms in a day over 1000 pL in a nL.
const UNITS_PER_PL = 86400;

/**
 * The volume of one stroke, exactly. It is a rational number of pL (plPerRevolution x fullStepsPerStroke over
 * fullStepsPerRevolution), held in lowest terms. The step plan counts owed volume in *units* in which both one stroke
 * and one millisecond of any rate are whole numbers:
 *
 *     1 nL/day during 1 ms          = unitsPerRateMs units
 *     1 stroke                      = strokeUnits units
 */
export class StrokeVolume {
  /** Numerator of the stroke's volume in pL, in lowest terms. */
  readonly plNumerator: number;
  /** Denominator of the stroke's volume in pL, in lowest terms. */
  readonly plDenominator: number;
  /** Units that a rate of 1 nL/day adds in 1 ms. */
  readonly unitsPerRateMs: number;
  /** Units in one stroke; below 2^53 because plPerRevolution x fullStepsPerStroke is at most MAX_STROKE_PL. */
  readonly strokeUnits: number;

  constructor(config: PumpConfig) {
    const pl = config.plPerRevolution * config.fullStepsPerStroke;
    const common = greatestCommonDivisor(pl, config.fullStepsPerRevolution);
    this.plNumerator = pl / common;
    this.plDenominator = config.fullStepsPerRevolution / common;
    // 1 nL/day in 1 ms is 1000/86,400,000 pL = 1/86,400 pL. Over the denominator 86,400 x plDenominator it is
    // plDenominator, and one stroke is plNumerator x 86,400.
    const strokeUnits = this.plNumerator * UNITS_PER_PL;
    const shared = greatestCommonDivisor(strokeUnits, this.plDenominator);
    this.unitsPerRateMs = this.plDenominator / shared;
    this.strokeUnits = strokeUnits / shared;
  }

  /** Volume of `strokes` strokes in nL, rounded down; exact while strokes x plNumerator < 2^53. */
  volumeNl(strokes: number): number {
    return wholeQuotient(strokes * this.plNumerator, this.plDenominator * PL_PER_NL);
  }

  /** Volume of `strokes` strokes in nL, rounded up; for every sum that must not be too small. */
  volumeRoundedUpNl(strokes: number): number {
    return quotientRoundedUp(strokes * this.plNumerator, this.plDenominator * PL_PER_NL);
  }

  /** How many strokes it takes to give at least `volumeNl`; same range as {@link wholeStrokesIn}. */
  strokesToGive(volumeNl: number): number {
    return quotientRoundedUp(volumeNl * PL_PER_NL * this.plDenominator, this.plNumerator);
  }

  /** How many whole strokes fit into `volumeNl`; exact while volumeNl x 1000 x plDenominator < 2^53. */
  wholeStrokesIn(volumeNl: number): number {
    return wholeQuotient(volumeNl * PL_PER_NL * this.plDenominator, this.plNumerator);
  }
}
