/** One observation window of the trumpet curve. */
export interface WindowResult {
  readonly minutes: number;
  /** Largest and smallest flow error of any window of this length, in %; null: the stretch is shorter than the window. */
  readonly maxPercent: number | null;
  readonly minPercent: number | null;
  /** Noise of the balance in one window, as one standard deviation in %. */
  readonly noisePercent: number;
  /** False: the balance cannot see what the limit asks for. */
  readonly judgeable: boolean;
  /** Whether both errors are within the limit; null: not judgeable, or no limit was told. */
  readonly withinLimit: boolean | null;
}

/** One correction, on or off. */
export interface Correction {
  readonly name: "evaporation" | "buoyancy" | "waterDensity";
  readonly on: boolean;
  /** What was done with which numbers, for people. */
  readonly text: string;
}

/** One share of the uncertainty of the mean flow error. */
export interface UncertaintyPart {
  readonly name: string;
  /** One standard uncertainty of the mean flow, in %. */
  readonly percent: number;
  readonly source: string;
}

/** A stretch without samples that is longer than 2.5 median intervals. */
export interface Gap {
  /** Line of the file with the first sample after it. */
  readonly line: number;
  readonly fromMinutes: number;
  readonly minutes: number;
}

/** The mean flow error of one hour. */
export interface HourResult {
  readonly fromMinutes: number;
  readonly errorPercent: number;
}

/** A step in the mass beside the bolus of the pump's log that it belongs to. */
export interface BolusResult {
  readonly startMinutes: number;
  readonly kind: string;
  readonly orderedUl: number;
  readonly measuredUl: number;
  readonly errorPercent: number;
  /** Noise of the balance in it, as one standard deviation in %. */
  readonly noisePercent: number;
}

/** An occlusion of the pump's log, as the balance saw it. */
export interface OcclusionResult {
  readonly alarmMinutes: number;
  /** From the last flow that the balance saw to the alarm, in minutes. */
  readonly minutesToAlarm: number | null;
  /** What came when the line was open again, in µL; null: nobody saw it. */
  readonly releasedUl: number | null;
}

/** How a run is judged. `notJudgeable`: the balance's noise is too large for the limit. */
export type FlowVerdict = "pass" | "fail" | "notJudgeable" | "noLimit";

/** All that an analysis finds out. The keys are those of `minim bench analyse --json`, which adds `kind`. */
export interface FlowAnalysis {
  /** The file as the person named it, and the SHA-256 of its bytes. */
  readonly file: string;
  readonly sha256: string;
  readonly preset: "volumetric" | "ambulatory" | "custom";
  /** How it was worked out, in sentences. */
  readonly convention: string;
  readonly rateMlPerH: number;
  readonly densityGPerMl: number;
  /** 100 (V/(t r) - 1) from the first to the last sample of the stretch. */
  readonly meanErrorPercent: number;
  /** Expanded uncertainty (k = 2) of the mean error, in percentage points, and its parts. */
  readonly uncertaintyPercent: number;
  readonly uncertainty: readonly UncertaintyPart[];
  /** First and last sample of the analysed stretch, since the pump was started, and the time between them. */
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly analysedMinutes: number;
  /** Of the stretch. */
  readonly samples: number;
  /** Number of gaps in the stretch. */
  readonly gaps: number;
  readonly gapList: readonly Gap[];
  readonly medianIntervalS: number;
  /** One standard deviation of a reading, in g, and where it is from. */
  readonly balanceNoiseG: number;
  readonly noiseSource: string;
  readonly windows: readonly WindowResult[];
  /** Windows of whole dose cycles; empty when no cycle is known, or it is shorter than the sample interval. */
  readonly cycleMinutes: number | null;
  readonly cycleSource: string | null;
  readonly cycleWindows: readonly WindowResult[];
  readonly startUp: {
    readonly fromMinutes: number;
    readonly toMinutes: number;
    readonly points: readonly { readonly minutes: number; readonly mlPerH: number }[];
  };
  /** Slope of a parabola through the stretch's volume. */
  readonly driftPercentPerHour: number;
  /** All full hours of the run; mean and standard deviation of those in the analysed stretch. */
  readonly hourly: {
    readonly meanPercent: number | null;
    readonly sdPercent: number | null;
    readonly hours: readonly HourResult[];
  };
  readonly boluses: readonly BolusResult[];
  readonly occlusions: readonly OcclusionResult[];
  readonly corrections: readonly Correction[];
  readonly limitPercent: number | null;
  readonly limitSource: string | null;
  readonly verdict: FlowVerdict;
  /** What was odd about the file, with line numbers, for people. */
  readonly notes: readonly string[];
}
