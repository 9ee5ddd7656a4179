import { decimalText } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { VOLUME_UNITS } from "./units-of-measure";

const STEPS: readonly (readonly [powerOfPl: number, unit: string])[] = [
  [12, "L"],
  [9, "mL"],
  [6, "µL"],
  [3, "nL"],
  [0, "pL"],
];

/** `value` x 10^`powerOfPl` pL in the largest unit of which it is at least one. */
function inLargestUnit(value: number, powerOfPl: number): string {
  assertWhole(value);
  const digits = String(value).length - 1 + powerOfPl;
  const [power, unit] = STEPS.find(([step]) => digits >= step) ?? [0, "pL"];
  if (value === 0) return "0 µL";
  return `${decimalText(value, power - powerOfPl)} ${unit}`;
}

/** A volume for people, exactly: 310000 is `310 µL`. @param nl whole nL from 0 */
export function formatVolume(nl: number): string {
  return inLargestUnit(nl, 3);
}

/** A volume of whole pL for people, exactly: 60000000 is `60 µL`. @param pl whole pL from 0 */
export function formatVolumePl(pl: number): string {
  return inLargestUnit(pl, 0);
}

/** Volumes in whole nL: `30 uL`, `0.5 mL`. */
export const VOLUME: QuantityKind = {
  noun: "a volume",
  example: "30 uL",
  baseUnit: "nL",
  units: VOLUME_UNITS,
  format: formatVolume,
};

/** Volumes in whole pL, for a pump head: its volume per revolution is measured finer than a nL. */
export const FINE_VOLUME: QuantityKind = {
  noun: "a volume",
  example: "60 uL",
  baseUnit: "pL",
  units: Object.fromEntries(
    Object.entries(VOLUME_UNITS).map(([unit, { numerator, denominator }]) => [
      unit,
      { numerator: (numerator * 1000n) / denominator, denominator: 1n },
    ]),
  ),
  format: formatVolumePl,
};

/** `30 uL` as 30000 nL. Throws `QuantityError` for what is no exact volume. */
export function parseVolumeNl(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(VOLUME, text, zero);
}

/** `60 uL` as 60000000 pL. Throws `QuantityError` for what is no exact volume. */
export function parseVolumePl(text: string, zero: ZeroRule = "zeroAllowed"): number {
  return parseQuantity(FINE_VOLUME, text, zero);
}
