import type { CalibrationRun } from "./calibration-run";
import type { LineFit } from "./line-fit";
import type { Outlier } from "./outliers";
import type { Agreement } from "./rate-groups";

/** One run beside the line; `run` is its name. */
export interface FittedRun extends Omit<CalibrationRun, "name"> {
  readonly run: string;
  readonly plPerRevolution: number;
  readonly deviationPercent: number;
}

/** What several weighed runs say of the volume per revolution. */
export interface Calibration extends Agreement {
  /** Slope of the line through the origin, in pL, with the standard error of its scatter and its 95 % interval: Student's, not narrower than that of the rates' means where rates differ, and {@link endsPercent} twice squared beside it. */
  readonly plPerRevolution: number;
  readonly standardErrorPl: number;
  readonly lowPl: number;
  readonly highPl: number;
  /** Half of the interval, in % of the slope. */
  readonly intervalPercent: number;
  /** What all runs have in common and the interval does not show (density, calibration and drift of the balance, evaporation): one standard uncertainty in %. */
  readonly sharedPercent: number;
  /** By the rollers' phase at the ends of the runs, as if it were the same in all: one standard uncertainty in %. It is in the interval. */
  readonly endsPercent: number;
  /** Interval and what is shared together (k = 2), in %. */
  readonly expandedPercent: number;
  /** What Student's t was taken for; need not be whole. */
  readonly degreesOfFreedom: number;
  readonly rSquared: number;
  /** The pump's scatter from run to run beyond the runs' own uncertainties, one standard deviation in %. */
  readonly scatterPercent: number;
  readonly withIntercept: LineFit | null;
  /** The run of the largest weight, and its share of all weight in %. */
  readonly weightiest: { readonly run: string; readonly percent: number };
  readonly outliers: readonly Outlier[];
  /** How far the runs are from a line through the origin where that is too far and sure: the larger of linearity and intercept, in % without sign; null: they are on it. */
  readonly bendPercent: number | null;
  readonly runs: readonly FittedRun[];
  /** Why this is no calibration; empty when it is one. */
  readonly refusals: readonly string[];
  /** What the person should know before using it. */
  readonly warnings: readonly string[];
}
