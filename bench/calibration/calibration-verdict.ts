import { rateText } from "../quantities";
import type { Calibration } from "./calibration";
import { NEGLIGIBLE_PERCENT } from "./outliers";
import { SELDOM } from "./rate-groups";
import { FEW_REVOLUTIONS } from "./roller-pulse";

/** A straight line explains at least this much of the volumes: with runs of one weight, a scatter of 10 %. */
export const LEAST_R_SQUARED = 0.99;
/** Widest 95 % confidence interval, from end to end, in % of the value. */
export const WIDEST_INTERVAL_PERCENT = 5;
/** Beyond this a rate off the line, or an intercept in the smallest run, is a bend: no single volume per revolution describes the pump. */
export const MOST_BEND_PERCENT = 2;
/** A run of more than this share of all weight is the calibration almost alone, in %. */
const ALMOST_ALONE_PERCENT = 80;

/** What is measured, before it is judged. */
export type Measured = Omit<Calibration, "refusals" | "warnings" | "bendPercent">;

/** Why the runs do not lie on one line through the origin. */
export interface Bend {
  /** Its size in %, without sign. */
  readonly percent: number;
  readonly text: string;
}

/** What is beyond {@link MOST_BEND_PERCENT} and beyond its own 95 % interval: the rate farthest from the line, the intercept in the smallest run. */
export function bendsOf({ rates, withIntercept, runs }: Measured): Bend[] {
  const bends: Bend[] = [];
  const [farthest] = [...rates].sort((a, b) => Math.abs(b.deviationPercent) - Math.abs(a.deviationPercent));
  const size = Math.abs(farthest?.deviationPercent ?? 0);
  if (farthest !== undefined && rates.length > 1 && size > MOST_BEND_PERCENT && size > farthest.intervalPercent)
    bends.push({
      percent: size,
      text: `at ${rateText(farthest.rateMlPerH)} the volume per revolution is ${signedPercent(farthest.deviationPercent)} off the line (its own interval: ± ${farthest.intervalPercent.toFixed(2)} %): no single value describes this pump`,
    });
  const smallestMl = Math.min(...runs.map(({ volumeMl }) => volumeMl));
  const interceptPercent = (100 * (withIntercept?.interceptMl ?? 0)) / smallestMl;
  if (withIntercept?.interceptMatters === true && Math.abs(interceptPercent) > MOST_BEND_PERCENT)
    bends.push({
      percent: Math.abs(interceptPercent),
      text: `${(1000 * withIntercept.interceptMl).toFixed(2)} µL are in every run, however long: ${signedPercent(interceptPercent)} of the smallest; look for a drip at the start or a tare`,
    });
  return bends;
}

/** Why this is no calibration, but for its bends; empty when it is one. */
export function refusalsOf({ rSquared, intervalPercent, rateMeansPercent }: Measured): string[] {
  const refusals: string[] = [];
  if (!(rSquared >= LEAST_R_SQUARED))
    refusals.push(`r² is ${rSquared.toFixed(4)}, under ${LEAST_R_SQUARED}: the volumes do not follow the revolutions`);
  if (!(2 * intervalPercent <= WIDEST_INTERVAL_PERCENT)) {
    const isByRates = 2 * (rateMeansPercent ?? 0) > WIDEST_INTERVAL_PERCENT;
    refusals.push(
      `the 95 % confidence interval is ${(2 * intervalPercent).toFixed(1)} % wide; ${WIDEST_INTERVAL_PERCENT} % is the most: ${isByRates ? "more rates" : "more or longer runs"} are wanted`,
    );
  }
  return refusals;
}

/** What the person should know before using it. */
export function warningsOf(found: Measured): string[] {
  const { rates, weightiest } = found;
  const warnings: string[] = [];
  if (rates.length === 1)
    warnings.push("all runs are at one rate: nothing is known of the others (linearity, reproducibility)");
  if (found.repeatabilityPercent === null)
    warnings.push("no rate was repeated: scatter and differences between rates cannot be told apart");
  if (weightiest.percent > ALMOST_ALONE_PERCENT)
    warnings.push(
      `${weightiest.run} has ${weightiest.percent.toFixed(0)} % of all weight by its uncertainty: repeat that run, the others hardly count`,
    );
  for (const { run, deviationPercent, studentised, limit } of found.outliers) {
    warnings.push(
      `${run} is an outlier: ${signedPercent(deviationPercent)} from the line, studentised residual ${studentised.toFixed(1)} (limit ${limit.toFixed(1)}); ` +
        `it counts until you find why and say --exclude ${run}`,
    );
  }
  return [...warnings, ...shortRuns(found), ...lineWarnings(found)];
}

function shortRuns({ runs }: Measured): string[] {
  const short = runs.filter(({ revolutions, endsMl }) => revolutions < FEW_REVOLUTIONS && endsMl > 0);
  if (short.length === 0) return [];
  const worst = Math.max(...short.map(({ endsMl, volumeMl }) => (100 * endsMl) / volumeMl));
  return [
    `${short.map(({ run }) => run).join(", ")}: under ${FEW_REVOLUTIONS} revolutions and not whole ones; the rollers' phase alone makes up to ± ${Number((2 * worst).toPrecision(2))} % (k = 2) of it: take whole revolutions`,
  ];
}

function lineWarnings({ linearityPercent, chanceOfRates, withIntercept, runs }: Measured): string[] {
  const warnings: string[] = [];
  const isBent = Math.abs(linearityPercent ?? 0) > NEGLIGIBLE_PERCENT;
  if (isBent && chanceOfRates !== null && chanceOfRates < SELDOM)
    warnings.push(
      `the rates differ by more than the runs of a rate do (chance ${chanceOfRates < 0.0001 ? "below 0.0001" : chanceOfRates.toFixed(4)}): the interval does not cover a rate of its own, see the deviation of each`,
    );
  const leastMl = (Math.min(...runs.map(({ volumeMl }) => volumeMl)) * NEGLIGIBLE_PERCENT) / 100;
  if (withIntercept?.interceptMatters === true && Math.abs(withIntercept.interceptMl) > leastMl)
    warnings.push(
      `the line with intercept does not pass through the origin: ${(1000 * withIntercept.interceptMl).toFixed(2)} µL more in every run, however long; ` +
        "look for a drip at the start or a tare",
    );
  return warnings;
}

/** `+1.23 %`, `-0.40 %`. */
function signedPercent(percent: number): string {
  return `${percent < 0 ? "-" : "+"}${Math.abs(percent).toFixed(2)} %`;
}
