import { decimalText } from "./exact-decimal";
import { assertWhole, parseQuantity } from "./quantity";
import type { QuantityKind } from "./quantity";
import { SHARE_UNITS } from "./units-of-measure";

/** A share for people, exactly: 145 is `14.5 %`. @param perMille whole thousandths from 0 */
export function formatShare(perMille: number): string {
  assertWhole(perMille);
  return `${decimalText(perMille, 1)} %`;
}

/** Shares in whole thousandths: `14.5 %`. */
export const SHARE: QuantityKind = {
  noun: "a percentage",
  example: "14.5 %",
  baseUnit: "thousandths",
  units: SHARE_UNITS,
  format: formatShare,
};

/** `14.5 %` as 145 thousandths. Throws `QuantityError` for what is no share in thousandths. */
export function parseSharePerMille(text: string): number {
  return parseQuantity(SHARE, text, "zeroAllowed");
}
