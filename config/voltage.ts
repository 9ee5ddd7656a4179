import { decimalText } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind } from "./quantity";
import { VOLTAGE_UNITS } from "./units-of-measure";

/** A voltage for people, exactly: 3500 is `3.5 V`. @param mv whole mV from 0 */
export function formatVoltage(mv: number): string {
  assertWhole(mv);
  return `${decimalText(mv, 3)} V`;
}

/** Voltages in whole mV: `3.5 V`. */
export const VOLTAGE: QuantityKind = {
  noun: "a voltage",
  example: "3.5 V",
  baseUnit: "mV",
  units: VOLTAGE_UNITS,
  format: formatVoltage,
};

/** `3.5 V` as 3500 mV. Throws `QuantityError` for what is no exact voltage. */
export function parseVoltageMv(text: string): number {
  return parseQuantity(VOLTAGE, text, "zeroAllowed");
}
