import { BadInput } from "../../config/bad-input";
import type { Calibration, FittedRun } from "./calibration";
import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import { bendsOf, refusalsOf, warningsOf } from "./calibration-verdict";
import { fitWithIntercept } from "./line-fit";
import { fitThroughOrigin } from "./origin-fit";
import { outliersOf } from "./outliers";
import { agreementOf } from "./rate-groups";

/** Fewer runs than this are no fit. */
export const LEAST_RUNS = 3;

/**
 * Works out the calibration. Throws `BadInput` for fewer than {@link LEAST_RUNS} runs; what else is no fit is in `refusals`.
 * @param takesBend true: {@link Calibration.bendPercent} is a warning, no refusal
 */
export function calibrateVolume(runs: readonly CalibrationRun[], takesBend = false): Calibration {
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
  const halfWidthPl = Math.hypot(
    Math.max(fit.halfWidthPl, ((agreement.rateMeansPercent ?? 0) / 100) * fit.plPerRevolution),
    2 * fit.endsPl,
  );
  const fitted = runs.map((run) => fittedRun(run, fit.plPerRevolution));
  const measured = {
    plPerRevolution: fit.plPerRevolution,
    standardErrorPl: fit.standardErrorPl,
    lowPl: fit.plPerRevolution - halfWidthPl,
    highPl: fit.plPerRevolution + halfWidthPl,
    intervalPercent: percent(halfWidthPl),
    sharedPercent: percent(fit.sharedPl),
    endsPercent: percent(fit.endsPl),
    expandedPercent: Math.hypot(percent(halfWidthPl), 2 * percent(fit.sharedPl)),
    degreesOfFreedom: fit.degreesOfFreedom,
    rSquared: fit.rSquared,
    scatterPercent: percent(fit.scatterPl),
    withIntercept,
    outliers: outliersOf(runs, fit),
    runs: fitted,
    weightiest: weightiestOf(runs, fit.weights),
    ...agreement,
  };
  const bends = bendsOf(measured);
  const refusals = refusalsOf(measured);
  return {
    ...measured,
    bendPercent: bends.length === 0 ? null : Math.max(...bends.map(({ percent: size }) => size)),
    refusals: takesBend ? refusals : [...refusals, ...bends.map(({ text }) => text)],
    warnings: [...(takesBend ? bends.map(({ text }) => text) : []), ...warningsOf(measured)],
  };
}

function fittedRun(run: CalibrationRun, plPerRevolution: number): FittedRun {
  const { name, ...rest } = run;
  const own = plPerRevolutionOf(run);
  return { run: name, ...rest, plPerRevolution: own, deviationPercent: 100 * (own / plPerRevolution - 1) };
}

function weightiestOf(runs: readonly CalibrationRun[], weights: readonly number[]): { run: string; percent: number } {
  const most = Math.max(...weights);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { run: runs[weights.indexOf(most)]?.name ?? "", percent: (100 * most) / sum };
}
