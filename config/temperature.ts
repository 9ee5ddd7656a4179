import { decimalText } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind } from "./quantity";
import { TEMPERATURE_UNITS } from "./units-of-measure";

/** A temperature for people, exactly: 550 is `55 °C`. @param deciC whole tenths of a degree Celsius from 0 */
export function formatTemperature(deciC: number): string {
  assertWhole(deciC);
  return `${decimalText(deciC, 1)} °C`;
}

/** Temperatures from 0 °C in whole tenths of a degree: `55 C`, `36.6 °C`. */
export const TEMPERATURE: QuantityKind = {
  noun: "a temperature",
  example: "55 C",
  baseUnit: "tenths of a degree",
  units: TEMPERATURE_UNITS,
  format: formatTemperature,
};

/** `55 C` as 550. Throws `QuantityError` for what is no temperature from 0 °C in tenths. */
export function parseTemperatureDeciC(text: string): number {
  return parseQuantity(TEMPERATURE, text, "zeroAllowed");
}
