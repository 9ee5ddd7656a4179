import type { Preset } from "../analysis/presets";
import type { PlanInputs, RunPlan } from "./run-plan";
import { stretchHours } from "./stretch-hours";

/** The run that a plan comes to. */
export interface RecommendedRun {
  /** `custom`: no window of a preset can be judged, or windows of one's own were asked for. */
  readonly preset: Preset["name"];
  /** Whole minutes. */
  readonly durationMinutes: number;
  readonly intervalS: number;
  /** The stretch to analyse, in minutes since the start; it ends with the run, or less than a minute before. */
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** Of runs longer than this nobody speaks as of a test, in h: a year. */
const LONGEST_H = 8766;

/** Start-up that is left out where no preset says how much, in minutes. */
const START_UP_MINUTES = 60;

/** A stretch of fewer intervals than this is hardly one. */
export const LEAST_INTERVALS = 4;

/** Times are told to a ten thousandth of a minute, whole ms. */
const PER_MINUTE = 10000;

/** The run to record; `null` where no run is long enough, the pump cannot run so fast, or there is not enough to pump for {@link wantedRun}. */
export function recommendedRun(inputs: PlanInputs, plan: RunPlan): RecommendedRun | null {
  const run = wantedRun(plan);
  if (run === null || exceedsPump(inputs) || takenMl(inputs, run) > inputs.supply.volumeMl) return null;
  return run;
}

/** True: the rate is beyond the pump's hard limit. */
export function exceedsPump({ rateMlPerH, mostRateMlPerH }: PlanInputs): boolean {
  return rateMlPerH > mostRateMlPerH * (1 + 1e-9);
}

/** What a run takes, in mL. */
export function takenMl({ rateMlPerH }: PlanInputs, { durationMinutes }: RecommendedRun): number {
  return rateMlPerH * (durationMinutes / 60);
}

/**
 * The run that the wanted uncertainty asks for: of the first preset of which some window can be judged and is more than whole strokes, and for which there is
 * enough to pump; if there is none, for the mean flow alone. `null` where no run is long enough.
 */
export function wantedRun(plan: RunPlan): RecommendedRun | null {
  if (plan.hours === null || plan.hours > LONGEST_H) return null;
  const useful = plan.presets.find(
    ({ windows, outlastsReservoir }) => !outlastsReservoir && windows.some((one) => one.judgeable && one.withinStrokes),
  );
  if (useful !== undefined && useful.runHours !== null) {
    const intervalS = useful.name === "custom" ? plan.intervalS : useful.intervalS;
    return runOf(useful.name, intervalS, useful.fromMinutes, 60 * useful.runHours);
  }
  const leastHours = Math.max((LEAST_INTERVALS * plan.intervalS) / 3600, plan.cycleMinutes / 60);
  const hours = stretchHours(plan, leastHours, plan.intervalS) ?? plan.hours;
  return runOf("custom", plan.intervalS, START_UP_MINUTES, START_UP_MINUTES + 60 * hours);
}

function runOf(preset: Preset["name"], intervalS: number, fromMinutes: number, endMinutes: number): RecommendedRun {
  const toMinutes = Math.ceil(endMinutes * PER_MINUTE - 1e-4) / PER_MINUTE;
  return { preset, durationMinutes: Math.ceil(toMinutes), intervalS, fromMinutes, toMinutes };
}
