import { BadInput } from "../../config/bad-input";
import { DECIMAL_PATTERN, QuantityError } from "../../config/exact-decimal";
import { didYouMean } from "../../config/nearest-word";
import { wordList } from "../../config/schema-words";
import { readMassG, readPercent, readRateMlPerH, readVolumeMl } from "../quantities";
import type { CalibrationRun } from "./calibration-run";

/** The keys, or columns, of a run in a table. */
export const RUN_KEYS = ["run", "rate", "revolutions", "strokes", "mass", "volume", "uncertainty"] as const;

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
}

/** The complaint about a key or column that no run has. */
export function unknownKey(file: string, line: number, key: string): BadInput {
  return new BadInput(
    file,
    line,
    `${key}: a run has no such value${didYouMean(key, RUN_KEYS)} (the names are ${wordList([...RUN_KEYS])})`,
  );
}

/** A run of a table. Throws `BadInput` for a value that is missing, double, without its unit, zero or negative. */
export function runOf(written: WrittenRun, scale: RunScale): CalibrationRun {
  const { file, line, texts } = written;
  const volumeMl = measuredMl(written, scale);
  return {
    name: texts.get("run") ?? `row-${written.place}`,
    file,
    line,
    rateMlPerH: read(written, "rate", readRateMlPerH),
    revolutions: revolutionsOf(written, scale),
    volumeMl,
    uncertaintyMl: texts.has("uncertainty")
      ? read(written, "uncertainty", (text) => uncertaintyMl(text, volumeMl, scale))
      : 0,
    sharedMl: (scale.sharedPercent / 100) * volumeMl,
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

function revolutionsOf(written: WrittenRun, { strokesPerRevolution }: RunScale): number {
  const key = oneOf(written, "revolutions", "strokes");
  const count = read(written, key, readCount);
  return key === "revolutions" ? count : count / strokesPerRevolution;
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
