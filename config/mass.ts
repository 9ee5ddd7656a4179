import { decimalText } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { MASS_UNITS } from "./units-of-measure";

/** A mass for people, exactly: 500000 is `500 µg`. @param ng whole ng from 0 */
export function formatMass(ng: number): string {
  assertWhole(ng);
  if (ng >= 1000000) return `${decimalText(ng, 6)} mg`;
  return ng >= 1000 ? `${decimalText(ng, 3)} µg` : `${ng} ng`;
}

/** Masses of drug in whole ng: `2 mg`, `50 mcg`. */
export const MASS: QuantityKind = {
  noun: "a mass",
  example: "2 mg",
  baseUnit: "ng",
  units: MASS_UNITS,
  format: formatMass,
};

/** `2 mg` as 2000000 ng. Throws `QuantityError` for what is no exact mass. */
export function parseMassNg(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(MASS, text, zero);
}
