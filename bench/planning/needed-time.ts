import type { UncertaintyPart } from "../analysis/flow-analysis";
import { meanFlowUncertainty } from "../analysis/uncertainty";
import type { UncertaintyInputs } from "../analysis/uncertainty";

/** How long a mean flow has to be weighed. */
export interface NeededTime {
  /** In h; null: no time is long enough. */
  readonly hours: number | null;
  /** U (k = 2) that is left however long the run, in %. */
  readonly floorPercent: number;
  /** What that is made of, largest first: shares that are constant in time, as drift and evaporation are. */
  readonly floor: readonly UncertaintyPart[];
}

/** Long enough that what becomes less with time has become nothing, in h; a power of two, so that products stay exact. */
const FOREVER_H = 2 ** 80;

/**
 * Time from first to last reading for a wanted expanded uncertainty (k = 2) of the mean flow: {@link meanFlowUncertainty} solved for the time. Its
 * square is a²/t² + c²: readings and resolution share a, drift, evaporation, calibration and density share c.
 * @param massRateGPerH what the set rate weighs in an hour, above 0 @param wantedPercent above 0
 */
export function neededTime(inputs: UncertaintyInputs, massRateGPerH: number, wantedPercent: number): NeededTime {
  const lasting = { ...inputs, readingG: 0, resolutionG: 0 };
  const passing = { ...inputs, driftGPerH: 0, evaporationGPerH: 0, sensitivityPercent: 0, densityPercent: 0 };
  const floor = meanFlowUncertainty(lasting, massRateGPerH * FOREVER_H, FOREVER_H);
  const inAnHour = meanFlowUncertainty(passing, massRateGPerH, 1);
  const left = wantedPercent ** 2 - floor.expandedPercent ** 2;
  return {
    hours: left > 0 ? inAnHour.expandedPercent / Math.sqrt(left) : null,
    floorPercent: floor.expandedPercent,
    floor: [...floor.parts].sort((a, b) => b.percent - a.percent),
  };
}
