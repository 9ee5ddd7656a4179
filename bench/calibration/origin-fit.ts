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
  /** Runs - 1 where the runs' own uncertainties explain all; else the effective number of runs (weights' sum squared over sum of squares) less 1, at least 1. */
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
  /** The same of the rollers' phase at the ends of the runs. */
  readonly endsPl: number;
}

/** Nobody knows a volume better than that. It keeps weights finite where no uncertainty was told. */
const LEAST_UNCERTAINTY = 1e-9;

interface Measured {
  readonly pl: number;
  readonly variance: number;
}

/**
 * The line through the origin, weighted by uncertainty. Beside the runs' own uncertainties there may be the pump's scatter from run to run, the same share of
 * every run: it is chosen so that the squares of the residuals come out as many as they should (Paule and Mandel, J. Res. NBS 87 (1982) 377). A run's weight
 * is 1 over all that is uncertain of it; without any uncertainty told every run counts the same, in percent.
 *
 * The slope's error is what own uncertainties and scatter make of it with these weights, times Birge's factor sqrt(chi² / (n - 1)), which is never below 1: told
 * uncertainties are not made smaller by runs that agree by chance. Where they explain all, its degrees of freedom are n - 1; where there is scatter
 * beside them, those of the effective number of runs, since a run of little weight says little of that scatter. Coverage is tested, not derived.
 * @param runs 2 or more
 */
export function fitThroughOrigin(runs: readonly CalibrationRun[]): OriginFit {
  const mean = runs.reduce((sum, run) => sum + plPerRevolutionOf(run), 0) / runs.length;
  const own = runs.map((run) => ({
    pl: plPerRevolutionOf(run),
    variance: Math.max(plOf(run, ownMl(run, runs)), LEAST_UNCERTAINTY * mean) ** 2,
  }));
  const freedom = runs.length - 1;
  const scatter = scatterVariance(own, freedom);
  const { weights, slope, squares } = weighted(
    own.map(({ pl, variance }, i) => ({ pl, variance: variance + commonVariance(runs[i]) })),
    scatter,
  );
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const chiSquare = own.reduce((sum, { pl, variance }) => sum + (pl - slope) ** 2 / (variance + scatter), 0);
  const birge = Math.sqrt(Math.max(1, chiSquare / freedom));
  const ownSquares = own.reduce((sum, { variance }, i) => sum + (weights[i] ?? 0) ** 2 * (variance + scatter), 0);
  const standardErrorPl = (birge * Math.sqrt(ownSquares)) / weight;
  const effective = weight ** 2 / weights.reduce((sum, one) => sum + one * one, 0);
  const degreesOfFreedom = scatter === 0 ? freedom : Math.max(1, effective - 1);
  const volumeSquares = own.reduce((sum, { pl }, i) => sum + (weights[i] ?? 0) * pl * pl, 0);
  const inAll = (of: (run: CalibrationRun) => number): number =>
    runs.reduce((sum, run, i) => sum + (weights[i] ?? 0) * plOf(run, of(run)), 0) / weight;
  return {
    plPerRevolution: slope,
    standardErrorPl,
    halfWidthPl: studentLimit(0.05, degreesOfFreedom) * standardErrorPl,
    degreesOfFreedom,
    rSquared: 1 - squares / volumeSquares,
    scatterPl: Math.sqrt(scatter),
    weights,
    squares,
    sharedPl: inAll(({ sharedMl }) => sharedMl),
    endsPl: inAll(({ endsMl }) => endsMl),
  };
}

/**
 * A run's own uncertainty, in mL. Where others were told theirs, one that was not is no better than the worst of them, in mL and in percent: with no more than
 * its last digit it would outweigh them all.
 */
function ownMl(run: CalibrationRun, runs: readonly CalibrationRun[]): number {
  const told = run.isUncertaintyTold ? [] : runs.filter(({ isUncertaintyTold }) => isUncertaintyTold);
  return told.reduce(
    (most, { uncertaintyMl, volumeMl }) => Math.max(most, uncertaintyMl, (uncertaintyMl / volumeMl) * run.volumeMl),
    run.uncertaintyMl,
  );
}

/** Of what runs have in common, which repeats do not show but by which runs of different length and rate are weighted; in pL². */
function commonVariance(run: CalibrationRun | undefined): number {
  return run === undefined ? 0 : plOf(run, Math.hypot(run.sharedMl, run.endsMl)) ** 2;
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
