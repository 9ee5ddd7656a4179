import { correctionsOf } from "../analysis/corrections";
import type { CorrectionSettings } from "../analysis/corrections";
import type { MassSeries } from "../analysis/mass-series";
import { displayStep } from "../analysis/display-step";
import { noiseOfSecondDifferences } from "../analysis/noise";
import type { PumpLog } from "../analysis/pump-log";
import { firstFrom, stretchOf } from "../analysis/stretch";
import type { ToldStretch, Uncorrected } from "../analysis/flow-settings";
import { uncorrectedParts } from "../analysis/mean-uncertainty";
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
  /** Where the log of a recording that is not complete breaks off, in s on its axis; undefined: it is whole, or none is needed. */
  readonly logEndsS?: number | undefined;
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
  /** What is known and, where {@link corrections} leave it out, not corrected. */
  readonly uncorrected?: Uncorrected | undefined;
  /** Time constant of the balance's answer, in s; 0 or undefined: not known. */
  readonly responseS?: number | undefined;
}

/**
 * The run from its first to its last sample, or of the part that was told: revolutions by the strokes of the pump's log or as they were counted, volume by the balance with the corrections of the analysis.
 * Its own uncertainty is that of the readings; drift, evaporation, the balance's calibration and its lag, the density and what is not corrected are the same
 * in all runs. Throws `BadInput` where nothing moved or nothing came, or the pump's log breaks off before the last sample.
 */
export function recordedRun(recorded: Recorded, scale: RecordingScale): CalibrationRun {
  const { name, rateMlPerH, series, turned } = recorded;
  const { timeS, massG, file } = series;
  const { first, last } = samplesOf(series, scale.analyse);
  const fromS = timeS[first] ?? NaN;
  const toS = timeS[last] ?? NaN;
  if (!(toS > fromS)) throw new BadInput(file, 0, "at least two samples at different times are wanted");
  requireLogTo(recorded, toS);
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
    sharedMl: Math.hypot(
      standardMl(shared),
      ...uncorrectedParts(scale, cameG / hours, 1).map(({ percent }) => (percent / 100) * volumeMl),
      lagMl(volumeMl, { startS: timeS[0] ?? fromS, fromS, toS }, scale.responseS ?? 0),
    ),
    endsMl: endsUncertainty(volumeMl, revolutions, scale.pulse, scale.stepsPerRevolution),
  };
}

/** Strokes after the end of a log that was broken off are in no line: the run would count too few. */
function requireLogTo({ series: { timeS }, turned, logEndsS }: Recorded, toS: number): void {
  if (typeof turned === "number" || logEndsS === undefined || logEndsS >= toS) return;
  const [startS = 0] = timeS;
  const minutes = (atS: number): number => Math.floor((atS - startS) / 6 + 1e-6) / 10;
  const part = minutes(logEndsS) > 0 ? `, or take the part before with --analyse 0min:${minutes(logEndsS)}min` : "";
  throw new BadInput(
    turned.file,
    0,
    `the recording was broken off: the log ends at ${minutes(logEndsS)} min, before the last sample at ${minutes(toS)} min; go on with it (bench record --resume)${part}`,
  );
}

/**
 * What a balance with the time constant tau shows too little of a run: tau q (exp(-t0/tau) - exp(-t1/tau)), where the pump started with the recording and the
 * stretch is from t0 to t1 after that. A first-order answer is tau q behind once it has settled, so a stretch that begins later loses the same at both ends.
 */
function lagMl(
  volumeMl: number,
  { startS, fromS, toS }: { startS: number; fromS: number; toS: number },
  tauS: number,
): number {
  if (!(tauS > 0)) return 0;
  const left = (atS: number): number => Math.exp(-(atS - startS) / tauS);
  return volumeMl * (tauS / (toS - fromS)) * (left(fromS) - left(toS));
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
