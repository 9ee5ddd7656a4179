import type { CalibrationRun } from "./calibration-run";
import { studentLimit } from "./student-t";

/** The straight line with an intercept: what is in every run, whatever it moves, shows in it. */
export interface LineFit {
  readonly plPerRevolution: number;
  /** 95 % confidence intervals are the values plus or minus these. */
  readonly slopeHalfWidthPl: number;
  readonly interceptMl: number;
  readonly interceptHalfWidthMl: number;
  /** 1 - weighted squares of the residuals / weighted squares about the mean. */
  readonly rSquared: number;
  /** True: 0 is not in the interval of the intercept. */
  readonly interceptMatters: boolean;
}

/** Fewer runs than this say nothing of an intercept. */
export const LEAST_RUNS_OF_INTERCEPT = 4;
/** Runs of fewer different lengths than this (largest over smallest) say nothing of an intercept. */
const LEAST_RATIO_OF_LENGTHS = 1.2;

/**
 * The weighted line with intercept. `null` where the runs cannot show one: fewer than 4, or all of about one length.
 * @param weights of the runs' volumes per revolution, in 1/pL², as {@link CalibrationRun}s are weighted in the fit through the origin
 */
export function fitWithIntercept(runs: readonly CalibrationRun[], weights: readonly number[]): LineFit | null {
  const lengths = runs.map(({ revolutions }) => revolutions);
  if (runs.length < LEAST_RUNS_OF_INTERCEPT || Math.max(...lengths) < LEAST_RATIO_OF_LENGTHS * Math.min(...lengths))
    return null;
  const points = runs.map(({ revolutions, volumeMl }, i) => ({
    x: revolutions,
    y: volumeMl * 1e9,
    w: (weights[i] ?? 0) / revolutions ** 2,
  }));
  const sum = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  const weight = sum(({ w }) => w);
  const meanX = sum(({ w, x }) => w * x) / weight;
  const meanY = sum(({ w, y }) => w * y) / weight;
  const squaresX = sum(({ w, x }) => w * (x - meanX) ** 2);
  const squaresY = sum(({ w, y }) => w * (y - meanY) ** 2);
  const slope = sum(({ w, x, y }) => w * (x - meanX) * (y - meanY)) / squaresX;
  const intercept = meanY - slope * meanX;
  const squares = sum(({ w, x, y }) => w * (y - intercept - slope * x) ** 2);
  const freedom = runs.length - 2;
  const t = studentLimit(0.05, freedom);
  const variance = squares / freedom;
  const interceptHalfWidth = t * Math.sqrt(variance * (1 / weight + meanX ** 2 / squaresX));
  // Rounding alone makes an intercept of the last digit's size.
  const rounding = 1e-9 * Math.abs(meanY);
  return {
    plPerRevolution: slope,
    slopeHalfWidthPl: t * Math.sqrt(variance / squaresX),
    interceptMl: intercept / 1e9,
    interceptHalfWidthMl: interceptHalfWidth / 1e9,
    rSquared: squaresY === 0 ? 1 : 1 - squares / squaresY,
    interceptMatters: Math.abs(intercept) > interceptHalfWidth + rounding,
  };
}
