import { BLANK_DOMINATES_PERCENT } from "../analysis/corrections";
import { isJudgeable, noisePercent } from "../analysis/noise";
import type { Preset } from "../analysis/presets";
import type { UncertaintyInputs } from "../analysis/uncertainty";
import { neededTime } from "./needed-time";
import type { NeededTime } from "./needed-time";
import { strokeWindow } from "./stroke-windows";
import type { StrokeWindow } from "./stroke-windows";

/** What is known before a run. */
export interface PlanInputs {
  readonly rateMlPerH: number;
  readonly densityGPerMl: number;
  readonly known: UncertaintyInputs;
  /** Lost to the air, in g/h; undefined: nobody has measured it. */
  readonly evaporationGPerH: number | undefined;
  /** Wanted U (k = 2) of the mean flow, in %. */
  readonly wantedPercent: number;
  readonly limitPercent: number;
  readonly strokeMl: number;
  /** What the reservoir gives from full to empty, in mL. */
  readonly usableMl: number;
  /** The pump's highest rate, in mL/h. */
  readonly mostRateMlPerH: number;
  readonly presets: readonly Preset[];
}

/** One observation window before anything was weighed. */
export interface PlannedWindow extends StrokeWindow {
  readonly minutes: number;
  /** Noise of the balance in it, as one standard deviation in %. */
  readonly noisePercent: number;
  /** The balance can see what the limit asks for. */
  readonly judgeable: boolean;
  /** Whole strokes alone stay within the limit. */
  readonly withinStrokes: boolean;
}

/** A preset, and how long a run for it is. */
export interface PlannedPreset {
  readonly name: Preset["name"];
  readonly intervalS: number;
  readonly windows: readonly PlannedWindow[];
  /** Of the whole run, start-up included, in h; null where the wanted uncertainty is out of reach. */
  readonly runHours: number | null;
  /** A full reservoir does not last so long. */
  readonly outlastsReservoir: boolean;
  /** The stretch to analyse in it, in minutes; to null: the end of the run. */
  readonly fromMinutes: number;
}

/** What a run can show, before a day is wasted. */
export interface RunPlan extends NeededTime {
  readonly massRateGPerH: number;
  /** S_min: in less than this the flow of one interval is noise, in s. */
  readonly leastIntervalS: number;
  /** Recommended interval, in s. */
  readonly intervalS: number;
  /** From this length on the balance can judge a window, in minutes. */
  readonly shortestWindowMinutes: number;
  readonly presets: readonly PlannedPreset[];
  /** From stroke to stroke, in minutes. */
  readonly cycleMinutes: number;
  /** Share of evaporation in the flow, in %; null: not measured. */
  readonly evaporationPercent: number | null;
  readonly blankDominates: boolean;
  /** Loss to the air that is {@link BLANK_DOMINATES_PERCENT} % of the flow, in g/h. */
  readonly blankLimitGPerH: number;
  /** How long a full reservoir lasts at the rate, in h. */
  readonly reservoirHours: number;
  /** The time that the same uncertainty takes at the pump's highest rate, in h; null: never. */
  readonly fastestHours: number | null;
}

/** Intervals that people use, in s; the ends are those of the presets. */
const INTERVALS_S = [30, 60, 120, 300, 600, 900];

/** Works out what a run at a rate on a balance can show. */
export function planRun(inputs: PlanInputs): RunPlan {
  const { rateMlPerH, densityGPerMl, known, limitPercent, wantedPercent, evaporationGPerH } = inputs;
  const massRateGPerH = rateMlPerH * densityGPerMl;
  const needed = neededTime(known, massRateGPerH, wantedPercent);
  const hourNoise = noisePercent(known.readingG, massRateGPerH, 60);
  const leastIntervalS = (3600 * hourNoise) / limitPercent;
  const cycleMinutes = (60 * inputs.strokeMl) / rateMlPerH;
  const evaporationPercent = evaporationGPerH === undefined ? null : (100 * evaporationGPerH) / massRateGPerH;
  return {
    ...needed,
    massRateGPerH,
    leastIntervalS,
    intervalS: INTERVALS_S.find((seconds) => seconds >= leastIntervalS) ?? 900,
    // Noise falls with the window's length; judgeable is 2 x noise <= limit / 3.
    shortestWindowMinutes: (60 * 6 * hourNoise) / limitPercent,
    presets: inputs.presets.map((preset) => plannedPreset(preset, inputs, needed.hours, cycleMinutes)),
    cycleMinutes,
    evaporationPercent,
    blankDominates: (evaporationPercent ?? 0) > BLANK_DOMINATES_PERCENT,
    blankLimitGPerH: (BLANK_DOMINATES_PERCENT / 100) * massRateGPerH,
    reservoirHours: inputs.usableMl / rateMlPerH,
    fastestHours: neededTime(known, inputs.mostRateMlPerH * densityGPerMl, wantedPercent).hours,
  };
}

function plannedPreset(
  preset: Preset,
  inputs: PlanInputs,
  neededHours: number | null,
  cycleMinutes: number,
): PlannedPreset {
  const { known, rateMlPerH, densityGPerMl, limitPercent } = inputs;
  // The stretch holds every window of the preset, and is long enough for the mean flow.
  const ownMinutes = Number.isFinite(preset.toMinutes)
    ? preset.toMinutes - preset.fromMinutes
    : Math.max(...preset.windowsMinutes);
  const runHours = neededHours === null ? null : (preset.fromMinutes + Math.max(ownMinutes, 60 * neededHours)) / 60;
  return {
    name: preset.name,
    intervalS: preset.intervalS,
    windows: preset.windowsMinutes.map((minutes) => {
      const noise = noisePercent(known.readingG, rateMlPerH * densityGPerMl, minutes);
      const strokes = strokeWindow(minutes, cycleMinutes);
      return {
        minutes,
        noisePercent: noise,
        judgeable: isJudgeable(noise, limitPercent),
        ...strokes,
        withinStrokes: strokes.maxPercent <= limitPercent && -strokes.minPercent <= limitPercent,
      };
    }),
    runHours,
    outlastsReservoir: rateMlPerH * (runHours ?? 0) > inputs.usableMl,
    fromMinutes: preset.fromMinutes,
  };
}
