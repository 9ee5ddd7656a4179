import type { FlowSettings } from "./flow-settings";
import type { BalanceNoise } from "./noise";
import type { UncertaintyPart } from "./flow-analysis";
import { budgetOfParts, gramText, meanFlowUncertainty, NO_UNCERTAINTY } from "./uncertainty";
import type { UncertaintyBudget } from "./uncertainty";

/**
 * The budget of the mean error in percentage points, which are % of the set flow. An effect that is known and not corrected counts with its
 * whole size as a standard uncertainty, so that twice that covers it.
 */
export function budgetOf(
  settings: FlowSettings,
  { readingG, seenStepG }: BalanceNoise & { readonly seenStepG: number },
  massRateGPerH: number,
  minutes: number,
  meanErrorPercent: number,
): UncertaintyBudget {
  const { uncertainty, corrections, balanceNoise } = settings;
  const hours = minutes / 60;
  // Calibration and density are shares of what came, not of what was set.
  const share = Math.abs(1 + meanErrorPercent / 100);
  const inputs = { ...NO_UNCERTAINTY, ...uncertainty };
  // Noise that was measured on rounded readings has the rounding in it. One that was told does not: then the readings' own last place counts.
  const resolutionG = balanceNoise === undefined ? 0 : Math.max(inputs.resolutionG, seenStepG);
  const { parts } = meanFlowUncertainty(
    {
      ...inputs,
      resolutionG,
      sensitivityPercent: inputs.sensitivityPercent * share,
      densityPercent: inputs.densityPercent * share,
      readingG,
      evaporationGPerH: corrections?.evaporation?.standardGPerH ?? 0,
    },
    massRateGPerH * hours,
    hours,
  );
  return budgetOfParts([...parts, ...uncorrectedParts(settings, massRateGPerH, share)]);
}

/**
 * What is known and not corrected, as parts in percentage points of the set flow, each with its whole size as a standard uncertainty.
 * @param share of what came in what was set
 */
export function uncorrectedParts(
  { corrections, uncorrected }: Pick<FlowSettings, "corrections" | "uncorrected">,
  massRateGPerH: number,
  share: number,
): UncertaintyPart[] {
  const lostGPerH = corrections?.evaporation === undefined ? (uncorrected?.evaporationGPerH ?? 0) : 0;
  const lift = corrections?.air === undefined ? (uncorrected?.buoyancyPercent ?? 0) : 0;
  return [
    {
      name: "evaporation, not corrected",
      percent: (100 * lostGPerH) / massRateGPerH,
      source: `${gramText(lostGPerH)}/h, all of it`,
    },
    { name: "buoyancy, not corrected", percent: lift * share, source: "lift of the air, all of it" },
  ].filter(({ percent }) => percent > 0);
}
