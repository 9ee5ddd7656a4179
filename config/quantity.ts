import { inOneLine } from "./bad-input";
import { DECIMAL_PATTERN, multiplyRatios, QuantityError, readDecimal } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { didYouMean } from "./nearest-word";
import { OTHER_NAMES, plainUnit, whatUnitMeasures } from "./units-of-measure";

/** A kind of quantity: how it is written, and the whole numbers that it becomes. */
export interface QuantityKind {
  /** With its article: `a volume`. */
  readonly noun: string;
  /** A text that is right. */
  readonly example: string;
  /** The unit of the whole numbers, for messages: `nL`. */
  readonly baseUnit: string;
  /** How many base units one of each unit is. */
  readonly units: Readonly<Record<string, Ratio>>;
  /** A whole number of base units as text that reads back to the same number. */
  format(value: number): string;
}

/** Whether 0 is a quantity that is wanted. */
export type ZeroRule = "zeroAllowed" | "zeroRefused";

/** A quantity as it was written: `0.5` and `mL`. */
interface WrittenQuantity {
  readonly number: string;
  readonly unit: string;
}

/** Longest text that is looked at. */
const MAX_TEXT = 100;

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** The text as it may be shown in a message. */
export function shown(text: string): string {
  const line = inOneLine(text, 40);
  return line === "" ? "an empty text" : line;
}

/** Cuts a text into its leading number and the rest. */
function splitQuantity(text: string): WrittenQuantity {
  const exponent = /^[0-9.]+[eE][-+]?[0-9]+/.exec(text);
  const end = exponent === null ? text.search(/[\s\p{L}%°/]|$/u) : exponent[0].length;
  return { number: text.slice(0, end), unit: text.slice(end).trim() };
}

/** The unit that stands in a text, its micro sign as `u`: `ug/mL` of `5 µg/mL`; empty when there is none. */
export function unitAsWritten(text: string): string {
  return plainUnit(splitQuantity(text.trim()).unit);
}

/**
 * Reads `text` as a quantity of `kind` in whole base units. Exact or refused: throws {@link QuantityError} when no
 * whole number of base units is meant exactly, and names the nearest ones.
 */
export function parseQuantity(kind: QuantityKind, text: string, zero: ZeroRule): number {
  return wholeQuantity(kind, text, ratioOf(kind, text), zero);
}

/** One number and one unit as an exact number of base units, whole or not. */
export function ratioOf(kind: QuantityKind, text: string): Ratio {
  if (text.length > MAX_TEXT) throw notThisKind(kind, text);
  const { number, unit } = splitQuantity(text.trim());
  if (number === "") throw notThisKind(kind, text);
  if (/^[0-9]/.test(unit)) throw new QuantityError(`${shown(text)}: write one number and one unit, as ${kind.example}`);
  const amount = readDecimal(number);
  if (unit === "") throw new QuantityError(`${shown(text)}: ${kind.noun} needs a unit, for example ${kind.example}`);
  const factor = unitOf(kind, unit);
  if (factor === undefined) throw new QuantityError(whyNotUnit(kind, text, unit));
  return multiplyRatios(amount, factor);
}

/** The complaint about a text that does not even look like a quantity of `kind`. */
export function notThisKind(kind: QuantityKind, text: string): QuantityError {
  return new QuantityError(`${shown(text)} is not ${kind.noun}, for example ${kind.example}`);
}

function unitOf(kind: QuantityKind, unit: string): Ratio | undefined {
  const plain = plainUnit(unit);
  return Object.hasOwn(kind.units, plain) ? kind.units[plain] : undefined;
}

function whyNotUnit(kind: QuantityKind, text: string, unit: string): string {
  const measured = whatUnitMeasures(unit);
  if (measured === "a dose" && kind.noun === "a rate")
    return `${shown(text)} is a dose; give a volume rate such as ${kind.example}`;
  if (measured !== undefined && measured !== kind.noun)
    return `${shown(text)} is ${measured}; ${kind.noun} is wanted, for example ${kind.example}`;
  const names = Object.keys(kind.units);
  const other = OTHER_NAMES[unit];
  const hint = other !== undefined && names.includes(other) ? `; write ${other}` : didYouMean(plainUnit(unit), names);
  const units = names.length > 12 ? `; write it as ${kind.example}` : `; the units are ${names.join(", ")}`;
  return `${shown(text)}: ${shown(unit)} is not a unit of ${kind.noun.replace(/^an? /, "")}${hint === "" ? units : hint}`;
}

/** The whole number of base units that `ratio` is; refuses what is not whole, too large, or zero where that is refused. */
export function wholeQuantity(kind: QuantityKind, text: string, ratio: Ratio, zero: ZeroRule): number {
  const below = ratio.numerator / ratio.denominator;
  const isWhole = ratio.numerator % ratio.denominator === 0n;
  if (below > MOST || (below === MOST && !isWhole))
    throw new QuantityError(`${shown(text)} is too large; the most is ${kind.format(Number.MAX_SAFE_INTEGER)}`);
  const value = Number(below);
  if (!isWhole) {
    const nearest =
      value === 0
        ? `the smallest is ${kind.format(1)}`
        : `the nearest are ${kind.format(value)} and ${kind.format(value + 1)}`;
    throw new QuantityError(`${shown(text)} is not a whole number of ${kind.baseUnit}; ${nearest}`);
  }
  if (value === 0 && zero === "zeroRefused")
    throw new QuantityError(`${shown(text)}: it must be more than 0, for example ${kind.example}`);
  return value;
}

/** A regular expression for the texts of `kind`, for JSON Schema: wider than the parser only in what is not exact. */
export function quantityPattern(kind: QuantityKind): string {
  return `^\\s*${DECIMAL_PATTERN}\\s*(?:${unitPattern(kind)})\\s*$`;
}

/** The units of `kind` as alternatives of a regular expression, the longest first. */
export function unitPattern(kind: QuantityKind): string {
  const names = Object.keys(kind.units).sort((a, b) => b.length - a.length);
  return names.map((name) => (/u[LgA]/.test(name) ? name.replace(/u(?=[LgA])/g, "[u\u00b5\u03bc]") : name)).join("|");
}

/** Throws when a number that is to be shown is not a whole one from 0: a fault of the program, not of its input. */
export function assertWhole(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${value} is not a whole number from 0 to 2^53 - 1`);
}
