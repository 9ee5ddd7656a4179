import type { UncertaintyPart } from "./flow-analysis";

/** What is known of a weighing: standard uncertainties (one standard deviation), 0 where unknown. */
export interface UncertaintyInputs {
  /** Repeatability of one reading, in g. */
  readonly readingG: number;
  /** Drift of the balance's zero, in g/h. */
  readonly driftGPerH: number;
  /** Of the evaporation that is added back, in g/h. */
  readonly evaporationGPerH: number;
  /** Of the balance's sensitivity, its calibration, in %. */
  readonly sensitivityPercent: number;
  /** Of the liquid's density, in %. */
  readonly densityPercent: number;
  /** The balance's last place d, in g: a step, not a standard uncertainty. 0 too where `readingG` was measured on rounded readings. */
  readonly resolutionG: number;
}

/** Nothing is known. */
export const NO_UNCERTAINTY: UncertaintyInputs = {
  readingG: 0,
  driftGPerH: 0,
  evaporationGPerH: 0,
  sensitivityPercent: 0,
  densityPercent: 0,
  resolutionG: 0,
};

/** An uncertainty budget: its parts, their root sum of squares, and twice that. */
export interface UncertaintyBudget {
  readonly parts: UncertaintyPart[];
  /** One standard uncertainty of the mean flow, in % of it. */
  readonly standardPercent: number;
  /** U with k = 2, in % of it. */
  readonly expandedPercent: number;
}

/** Coverage factor of the expanded uncertainty: about 95 % of a normal distribution. */
export const COVERAGE_FACTOR = 2;

/**
 * The uncertainty of a mean flow that is worked out from two readings, GUM form:
 * u² = 2 (s/Δm)² + (d²/6)/Δm² + u_drift²Δt²/Δm² + u_E²Δt²/Δm² + u_cal² + u_ρ². Two readings rounded to a step d carry d²/12 each.
 * Time base (some 20 to 50 ppm), needle forces and eccentricity are not in it.
 * @param massG what came in the time, above 0; @param hours the time between the two readings, above 0
 */
export function meanFlowUncertainty(inputs: UncertaintyInputs, massG: number, hours: number): UncertaintyBudget {
  const share = (gram: number): number => (100 * gram) / massG;
  const parts: UncertaintyPart[] = [
    {
      name: "reading",
      percent: share(Math.SQRT2 * inputs.readingG),
      source: `two readings with s = ${gramText(inputs.readingG)}`,
    },
    {
      name: "resolution",
      percent: share(inputs.resolutionG / Math.sqrt(6)),
      source: `two readings rounded to d = ${gramText(inputs.resolutionG)}`,
    },
    {
      name: "balance drift",
      percent: share(inputs.driftGPerH * hours),
      source: `${gramText(inputs.driftGPerH)}/h over the time`,
    },
    {
      name: "evaporation",
      percent: share(inputs.evaporationGPerH * hours),
      source: `${gramText(inputs.evaporationGPerH)}/h over the time`,
    },
    { name: "balance calibration", percent: inputs.sensitivityPercent, source: "sensitivity of the balance" },
    { name: "density", percent: inputs.densityPercent, source: "density of the liquid" },
  ].filter(({ percent }) => percent > 0);
  return budgetOfParts(parts);
}

/** The budget that such parts add up to. */
export function budgetOfParts(parts: UncertaintyPart[]): UncertaintyBudget {
  const standardPercent = Math.sqrt(parts.reduce((sum, { percent }) => sum + percent * percent, 0));
  return { parts, standardPercent, expandedPercent: COVERAGE_FACTOR * standardPercent };
}

/** A small mass for people, in the unit that suits it: 0.0001 is `0.1 mg`. @param massG in g */
export function gramText(massG: number): string {
  const size = Math.abs(massG);
  const [value, unit] =
    size >= 0.1 || size === 0 ? [massG, "g"] : size >= 1e-5 ? [massG * 1e3, "mg"] : [massG * 1e6, "ug"];
  return `${Number(value.toPrecision(3))} ${unit}`;
}
