import { BadInput } from "../../config/bad-input";
import { displayStep, isFrozen } from "./display-step";
import type { DisplayStep } from "./display-step";
import type { FlowSettings } from "./flow-settings";
import type { MassSeries } from "./mass-series";
import { noiseOfSecondDifferences } from "./noise";
import type { BalanceNoise } from "./noise";
import type { Stretch } from "./stretch";
import { gramText } from "./uncertainty";

/**
 * The noise of a reading from the stretch itself: s of its second differences, and at least d/√12, the standard deviation of what rounding to
 * the last place d takes from a reading. Second differences do not see it where a display stands still for many samples. Throws
 * {@link BadInput} when no three samples stand together.
 * @param from sample of the series with which the stretch begins
 */
export function measuredNoise(
  series: MassSeries,
  { uncertainty }: FlowSettings,
  stretch: Stretch,
  from: number,
): BalanceNoise {
  const massG = series.massG.subarray(from, from + stretch.timeS.length);
  const differencesG = noiseOfSecondDifferences({ timeS: stretch.timeS, massG }, stretch.parts);
  if (differencesG === undefined)
    throw new BadInput(
      series.file,
      0,
      'no three samples stand together: tell the balance\'s noise, as --balance "0.1 mg"',
    );
  const step = toldStep(uncertainty?.resolutionG) ?? displayStep(massG, series.writtenStepG);
  const leastG = (step?.stepG ?? 0) / Math.sqrt(12);
  if (isFrozen(massG))
    return {
      readingG: leastG,
      source: "not known: all readings of the analysed stretch are the same",
      isFrozen: true,
    };
  if (step !== undefined && differencesG < leastG)
    return {
      readingG: leastG,
      source: `d/√12 with d = ${gramText(step.stepG)}, ${step.source}: second differences of the analysed stretch say less, ${gramText(differencesG)}`,
    };
  return {
    readingG: differencesG,
    source: "second differences of the analysed stretch, pulsation of the flow included",
  };
}

function toldStep(resolutionG: number | undefined): DisplayStep | undefined {
  return resolutionG === undefined || resolutionG === 0 ? undefined : { stepG: resolutionG, source: "--resolution" };
}
