import type { Preset } from "../analysis/presets";
import type { RunPlan } from "./run-plan";

/** The run that a plan comes to. */
export interface RecommendedRun {
  /** `custom`: no window of a preset can be judged, or windows of one's own were asked for. */
  readonly preset: Preset["name"];
  /** Whole minutes. */
  readonly durationMinutes: number;
  readonly intervalS: number;
  /** The stretch to analyse, in minutes since the start; it ends with the run. */
  readonly fromMinutes: number;
}

/** Of runs longer than this nobody speaks as of a test, in h: a year. */
const LONGEST_H = 8766;

/** Start-up that is left out where no preset says how much, in minutes. */
const START_UP_MINUTES = 60;

/**
 * The run to record: for the first preset of which some window can be judged and is more than whole strokes, and that a full reservoir lasts; if there is none, for the mean
 * flow alone. `null` where no run is long enough.
 */
export function recommendedRun(plan: RunPlan): RecommendedRun | null {
  if (plan.hours === null || plan.hours > LONGEST_H) return null;
  const useful = plan.presets.find(
    ({ windows, outlastsReservoir }) => !outlastsReservoir && windows.some((one) => one.judgeable && one.withinStrokes),
  );
  if (useful !== undefined && useful.runHours !== null)
    return {
      preset: useful.name,
      durationMinutes: Math.ceil(60 * useful.runHours),
      intervalS: useful.name === "custom" ? plan.intervalS : useful.intervalS,
      fromMinutes: useful.fromMinutes,
    };
  return {
    preset: "custom",
    durationMinutes: START_UP_MINUTES + Math.ceil(Math.max(60 * plan.hours, plan.cycleMinutes)),
    intervalS: plan.intervalS,
    fromMinutes: START_UP_MINUTES,
  };
}
