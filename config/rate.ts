import { decimalText, multiplyRatios } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { RATE_TIMES, VOLUME_UNITS } from "./units-of-measure";
import { formatVolume } from "./volume";

function rateUnits(): Record<string, Ratio> {
  const units: Record<string, Ratio> = {};
  for (const [volume, nl] of Object.entries(VOLUME_UNITS)) {
    for (const [time, perDay] of Object.entries(RATE_TIMES)) units[`${volume}/${time}`] = multiplyRatios(nl, perDay);
  }
  return units;
}

// From a tenth of a mL/day on, rates are read in mL/day, as clinics write them.
const ML_FROM_NL_PER_DAY = 100000;

/** A rate for people, exactly: 500000 is `0.5 mL/day`. @param nlPerDay whole nL/day from 0 */
export function formatRate(nlPerDay: number): string {
  assertWhole(nlPerDay);
  const inMl = nlPerDay === 0 || nlPerDay >= ML_FROM_NL_PER_DAY;
  return inMl ? `${decimalText(nlPerDay, 6)} mL/day` : `${formatVolume(nlPerDay)}/day`;
}

/** A rate a day and, where that is exact, an hour: `24 mL/day (1 mL/h)`. @param nlPerDay whole nL/day from 0 */
export function formatRateBothWays(nlPerDay: number): string {
  const perDay = formatRate(nlPerDay);
  return nlPerDay === 0 || nlPerDay % 24 !== 0 ? perDay : `${perDay} (${formatVolume(nlPerDay / 24)}/h)`;
}

/** Rates in whole nL/day: `0.5 mL/day`, `2 uL/h`. */
export const RATE: QuantityKind = {
  noun: "a rate",
  example: "0.5 mL/day",
  baseUnit: "nL/day",
  units: rateUnits(),
  format: formatRate,
};

/** `0.5 mL/day` as 500000 nL/day. Throws `QuantityError` for what is no exact rate. */
export function parseRateNlPerDay(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(RATE, text, zero);
}
