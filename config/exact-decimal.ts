import { inOneLine } from "./bad-input";

/** A text is not the quantity that is wanted. The message says what would be right; file and line are added above. */
export class QuantityError extends Error {
  override readonly name = "QuantityError";
}

/** An exact quotient of whole numbers. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The sum of two ratios, exactly; not reduced. */
export function addRatios(a: Ratio, b: Ratio): Ratio {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The product of two ratios, exactly; not reduced. */
export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** The decimal numbers that are read: digits, and a point with digits after it. Nothing else means the same to all people. */
export const DECIMAL_PATTERN = "[0-9]+(?:\\.[0-9]+)?";

// Enough for 2^53 of the largest unit written out in the smallest.
const MAX_DIGITS = 40;

/**
 * Reads a decimal number exactly, `0.5` as 5/10. Throws {@link QuantityError} for all that {@link DECIMAL_PATTERN} does
 * not allow, with a word on the usual mistakes: signs, exponents, separators of thousands, a comma for the point.
 */
export function readDecimal(text: string): Ratio {
  if (!new RegExp(`^${DECIMAL_PATTERN}$`).test(text)) throw new QuantityError(whyNotDecimal(inOneLine(text, 40)));
  if (text.length > MAX_DIGITS) throw new QuantityError(`a number of ${text.length} digits is too long`);
  const [whole = "", fraction = ""] = text.split(".");
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

function whyNotDecimal(text: string): string {
  if (text === "") return "a number is missing, for example 0.5";
  if (/^[-\u2212\u2013]/.test(text)) return `${text} is negative; it must not be`;
  if (text.startsWith("+")) return `${text}: leave out the plus sign`;
  if (/[,'_]/.test(text))
    return `${text}: write a number without separators, with a point before decimals, as 1500 or 1.5`;
  if (/^[0-9.]+[eE]/.test(text)) return `${text}: write the number out, without an exponent`;
  if (/^\.[0-9]+$/.test(text)) return `${text}: write 0${text}`;
  if (/^[0-9]+\.$/.test(text)) return `${text}: write ${text.slice(0, -1)}`;
  return `${text} is not a number, as 30 or 0.5`;
}

/** `value` / 10^`places` as the shortest decimal text, exactly; `value` a whole number from 0. */
export function decimalText(value: number | bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
