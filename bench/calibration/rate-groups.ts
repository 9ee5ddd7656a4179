import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import { fisherTail, studentLimit } from "./student-t";

/** All runs of one rate. */
export interface RateGroup {
  readonly rateMlPerH: number;
  readonly runs: number;
  /** Weighted mean of their volumes per revolution, in pL. */
  readonly plPerRevolution: number;
  /** Its deviation from the line through the origin, in %. */
  readonly deviationPercent: number;
  /** Repeatability: standard deviation within the rate, in % of its mean; null: one run. */
  readonly repeatabilityPercent: number | null;
  /** Half of the 95 % interval of its mean, in %: repeats or told uncertainties, whichever is more, with what the rate's runs have in common. */
  readonly intervalPercent: number;
}

/** How the runs agree, within a rate and from rate to rate. */
export interface Agreement {
  readonly rates: readonly RateGroup[];
  /** Linearity: the largest deviation of a rate from the line, with its sign, in %; null: one rate only. */
  readonly linearityPercent: number | null;
  /** Standard deviation within a rate, pooled over the rates, in %; null: no rate was repeated. */
  readonly repeatabilityPercent: number | null;
  /** Standard deviation of runs at different rates, in %; null: one rate only, or no rate was repeated. */
  readonly reproducibilityPercent: number | null;
  /** Probability that rates differ this much by chance (one-way analysis of variance); null where it cannot be told. */
  readonly chanceOfRates: number | null;
  /** Half of the 95 % interval of the mean of the rates' means, by Student's t of rates - 1, in %; null: the rates differ by no more than chance makes them. */
  readonly rateMeansPercent: number | null;
}

/** Rates that differ like this by chance less often than so are said to differ. */
export const SELDOM = 0.05;

/** Rates that differ by less than this share are one rate: a rate in mL/day is rarely round in mL/h. */
const SAME_RATE = 0.001;

/** The runs of each rate, slowest rate first. */
function byRate(runs: readonly CalibrationRun[]): CalibrationRun[][] {
  const groups: CalibrationRun[][] = [];
  for (const run of [...runs].sort((a, b) => a.rateMlPerH - b.rateMlPerH)) {
    const last = groups.at(-1);
    const rate = last?.[0]?.rateMlPerH ?? 0;
    if (last !== undefined && run.rateMlPerH <= rate * (1 + SAME_RATE)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

/**
 * Linearity, repeatability and reproducibility of the runs, all in % of `plPerRevolution`. Repeatability s_r and reproducibility
 * s_R² = s_r² + s_L² as in ISO 5725-2 (s_L² = (mean square between - s_r²) / n, not below 0), with a rate where that has a laboratory.
 * @param weights of the fit through the origin, one a run
 */
export function agreementOf(
  runs: readonly CalibrationRun[],
  weights: readonly number[],
  plPerRevolution: number,
): Agreement {
  const weightOf = new Map(runs.map((run, i) => [run, weights[i] ?? 0]));
  const groups = byRate(runs);
  const within = groups.length < runs.length ? withinVariance(groups) : null;
  const single = singleRun(runs, groups, within);
  const rates = groups.map((group) => rateGroup(group, weightOf, plPerRevolution, single));
  const between = groups.length > 1 && within !== null ? betweenSquare(groups) : null;
  const percent = (variance: number): number => (100 * Math.sqrt(variance)) / plPerRevolution;
  // Runs of each rate, as ISO 5725-2 counts them when their numbers differ.
  const counts = groups.map((group) => group.length);
  const squares = counts.reduce((sum, n) => sum + n * n, 0);
  const perRate = (runs.length - squares / runs.length) / Math.max(1, groups.length - 1);
  const chanceOfRates =
    within === null || between === null || within === 0
      ? null
      : fisherTail(between / within, groups.length - 1, runs.length - groups.length);
  const differ = within === 0 || (chanceOfRates !== null && chanceOfRates < SELDOM);
  return {
    rates,
    linearityPercent: groups.length > 1 ? largest(rates.map(({ deviationPercent }) => deviationPercent)) : null,
    repeatabilityPercent: within === null ? null : percent(within),
    reproducibilityPercent:
      within === null || between === null ? null : percent(within + Math.max(0, (between - within) / perRate)),
    chanceOfRates,
    rateMeansPercent: differ ? meansPercent(groups, plPerRevolution) : null,
  };
}

function largest(deviations: readonly number[]): number {
  return deviations.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Half of the 95 % interval of one run in pL, by repeats, or where no rate was repeated by all runs. */
function singleRun(
  runs: readonly CalibrationRun[],
  groups: readonly (readonly CalibrationRun[])[],
  within: number | null,
): number {
  if (within !== null) return studentLimit(0.05, runs.length - groups.length) * Math.sqrt(within);
  const freedom = runs.length - 1;
  return studentLimit(0.05, freedom) * Math.sqrt(squaresOf(runs.map(plPerRevolutionOf)) / freedom);
}

/** Rates that differ are a sample of all rates: a value for all of them is no better known than by their means. */
function meansPercent(groups: readonly (readonly CalibrationRun[])[], plPerRevolution: number): number | null {
  const freedom = groups.length - 1;
  if (freedom < 1) return null;
  const means = groups.map((group) => meanOf(group.map(plPerRevolutionOf)));
  const standardError = Math.sqrt(squaresOf(means) / freedom / groups.length);
  return (100 * studentLimit(0.05, freedom) * standardError) / plPerRevolution;
}

function rateGroup(
  group: readonly CalibrationRun[],
  weightOf: ReadonlyMap<CalibrationRun, number>,
  plPerRevolution: number,
  singlePl: number,
): RateGroup {
  const weight = group.reduce((sum, run) => sum + (weightOf.get(run) ?? 0), 0);
  const mean = group.reduce((sum, run) => sum + (weightOf.get(run) ?? 0) * plPerRevolutionOf(run), 0) / weight;
  const values = group.map(plPerRevolutionOf);
  const meanPercent = (of: (run: CalibrationRun) => number): number =>
    meanOf(group.map((run) => (100 * of(run)) / run.volumeMl));
  // Told uncertainties are the runs' own; what runs have in common does not become less with their number.
  const seen = (100 * singlePl) / plPerRevolution;
  const own = Math.max(seen, 2 * meanPercent(({ uncertaintyMl }) => uncertaintyMl)) / Math.sqrt(group.length);
  const common = meanPercent(({ sharedMl, endsMl }) => Math.hypot(sharedMl, endsMl));
  return {
    rateMlPerH: group[0]?.rateMlPerH ?? 0,
    runs: group.length,
    plPerRevolution: mean,
    deviationPercent: 100 * (mean / plPerRevolution - 1),
    repeatabilityPercent:
      group.length < 2 ? null : (100 * Math.sqrt(squaresOf(values) / (group.length - 1))) / meanOf(values),
    intervalPercent: Math.hypot(own, 2 * common),
  };
}

function withinVariance(groups: readonly (readonly CalibrationRun[])[]): number {
  const squares = groups.reduce((sum, group) => sum + squaresOf(group.map(plPerRevolutionOf)), 0);
  return squares / groups.reduce((sum, group) => sum + group.length - 1, 0);
}

function betweenSquare(groups: readonly (readonly CalibrationRun[])[]): number {
  const mean = meanOf(groups.flatMap((group) => group.map(plPerRevolutionOf)));
  const squares = groups.reduce(
    (sum, group) => sum + group.length * (meanOf(group.map(plPerRevolutionOf)) - mean) ** 2,
    0,
  );
  return squares / (groups.length - 1);
}
