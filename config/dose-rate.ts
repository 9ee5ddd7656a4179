import { multiplyRatios } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { formatMass } from "./mass";
import { parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { MASS_UNITS, RATE_TIMES } from "./units-of-measure";

function doseUnits(): Record<string, Ratio> {
  const units: Record<string, Ratio> = {};
  for (const [mass, ng] of Object.entries(MASS_UNITS)) {
    for (const [time, perDay] of Object.entries(RATE_TIMES)) units[`${mass}/${time}`] = multiplyRatios(ng, perDay);
  }
  return units;
}

/** A dose a day for people, exactly: 5000000 is `5 mg/day`. @param ngPerDay whole ng/day from 0 */
export function formatDoseRate(ngPerDay: number): string {
  return `${formatMass(ngPerDay)}/day`;
}

/** Doses over time in whole ng/day: `5 mg/day`, `0.1 mcg/h`. */
export const DOSE_RATE: QuantityKind = {
  noun: "a dose",
  example: "5 mg/day",
  baseUnit: "ng/day",
  units: doseUnits(),
  format: formatDoseRate,
};

/** `5 mg/day` as 5000000 ng/day. Throws `QuantityError` for what is no exact dose over time. */
export function parseDoseNgPerDay(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(DOSE_RATE, text, zero);
}
