import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import { studentLimit } from "./student-t";

/** The straight line through the origin, volume over revolutions. */
export interface OriginFit {
  /** Its slope, in pL per revolution. */
  readonly plPerRevolution: number;
  readonly standardErrorPl: number;
  /** Half of the 95 % confidence interval, by Student's t of `degreesOfFreedom`. */
  readonly halfWidthPl: number;
  /** Effective number of runs (weights' sum squared over sum of squares) less 1: runs - 1 where all weigh the same. At least 1. */
  readonly degreesOfFreedom: number;
  /** 1 - weighted squares of the residuals / weighted squares of the volumes. */
  readonly rSquared: number;
  /** What the pump itself scatters from run to run beyond the runs' own uncertainties, in pL per revolution; one standard deviation. */
  readonly scatterPl: number;
  /** Weight of each run: 1 / (variance of its volume per revolution), in 1/pL². */
  readonly weights: readonly number[];
  /** Weighted sum of the squared residuals. */
  readonly squares: number;
  /** What the runs have in common, which no scatter shows: one standard uncertainty of the slope in pL, as if it had the same sign in all. */
  readonly sharedPl: number;
}

/** Nobody knows a volume better than that. It keeps weights finite where no uncertainty was told. */
const LEAST_UNCERTAINTY = 1e-9;

/**
 * The slope's error is at least this share of what the runs' own uncertainties make of it: rounded readings can agree to the last digit by chance.
 * So small that it hardly changes the coverage.
 */
const LEAST_SHARE_OF_TOLD = 0.5;

interface Measured {
  readonly pl: number;
  readonly variance: number;
}

/**
 * The line through the origin, weighted by uncertainty. A run's variance is that of its own uncertainty, plus that of the pump's scatter from run to
 * run, the same share of every run: it is chosen so that the weighted squares come out as many as they should (Paule and Mandel, J. Res. NBS 87 (1982)
 * 377; 0 where the runs' own uncertainties explain all). Without any uncertainty told every run therefore counts the same, in percent. The error
 * of the slope is scaled by the scatter that is seen (Hartung and Knapp, Statist. Med. 20 (2001) 3875), so it is Student's; a run of little weight says
 * little of that scatter, so the degrees are those of the effective number of runs. Coverage is tested, not derived.
 * @param runs 2 or more
 */
export function fitThroughOrigin(runs: readonly CalibrationRun[]): OriginFit {
  const mean = runs.reduce((sum, run) => sum + plPerRevolutionOf(run), 0) / runs.length;
  const measured = runs.map((run) => ({
    pl: plPerRevolutionOf(run),
    variance: Math.max(plOf(run, Math.hypot(run.uncertaintyMl, run.sharedMl)), LEAST_UNCERTAINTY * mean) ** 2,
  }));
  const freedom = runs.length - 1;
  const scatterPl = Math.sqrt(scatterVariance(measured, freedom));
  const { weights, slope, squares } = weighted(measured, scatterPl * scatterPl);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const standardErrorPl = Math.max(
    Math.sqrt(squares / freedom / weight),
    LEAST_SHARE_OF_TOLD * toldErrorPl(runs, mean),
  );
  const degreesOfFreedom = Math.max(1, weight ** 2 / weights.reduce((sum, one) => sum + one * one, 0) - 1);
  const volumeSquares = measured.reduce((sum, { pl }, i) => sum + (weights[i] ?? 0) * pl * pl, 0);
  return {
    plPerRevolution: slope,
    standardErrorPl,
    halfWidthPl: studentLimit(0.05, degreesOfFreedom) * standardErrorPl,
    degreesOfFreedom,
    rSquared: 1 - squares / volumeSquares,
    scatterPl,
    weights,
    squares,
    sharedPl: runs.reduce((sum, run, i) => sum + (weights[i] ?? 0) * plOf(run, run.sharedMl), 0) / weight,
  };
}

function toldErrorPl(runs: readonly CalibrationRun[], mean: number): number {
  const own = runs.map((run) => Math.max(plOf(run, run.uncertaintyMl), LEAST_UNCERTAINTY * mean));
  return 1 / Math.sqrt(own.reduce((sum, pl) => sum + 1 / (pl * pl), 0));
}

/** A volume of a run, in pL for each of its revolutions. */
function plOf({ revolutions }: CalibrationRun, volumeMl: number): number {
  return (volumeMl * 1e9) / revolutions;
}

function weighted(
  measured: readonly Measured[],
  scatter: number,
): { weights: number[]; slope: number; squares: number } {
  const weights = measured.map(({ variance }) => 1 / (variance + scatter));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const slope = measured.reduce((sum, { pl }, i) => sum + (weights[i] ?? 0) * pl, 0) / weight;
  const squares = measured.reduce((sum, { pl }, i) => sum + (weights[i] ?? 0) * (pl - slope) ** 2, 0);
  return { weights, slope, squares };
}

/** The variance at which the weighted squares are `freedom`; they fall as it grows. */
function scatterVariance(measured: readonly Measured[], freedom: number): number {
  if (weighted(measured, 0).squares <= freedom) return 0;
  let low = 0;
  let high = measured.reduce((sum, { variance }) => sum + variance, 0);
  while (weighted(measured, high).squares > freedom) {
    low = high;
    high *= 4;
  }
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (weighted(measured, middle).squares > freedom) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
