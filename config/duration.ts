import { addRatios, DECIMAL_PATTERN, QuantityError } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { assertWhole, notThisKind, ratioOf, shown, unitPattern, wholeQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { TIME_UNITS } from "./units-of-measure";

const PARTS: readonly (readonly [ms: number, unit: string])[] = [
  [3600000, "h"],
  [60000, "min"],
  [1000, "s"],
  [1, "ms"],
];
const MS_PER_DAY = 86400000;
// Doses are given per 24 h and windows are of 24 h; only from two days on do days read better.
const DAYS_FROM_MS = 2 * MS_PER_DAY;

/** A duration for people, exactly: 5400000 is `1 h 30 min`, 24 h is `24 h`, 50 h is `2 days 2 h`. @param ms whole ms from 0 */
export function formatDuration(ms: number): string {
  assertWhole(ms);
  if (ms === 0) return "0 s";
  const parts: string[] = [];
  let rest = ms;
  if (ms >= DAYS_FROM_MS) {
    parts.push(`${Math.floor(rest / MS_PER_DAY)} days`);
    rest %= MS_PER_DAY;
  }
  for (const [size, unit] of PARTS) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)} ${unit}`);
    rest %= size;
  }
  return parts.join(" ");
}

/** Durations in whole ms: `90 min`, `1 h 30 min`. */
export const DURATION: QuantityKind = {
  noun: "a duration",
  example: "1 h 30 min",
  baseUnit: "ms",
  units: TIME_UNITS,
  format: formatDuration,
};

const PART = new RegExp(`\\s*(${DECIMAL_PATTERN}\\s*(\\p{L}+))`, "uy");

/** A regular expression for the texts of a duration, for JSON Schema. */
export function durationPattern(): string {
  return `^(?:\\s*${DECIMAL_PATTERN}\\s*(?:${unitPattern(DURATION)}))+\\s*$`;
}

/**
 * `1 h 30 min` as 5400000 ms. Parts stand from the larger unit to the smaller, each unit once. Throws `QuantityError`
 * for what is no exact duration.
 */
export function parseDurationMs(text: string, zero: ZeroRule = "zeroAllowed"): number {
  let total: Ratio = { numerator: 0n, denominator: 1n };
  let lastUnit: bigint | undefined;
  for (const { part, unit } of durationParts(text.trim())) {
    total = addRatios(total, ratioOf(DURATION, part));
    const size = TIME_UNITS[unit]?.numerator ?? 0n;
    if (lastUnit !== undefined && size >= lastUnit)
      throw new QuantityError(`${shown(text)}: write each unit once, the larger before the smaller, as 1 h 30 min`);
    lastUnit = size;
  }
  return wholeQuantity(DURATION, text, total, zero);
}

interface DurationPart {
  readonly part: string;
  readonly unit: string;
}

/** The parts of a compound such as `1 h 30 min`; a text that does not begin with one is a part as a whole. */
function durationParts(text: string): DurationPart[] {
  const parts: DurationPart[] = [];
  let at = 0;
  while (at < text.length && text.length <= 100) {
    PART.lastIndex = at;
    const found = PART.exec(text);
    if (found === null) break;
    parts.push({ part: found[1] ?? "", unit: found[2] ?? "" });
    at = PART.lastIndex;
  }
  // What a slash goes on is a unit of another kind, such as mL/day.
  if (parts.length === 0 || text.startsWith("/", at)) return [{ part: text, unit: "" }];
  if (at < text.length) throw notThisKind(DURATION, text);
  return parts;
}
