import { correctionsOf } from "../analysis/corrections";
import type { CorrectionSettings } from "../analysis/corrections";
import type { MassSeries } from "../analysis/mass-series";
import { displayStep } from "../analysis/display-step";
import { noiseOfSecondDifferences } from "../analysis/noise";
import type { PumpLog } from "../analysis/pump-log";
import { firstFrom, stretchOf } from "../analysis/stretch";
import type { ToldStretch } from "../analysis/flow-settings";
import { meanFlowUncertainty, NO_UNCERTAINTY } from "../analysis/uncertainty";
import type { UncertaintyInputs } from "../analysis/uncertainty";
import { BadInput } from "../../config/bad-input";
import type { CalibrationRun } from "./calibration-run";
import { strokesBetween } from "./pump-strokes";
import { endsUncertainty, requireOneRevolution } from "./roller-pulse";
import type { RollerPulse } from "./roller-pulse";

/** A weighed run with what the pump turned in it. */
export interface Recorded {
  /** As the person named it. */
  readonly name: string;
  readonly rateMlPerH: number;
  readonly series: MassSeries;
  /** The pump's own log on the same time axis; or the revolutions that somebody counted from the first to the last sample. */
  readonly turned: PumpLog | number;
}

/** What turns a recording into revolutions and a volume. */
export interface RecordingScale {
  readonly strokesPerRevolution: number;
  readonly stepsPerRevolution: number;
  readonly pulse: RollerPulse;
  /** How long a stroke takes, in s. */
  readonly strokeS: number;
  readonly corrections: CorrectionSettings;
  /** The part that counts; all of it unless told. */
  readonly analyse: ToldStretch | undefined;
  /** Standard uncertainty of one reading, in g; undefined: from the second differences of the samples. */
  readonly readingG: number | undefined;
  /** What else is known to be uncertain. */
  readonly uncertainty: Partial<Omit<UncertaintyInputs, "readingG" | "evaporationGPerH">>;
}

/**
 * The run from its first to its last sample, or of the part that was told: revolutions by the strokes of the pump's log or as they were counted, volume by the balance with the corrections of the analysis.
 * Its own uncertainty is that of the readings; drift, evaporation, the balance's calibration and the density are the same in all runs. Throws
 * `BadInput` where nothing moved or nothing came.
 */
export function recordedRun({ name, rateMlPerH, series, turned }: Recorded, scale: RecordingScale): CalibrationRun {
  const { timeS, massG, file } = series;
  const { first, last } = samplesOf(series, scale.analyse);
  const fromS = timeS[first] ?? NaN;
  const toS = timeS[last] ?? NaN;
  if (!(toS > fromS)) throw new BadInput(file, 0, "at least two samples at different times are wanted");
  const hours = (toS - fromS) / 3600;
  const revolutions = typeof turned === "number" ? turned : loggedRevolutions(turned, fromS, toS, scale);
  const corrected = correctionsOf(scale.corrections, rateMlPerH);
  const cameG = (massG[last] ?? NaN) - (massG[first] ?? NaN) + corrected.addedGPerH * hours;
  if (!(cameG > 0))
    throw new BadInput(
      file,
      series.lineOf(last),
      `no flow: the mass changed by ${cameG.toFixed(6)} g while the head turned ${revolutions.toFixed(1)} times`,
    );
  requireOneRevolution({ file, line: 0 }, revolutions, scale.stepsPerRevolution);
  const known: UncertaintyInputs = {
    ...NO_UNCERTAINTY,
    ...scale.uncertainty,
    evaporationGPerH: scale.corrections.evaporation?.standardGPerH ?? 0,
  };
  const own = {
    ...NO_UNCERTAINTY,
    readingG: scale.readingG ?? noiseOf(series, known.resolutionG),
    // Noise that was measured on rounded readings has the rounding in it.
    resolutionG: scale.readingG === undefined ? 0 : known.resolutionG,
  };
  const shared = { ...known, readingG: 0, resolutionG: 0 };
  const volumeMl = cameG * corrected.mlPerG;
  const standardMl = (inputs: UncertaintyInputs): number =>
    (meanFlowUncertainty(inputs, cameG, hours).standardPercent / 100) * volumeMl;
  return {
    name,
    file,
    line: 0,
    rateMlPerH,
    revolutions,
    volumeMl,
    uncertaintyMl: standardMl(own),
    isUncertaintyTold: own.readingG > 0,
    sharedMl: standardMl(shared),
    endsMl: endsUncertainty(volumeMl, revolutions, scale.pulse, scale.stepsPerRevolution),
  };
}

function loggedRevolutions(log: PumpLog, fromS: number, toS: number, scale: RecordingScale): number {
  const strokes = strokesBetween(log.strokes, fromS, toS, scale.strokeS);
  if (strokes > 0) return strokes / scale.strokesPerRevolution;
  throw new BadInput(log.file, 0, "the pump made no stroke between the first and the last sample");
}

/** First and last sample of the part that counts. Throws when the recording does not reach over it. */
function samplesOf({ file, timeS }: MassSeries, told: ToldStretch | undefined): { first: number; last: number } {
  const end = timeS.length - 1;
  if (told === undefined) return { first: 0, last: end };
  const [startS = 0] = timeS;
  const lastS = timeS[end] ?? startS;
  const toS = startS + 60 * told.toMinutes;
  if (Number.isFinite(toS) && toS > lastS + 1)
    throw new BadInput(file, 0, `it ends after ${((lastS - startS) / 60).toFixed(1)} min, before the end of --analyse`);
  const after = firstFrom(timeS, toS + 1e-6);
  return { first: firstFrom(timeS, startS + 60 * told.fromMinutes - 1e-6), last: after - 1 };
}

/**
 * Noise of a reading from second differences, and at least d/√12: readings that all round to the same are no finer than their last place d. 0 where
 * no three samples stand together and no step shows: then nothing is known of it.
 */
function noiseOf({ timeS, massG, writtenStepG }: MassSeries, toldStepG: number): number {
  const { parts } = stretchOf(timeS, massG);
  const stepG = toldStepG > 0 ? toldStepG : (displayStep(massG, writtenStepG)?.stepG ?? 0);
  return Math.max(noiseOfSecondDifferences({ timeS, massG }, parts) ?? 0, stepG / Math.sqrt(12));
}
