import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import { fisherTail } from "./student-t";

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
}

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
  const rates = groups.map((group) => rateGroup(group, weightOf, plPerRevolution));
  const within = groups.length < runs.length ? withinVariance(groups) : null;
  const between = groups.length > 1 && within !== null ? betweenSquare(groups) : null;
  const percent = (variance: number): number => (100 * Math.sqrt(variance)) / plPerRevolution;
  // Runs of each rate, as ISO 5725-2 counts them when their numbers differ.
  const counts = groups.map((group) => group.length);
  const squares = counts.reduce((sum, n) => sum + n * n, 0);
  const perRate = (runs.length - squares / runs.length) / Math.max(1, groups.length - 1);
  return {
    rates,
    linearityPercent: groups.length > 1 ? largest(rates.map(({ deviationPercent }) => deviationPercent)) : null,
    repeatabilityPercent: within === null ? null : percent(within),
    reproducibilityPercent:
      within === null || between === null ? null : percent(within + Math.max(0, (between - within) / perRate)),
    chanceOfRates:
      within === null || between === null || within === 0
        ? null
        : fisherTail(between / within, groups.length - 1, runs.length - groups.length),
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

function rateGroup(
  group: readonly CalibrationRun[],
  weightOf: ReadonlyMap<CalibrationRun, number>,
  plPerRevolution: number,
): RateGroup {
  const weight = group.reduce((sum, run) => sum + (weightOf.get(run) ?? 0), 0);
  const mean = group.reduce((sum, run) => sum + (weightOf.get(run) ?? 0) * plPerRevolutionOf(run), 0) / weight;
  const values = group.map(plPerRevolutionOf);
  return {
    rateMlPerH: group[0]?.rateMlPerH ?? 0,
    runs: group.length,
    plPerRevolution: mean,
    deviationPercent: 100 * (mean / plPerRevolution - 1),
    repeatabilityPercent:
      group.length < 2 ? null : (100 * Math.sqrt(squaresOf(values) / (group.length - 1))) / meanOf(values),
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
