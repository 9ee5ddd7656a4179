import { BadInput } from "../../config/bad-input";
import { DECIMAL_PATTERN, QuantityError } from "../../config/exact-decimal";
import { didYouMean } from "../../config/nearest-word";
import { wordList } from "../../config/schema-words";
import { readMassG, readPercent, readRateMlPerH, readVolumeMl } from "../quantities";
import type { CalibrationRun } from "./calibration-run";
import { endsUncertainty, requireOneRevolution } from "./roller-pulse";
import type { RollerPulse } from "./roller-pulse";

/** The keys, or columns, of a run in a table. */
export const RUN_KEYS = [
  "run",
  "recording",
  "rate",
  "revolutions",
  "strokes",
  "mass",
  "volume",
  "uncertainty",
] as const;

/** One of {@link RUN_KEYS}. */
export type RunKey = (typeof RUN_KEYS)[number];

/** A run as it stands in a table. */
export interface WrittenRun {
  readonly file: string;
  readonly line: number;
  /** Its place in the table, from 1. */
  readonly place: number;
  readonly texts: ReadonlyMap<RunKey, string>;
}

/** What turns a table's numbers into volumes and revolutions. */
export interface RunScale {
  /** Volume of one gram on the balance, in mL. */
  readonly mlPerG: number;
  /** What all runs have in common, one standard uncertainty in %. */
  readonly sharedPercent: number;
  readonly strokesPerRevolution: number;
  readonly stepsPerRevolution: number;
  readonly pulse: RollerPulse;
}

/** A row of a table that weighs nothing itself: somebody counted the revolutions of a recording that has no log of its pump. */
export interface CountedRecording {
  readonly file: string;
  readonly line: number;
  /** What the row calls the run; undefined: the recording's own name. */
  readonly name: string | undefined;
  /** As it is written in the table. */
  readonly recording: string;
  /** Over all of the recording, from its first to its last sample; 1 or more. */
  readonly revolutions: number;
  /** What was set, where the row says it. */
  readonly rateMlPerH: number | undefined;
}

/** The complaint about a key or column that no run has. */
export function unknownKey(file: string, line: number, key: string): BadInput {
  return new BadInput(
    file,
    line,
    `${key}: a run has no such value${didYouMean(key, RUN_KEYS)} (the names are ${wordList([...RUN_KEYS])})`,
  );
}

/** The row's recording, when it names one; undefined when it is a run by itself. Throws `BadInput`. */
export function countedRecording(written: WrittenRun, scale: RunScale): CountedRecording | undefined {
  const { file, line, texts } = written;
  const recording = texts.get("recording");
  if (recording === undefined) return undefined;
  const weighed = (["mass", "volume", "uncertainty"] as const).find((key) => texts.has(key));
  if (weighed !== undefined)
    throw new BadInput(file, line, `${weighed}: the recording has it; the row adds only revolutions or strokes`);
  return {
    file,
    line,
    name: texts.get("run"),
    recording,
    revolutions: revolutionsOf(written, scale),
    rateMlPerH: texts.has("rate") ? read(written, "rate", readRateMlPerH) : undefined,
  };
}

/** A run of a table. Throws `BadInput` for a value that is missing, double, without its unit, zero or negative. */
export function runOf(written: WrittenRun, scale: RunScale): CalibrationRun {
  const { file, line, texts } = written;
  const volumeMl = measuredMl(written, scale);
  const revolutions = revolutionsOf(written, scale);
  const isTold = texts.has("uncertainty");
  const toldMl = isTold ? read(written, "uncertainty", (text) => uncertaintyMl(text, volumeMl, scale)) : 0;
  return {
    name: texts.get("run") ?? `row-${written.place}`,
    file,
    line,
    rateMlPerH: read(written, "rate", readRateMlPerH),
    revolutions,
    volumeMl,
    uncertaintyMl: Math.max(toldMl, roundingMl(written, scale)),
    isUncertaintyTold: isTold,
    sharedMl: (scale.sharedPercent / 100) * volumeMl,
    endsMl: endsUncertainty(volumeMl, revolutions, scale.pulse, scale.stepsPerRevolution),
  };
}

function read(written: WrittenRun, key: RunKey, parse: (text: string) => number): number {
  const text = written.texts.get(key);
  if (text === undefined) throw new BadInput(written.file, written.line, `${key}: it is missing`);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    throw new BadInput(written.file, written.line, `${key}: ${error.message}`);
  }
}

function oneOf(written: WrittenRun, first: RunKey, second: RunKey): RunKey {
  const { file, line, texts } = written;
  if (texts.has(first) && texts.has(second))
    throw new BadInput(file, line, `${first} and ${second} are both given; one of them is wanted`);
  if (!texts.has(first) && !texts.has(second))
    throw new BadInput(file, line, `neither ${first} nor ${second} is given; one of them is wanted`);
  return texts.has(first) ? first : second;
}

function measuredMl(written: WrittenRun, { mlPerG }: RunScale): number {
  const key = oneOf(written, "volume", "mass");
  return key === "volume" ? read(written, key, readVolumeMl) : read(written, key, readMassG) * mlPerG;
}

/** What the last written digit d leaves open, as one standard deviation: d / sqrt(12). */
function roundingMl(written: WrittenRun, { mlPerG }: RunScale): number {
  const key = written.texts.has("volume") ? "volume" : "mass";
  const text = written.texts.get(key) ?? "";
  const [, digits = ""] = /^[0-9]+(?:\.([0-9]*))?/.exec(text) ?? [];
  const unit = text.replace(/^[0-9.]+\s*/, "");
  const ofUnit = key === "volume" ? readVolumeMl(`1 ${unit}`) : readMassG(`1 ${unit}`) * mlPerG;
  return (ofUnit * 10 ** -digits.length) / Math.sqrt(12);
}

function revolutionsOf(written: WrittenRun, { strokesPerRevolution, stepsPerRevolution }: RunScale): number {
  const key = oneOf(written, "revolutions", "strokes");
  const count = read(written, key, readCount);
  const revolutions = key === "revolutions" ? count : count / strokesPerRevolution;
  requireOneRevolution(written, revolutions, stepsPerRevolution);
  return revolutions;
}

function readCount(text: string): number {
  if (!new RegExp(`^${DECIMAL_PATTERN}$`).test(text))
    throw new QuantityError(`${text} is not a number of turns, as 800 or 812.5`);
  if (Number(text) > 0) return Number(text);
  throw new QuantityError("it must be more than 0: nothing moved");
}

function uncertaintyMl(text: string, volumeMl: number, { mlPerG }: RunScale): number {
  const value = text.endsWith("%")
    ? (readPercent(text) / 100) * volumeMl
    : /[gG]$/.test(text)
      ? readMassG(text) * mlPerG
      : readVolumeMl(text);
  if (value < volumeMl) return value;
  throw new QuantityError(`${text} is as large as what was measured`);
}
