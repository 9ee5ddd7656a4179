import {
  formatConcentration,
  formatDays,
  formatDoseRate,
  formatDuration,
  formatMass,
  formatRate,
  formatShare,
  formatVoltage,
  formatVolume,
  formatVolumePl,
  parseConcentrationNgPerUl,
  parseDoseNgPerDay,
  parseDurationMs,
  parseMassNg,
  parseRateNlPerDay,
  parseSharePerMille,
  parseVoltageMv,
  parseVolumeNl,
  parseVolumePl,
  parseWholeDays,
  QuantityError,
} from "../../config/quantities";
import type { ReportLeaf } from "./report-path";

/** What a field of a report can hold; `null`: unknown, or not there. */
export type ReportValue = number | string | boolean | null;

interface Unit {
  /** What keys of this quantity end in. */
  readonly suffix: string;
  readonly example: string;
  readonly parse: (text: string) => number;
  readonly format: (value: number) => string;
}

// The longer suffix before one that is its end.
const UNITS: readonly Unit[] = [
  { suffix: "NlPerDay", example: "0.5 mL/day", parse: parseRateNlPerDay, format: formatRate },
  { suffix: "NgPerDay", example: "5 mg/day", parse: parseDoseNgPerDay, format: formatDoseRate },
  {
    suffix: "NgPerUl",
    example: "10 mg/mL",
    parse: (text) => parseConcentrationNgPerUl(text, "zeroAllowed"),
    format: formatConcentration,
  },
  { suffix: "PerMille", example: "5 %", parse: parseSharePerMille, format: formatShare },
  { suffix: "Pl", example: "60 uL", parse: parseVolumePl, format: formatVolumePl },
  { suffix: "Nl", example: "2 mL", parse: parseVolumeNl, format: formatVolume },
  { suffix: "Ng", example: "5 mg", parse: parseMassNg, format: formatMass },
  { suffix: "Ms", example: "2 h", parse: parseDurationMs, format: formatDuration },
  { suffix: "Mv", example: "3.2 V", parse: parseVoltageMv, format: formatVoltage },
  { suffix: "Days", example: "90 days", parse: parseWholeDays, format: formatDays },
];

/** What an expected value says of a value that is not known or not there. */
const NONE = "none";

function unitOf(key: string): Unit | undefined {
  return UNITS.find(({ suffix }) => key.endsWith(suffix));
}

/** Reads what a scenario expects of a field. Throws `QuantityError` for what can never stand there. */
export function readReportValue({ key, type }: ReportLeaf, written: string | number | boolean): ReportValue {
  if (written === NONE) return type === "boolean" ? false : type === "string" ? NONE : null;
  if (type === "boolean") {
    if (typeof written === "boolean") return written;
    if (written === "yes" || written === "no") return written === "yes";
    throw new QuantityError(`${String(written)}: ${key} is yes or no`);
  }
  const unit = unitOf(key);
  if (unit !== undefined) return quantity(unit, written);
  if (type === "number" && typeof written !== "number")
    throw new QuantityError(`${String(written)}: ${key} is a plain number`);
  return type === "number" ? written : String(written);
}

/** Reads how far a number may lie off. Throws `QuantityError` where there is nothing to measure. */
export function readTolerance({ key, type }: ReportLeaf, written: string | number): number {
  const unit = unitOf(key);
  if (unit !== undefined) return quantity(unit, written);
  if (type !== "number") throw new QuantityError(`${key} is no number: leave out within`);
  if (typeof written === "number" && written >= 0) return written;
  throw new QuantityError(`${String(written)}: ${key} is a plain number`);
}

function quantity(unit: Unit, written: string | number | boolean): number {
  if (typeof written !== "string")
    throw new QuantityError(`${String(written)} needs a unit, for example ${unit.example}`);
  // A flow error is the only quantity that can be negative.
  const [, magnitude] = /^\s*[-\u2212](.*)$/.exec(written) ?? [];
  if (magnitude !== undefined && unit.suffix === "PerMille") return -unit.parse(magnitude);
  return unit.parse(written);
}

/** A field's value for people: with its unit where its key has one. */
export function valueText(key: string, value: unknown): string {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "boolean") return value ? "yes" : "no";
  const unit = unitOf(key);
  if (unit === undefined || typeof value !== "number")
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  return value < 0 ? `-${unit.format(-value)}` : unit.format(value);
}
