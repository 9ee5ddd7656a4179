import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { DAY_UNITS } from "./units-of-measure";

/** A number of days for people: `1 day`, `90 days`. @param days whole days from 0 */
export function formatDays(days: number): string {
  assertWhole(days);
  return days === 1 ? "1 day" : `${days} days`;
}

/** Whole days: `90 days`, `6 weeks`. */
export const WHOLE_DAYS: QuantityKind = {
  noun: "a number of days",
  example: "90 days",
  baseUnit: "days",
  units: DAY_UNITS,
  format: formatDays,
};

/** `6 weeks` as 42 days. Throws `QuantityError` for what is no whole number of days. */
export function parseWholeDays(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(WHOLE_DAYS, text, zero);
}
