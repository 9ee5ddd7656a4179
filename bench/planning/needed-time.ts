import type { UncertaintyPart } from "../analysis/flow-analysis";
import { COVERAGE_FACTOR, meanFlowUncertainty } from "../analysis/uncertainty";
import type { UncertaintyInputs } from "../analysis/uncertainty";

/** What makes the flow of a stretch differ from that of the pump. Times in h at the set rate. */
export interface FlowRipple {
  /** From stroke to stroke. */
  readonly strokeHours: number;
  /** From roller to roller. */
  readonly passHours: number;
  /** Share of the flow at the deepest of a roller's dip, in %. */
  readonly pulsationPercent: number;
}

/** How long a mean flow has to be weighed. */
export interface NeededTime {
  /** By the balance alone, in h; null: no time is long enough. */
  readonly balanceHours: number | null;
  /** With whole strokes at both ends; for whole passes of the rollers, which cancel. */
  readonly strokesHours: number | null;
  /** With the rollers too, at any phase: for any stretch. */
  readonly anyHours: number | null;
  readonly passHours: number;
  /** How much a pass of the rollers is cut short or over, in h, becomes so much more: the factor. 0: no pulsation. */
  readonly missedFactor: number;
  /** U (k = 2) that is left however long the run, in %. */
  readonly floorPercent: number;
  /** What that is made of, largest first: shares that are constant in time, as drift and evaporation are. */
  readonly floor: readonly UncertaintyPart[];
}

/** Long enough that what becomes less with time has become nothing, in h; a power of two, so that products stay exact. */
const FOREVER_H = 2 ** 80;

/**
 * Time from first to last reading for a wanted expanded uncertainty (k = 2) of the pump's mean flow: {@link meanFlowUncertainty} solved for the time. Its
 * square is a²/t² + c²: readings and resolution share a, drift, evaporation, calibration and density share c. Beside a² stand, squared, of a flow
 * that is the pump's own only in the mean:
 *
 *     strokes   100 Tc                      one stroke more or less, the most that there is
 *     rollers   100 a tau sqrt(2) / pi      k = 2 of the bound 100 a tau / (pi t) of 100 a |sinc(t / tau)|, at an unknown phase
 *
 * @param massRateGPerH what the set rate weighs in an hour, above 0 @param wantedPercent above 0
 */
export function neededTime(
  inputs: UncertaintyInputs,
  massRateGPerH: number,
  wantedPercent: number,
  { strokeHours, passHours, pulsationPercent }: FlowRipple,
): NeededTime {
  const lasting = { ...inputs, readingG: 0, resolutionG: 0 };
  const passing = { ...inputs, driftGPerH: 0, evaporationGPerH: 0, sensitivityPercent: 0, densityPercent: 0 };
  const floor = meanFlowUncertainty(lasting, massRateGPerH * FOREVER_H, FOREVER_H);
  const inAnHour = meanFlowUncertainty(passing, massRateGPerH, 1).expandedPercent;
  const left = wantedPercent ** 2 - floor.expandedPercent ** 2;
  const strokes = 100 * strokeHours;
  const rollers = (COVERAGE_FACTOR * pulsationPercent * passHours) / (Math.PI * Math.SQRT2);
  const hours = (...parts: number[]): number | null => (left > 0 ? Math.hypot(...parts) / Math.sqrt(left) : null);
  return {
    balanceHours: hours(inAnHour),
    strokesHours: hours(inAnHour, strokes),
    anyHours: hours(inAnHour, strokes, rollers),
    passHours,
    missedFactor: left > 0 ? (COVERAGE_FACTOR * pulsationPercent) / Math.SQRT2 / Math.sqrt(left) : 0,
    floorPercent: floor.expandedPercent,
    floor: [...floor.parts].sort((a, b) => b.percent - a.percent),
  };
}
