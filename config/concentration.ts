import { decimalText } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { MASS_UNITS, VOLUME_UNITS } from "./units-of-measure";

function concentrationUnits(): Record<string, Ratio> {
  const units: Record<string, Ratio> = {};
  for (const [mass, ng] of Object.entries(MASS_UNITS)) {
    for (const [volume, nl] of Object.entries(VOLUME_UNITS)) {
      // ng over nL is 1000 ng/uL.
      units[`${mass}/${volume}`] = {
        numerator: ng.numerator * nl.denominator * 1000n,
        denominator: ng.denominator * nl.numerator,
      };
    }
  }
  return units;
}

/** A concentration for people, exactly: 10000 is `10 mg/mL`. @param ngPerUl whole ng/µL from 0 */
export function formatConcentration(ngPerUl: number): string {
  assertWhole(ngPerUl);
  return ngPerUl >= 1000 ? `${decimalText(ngPerUl, 3)} mg/mL` : `${ngPerUl} µg/mL`;
}

/** Concentrations in whole ng/µL, which is µg/mL: `10 mg/mL`, `500 ug/mL`. */
export const CONCENTRATION: QuantityKind = {
  noun: "a concentration",
  example: "10 mg/mL",
  baseUnit: "ng/µL",
  units: concentrationUnits(),
  format: formatConcentration,
};

/** `10 mg/mL` as 10000 ng/µL. Throws `QuantityError` for what is no exact concentration. */
export function parseConcentrationNgPerUl(text: string, zero: ZeroRule = "zeroRefused"): number {
  return parseQuantity(CONCENTRATION, text, zero);
}
