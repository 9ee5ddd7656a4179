import { BadInput } from "../../config/bad-input";
import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import { fitWithIntercept } from "./line-fit";
import type { LineFit } from "./line-fit";
import { fitThroughOrigin } from "./origin-fit";
import { outliersOf } from "./outliers";
import type { Outlier } from "./outliers";
import { agreementOf } from "./rate-groups";
import type { Agreement } from "./rate-groups";

/** Fewer runs than this are no fit. */
export const LEAST_RUNS = 3;
/** A straight line explains at least this much of the volumes: with runs of one weight, a scatter of 10 %. */
export const LEAST_R_SQUARED = 0.99;
/** Widest 95 % confidence interval, from end to end, in % of the value. */
export const WIDEST_INTERVAL_PERCENT = 5;
/** Differences smaller than this share are not worth a word, however surely they are there: buoyancy alone is as much. */
const NEGLIGIBLE_PERCENT = 0.1;
/** Rates that differ like this by chance less often than so are said to differ. */
const SELDOM = 0.05;

/** One run beside the line. */
export interface FittedRun {
  readonly run: string;
  readonly file: string;
  readonly line: number;
  readonly rateMlPerH: number;
  readonly revolutions: number;
  readonly volumeMl: number;
  readonly uncertaintyMl: number;
  readonly sharedMl: number;
  readonly plPerRevolution: number;
  readonly deviationPercent: number;
}

/** What several weighed runs say of the volume per revolution. */
export interface Calibration extends Agreement {
  /** Slope of the line through the origin, in pL, with its standard error and 95 % confidence interval. */
  readonly plPerRevolution: number;
  readonly standardErrorPl: number;
  readonly lowPl: number;
  readonly highPl: number;
  /** Half of the interval, in % of the slope. */
  readonly intervalPercent: number;
  /** What all runs have in common and the interval does not show (density, calibration and drift of the balance, evaporation): one standard uncertainty in %. */
  readonly sharedPercent: number;
  /** Interval and what is shared together (k = 2), in %. */
  readonly expandedPercent: number;
  /** What Student's t was taken for; need not be whole. */
  readonly degreesOfFreedom: number;
  readonly rSquared: number;
  /** The pump's scatter from run to run beyond the runs' own uncertainties, one standard deviation in %. */
  readonly scatterPercent: number;
  readonly withIntercept: LineFit | null;
  readonly outliers: readonly Outlier[];
  readonly runs: readonly FittedRun[];
  /** Why this is no calibration; empty when it is one. */
  readonly refusals: readonly string[];
  /** What the person should know before using it. */
  readonly warnings: readonly string[];
}

/** Works out the calibration. Throws `BadInput` for fewer than {@link LEAST_RUNS} runs; what else is no fit is in `refusals`. */
export function calibrateVolume(runs: readonly CalibrationRun[]): Calibration {
  if (runs.length < LEAST_RUNS)
    throw new BadInput(
      runs[0]?.file ?? "",
      0,
      `${runs.length === 1 ? "1 run is" : `${runs.length} runs are`} no fit; at least ${LEAST_RUNS} are wanted, better 3 at each of 3 rates`,
    );
  const fit = fitThroughOrigin(runs);
  const agreement = agreementOf(runs, fit.weights, fit.plPerRevolution);
  const percent = (pl: number): number => (100 * pl) / fit.plPerRevolution;
  const withIntercept = fitWithIntercept(runs, fit.weights);
  const outliers = outliersOf(runs, fit);
  const measured = {
    plPerRevolution: fit.plPerRevolution,
    standardErrorPl: fit.standardErrorPl,
    lowPl: fit.plPerRevolution - fit.halfWidthPl,
    highPl: fit.plPerRevolution + fit.halfWidthPl,
    intervalPercent: percent(fit.halfWidthPl),
    sharedPercent: percent(fit.sharedPl),
    expandedPercent: Math.hypot(percent(fit.halfWidthPl), 2 * percent(fit.sharedPl)),
    degreesOfFreedom: fit.degreesOfFreedom,
    rSquared: fit.rSquared,
    scatterPercent: percent(fit.scatterPl),
    withIntercept,
    outliers,
    ...agreement,
  };
  return {
    ...measured,
    runs: runs.map((run) => fittedRun(run, fit.plPerRevolution)),
    refusals: refusalsOf(measured),
    warnings: warningsOf(measured, Math.min(...runs.map(({ volumeMl }) => volumeMl))),
  };
}

function fittedRun(run: CalibrationRun, plPerRevolution: number): FittedRun {
  const { name, ...rest } = run;
  const own = plPerRevolutionOf(run);
  return { run: name, ...rest, plPerRevolution: own, deviationPercent: 100 * (own / plPerRevolution - 1) };
}

function refusalsOf({ rSquared, intervalPercent }: Pick<Calibration, "rSquared" | "intervalPercent">): string[] {
  const refusals: string[] = [];
  if (!(rSquared >= LEAST_R_SQUARED))
    refusals.push(`r² is ${rSquared.toFixed(4)}, under ${LEAST_R_SQUARED}: the volumes do not follow the revolutions`);
  if (!(2 * intervalPercent <= WIDEST_INTERVAL_PERCENT))
    refusals.push(
      `the 95 % confidence interval is ${(2 * intervalPercent).toFixed(1)} % wide; ${WIDEST_INTERVAL_PERCENT} % is the most: more or longer runs are wanted`,
    );
  return refusals;
}

function warningsOf(found: Omit<Calibration, "refusals" | "warnings" | "runs">, leastMl: number): string[] {
  const warnings: string[] = [];
  if (found.rates.length === 1)
    warnings.push("all runs are at one rate: nothing is known of the others (linearity, reproducibility)");
  if (found.repeatabilityPercent === null)
    warnings.push("no rate was repeated: scatter and differences between rates cannot be told apart");
  for (const { run, deviationPercent, studentised, limit } of found.outliers)
    warnings.push(
      `${run} is an outlier: ${signedPercent(deviationPercent)} from the line, studentised residual ${studentised.toFixed(1)} (limit ${limit.toFixed(1)}); ` +
        `it counts until you find why and say --exclude ${run}`,
    );
  const isBent = Math.abs(found.linearityPercent ?? 0) > NEGLIGIBLE_PERCENT;
  if (isBent && found.chanceOfRates !== null && found.chanceOfRates < SELDOM)
    warnings.push(
      `the rates differ by more than the runs of a rate do (chance ${found.chanceOfRates < 0.0001 ? "below 0.0001" : found.chanceOfRates.toFixed(4)}): the interval does not cover a rate of its own, see the deviation of each`,
    );
  const { withIntercept } = found;
  const leastSeen = (leastMl * NEGLIGIBLE_PERCENT) / 100;
  if (withIntercept?.interceptMatters === true && Math.abs(withIntercept.interceptMl) > leastSeen)
    warnings.push(
      `the line with intercept does not pass through the origin: ${(1000 * withIntercept.interceptMl).toFixed(2)} µL more in every run, however long; ` +
        "look for a drip at the start, evaporation or drift",
    );
  return warnings;
}

/** `+1.23 %`, `-0.40 %`. */
function signedPercent(percent: number): string {
  return `${percent < 0 ? "-" : "+"}${Math.abs(percent).toFixed(2)} %`;
}
