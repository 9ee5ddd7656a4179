import { BLANK_DOMINATES_PERCENT } from "../analysis/corrections";
import { isJudgeable, noisePercent } from "../analysis/noise";
import type { Preset } from "../analysis/presets";
import type { UncertaintyInputs } from "../analysis/uncertainty";
import type { RollerPulse } from "../calibration/roller-pulse";
import { neededTime } from "./needed-time";
import type { FlowRipple, NeededTime } from "./needed-time";
import { stretchHours } from "./stretch-hours";
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
  /** Volume of a revolution by the pump file, in mL. */
  readonly revolutionMl: number;
  readonly pulse: RollerPulse;
  /** What the reservoir gives from full to empty, in mL. */
  readonly usableMl: number;
  /** What there is for a run: the reservoir, or what a simulated bench has in its place. */
  readonly supply: Supply;
  /** The pump's highest rate, in mL/h. */
  readonly mostRateMlPerH: number;
  readonly presets: readonly Preset[];
}

/** What ends a run when it is used up. */
export interface Supply {
  readonly volumeMl: number;
  /** `the reservoir`. */
  readonly name: string;
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
  /** There is not so much to pump: {@link PlanInputs.supply}. */
  readonly outlastsReservoir: boolean;
  /** The stretch to analyse in it, in minutes; to null: the end of the run. */
  readonly fromMinutes: number;
}

/** What a run can show, before a day is wasted. */
export interface RunPlan extends NeededTime {
  /** For the wanted uncertainty of the pump's flow, in h: balance, strokes and rollers; null: no time is long enough. */
  readonly hours: number | null;
  /** How far rollers at any phase can move the flow of a stretch of {@link hours}, either way, in %; null: no such stretch. */
  readonly rollersPercent: number | null;
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
  const needed = neededTime(known, massRateGPerH, wantedPercent, rippleOf(inputs, rateMlPerH));
  const hourNoise = noisePercent(known.readingG, massRateGPerH, 60);
  const leastIntervalS = (3600 * hourNoise) / limitPercent;
  const intervalS = intervalFor(leastIntervalS);
  const hours = stretchHours(needed, 0, intervalS);
  const cycleMinutes = (60 * inputs.strokeMl) / rateMlPerH;
  const evaporationPercent = evaporationGPerH === undefined ? null : (100 * evaporationGPerH) / massRateGPerH;
  return {
    ...needed,
    hours,
    rollersPercent: hours === null ? null : rollersPercent(inputs.pulse, needed.passHours / hours),
    massRateGPerH,
    leastIntervalS,
    intervalS,
    // Noise falls with the window's length; judgeable is 2 x noise <= limit / 3.
    shortestWindowMinutes: (60 * 6 * hourNoise) / limitPercent,
    presets: inputs.presets.map((preset) => plannedPreset(preset, inputs, needed, cycleMinutes)),
    cycleMinutes,
    evaporationPercent,
    blankDominates: (evaporationPercent ?? 0) > BLANK_DOMINATES_PERCENT,
    blankLimitGPerH: (BLANK_DOMINATES_PERCENT / 100) * massRateGPerH,
    reservoirHours: inputs.usableMl / rateMlPerH,
    fastestHours: fastestHours(inputs),
  };
}

function intervalFor(leastIntervalS: number): number {
  return INTERVALS_S.find((seconds) => seconds >= leastIntervalS) ?? 900;
}

function rippleOf({ strokeMl, revolutionMl, pulse }: PlanInputs, rateMlPerH: number): FlowRipple {
  return {
    strokeHours: strokeMl / rateMlPerH,
    passHours: revolutionMl / pulse.rollers / rateMlPerH,
    pulsationPercent: pulse.pulsationPercent,
  };
}

/** The bound of 100 a |sinc(t / tau)|, never more than 100 a. @param passes t / tau turned over: tau / t */
function rollersPercent({ pulsationPercent }: RollerPulse, passes: number): number {
  return pulsationPercent * Math.min(1, passes / Math.PI);
}

function fastestHours(inputs: PlanInputs): number | null {
  const { known, mostRateMlPerH, densityGPerMl, wantedPercent, limitPercent } = inputs;
  const massRateGPerH = mostRateMlPerH * densityGPerMl;
  const needed = neededTime(known, massRateGPerH, wantedPercent, rippleOf(inputs, mostRateMlPerH));
  const leastIntervalS = (3600 * noisePercent(known.readingG, massRateGPerH, 60)) / limitPercent;
  return stretchHours(needed, 0, intervalFor(leastIntervalS));
}

function plannedPreset(preset: Preset, inputs: PlanInputs, needed: NeededTime, cycleMinutes: number): PlannedPreset {
  const { known, rateMlPerH, densityGPerMl, limitPercent } = inputs;
  // The stretch holds every window of the preset, and is long enough for the mean flow.
  const ownMinutes = Number.isFinite(preset.toMinutes)
    ? preset.toMinutes - preset.fromMinutes
    : Math.max(...preset.windowsMinutes);
  const hours = stretchHours(needed, ownMinutes / 60, preset.intervalS);
  const runHours = hours === null ? null : preset.fromMinutes / 60 + hours;
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
    outlastsReservoir: rateMlPerH * (runHours ?? 0) > inputs.supply.volumeMl,
    fromMinutes: preset.fromMinutes,
  };
}
