import type { MassUnit } from "./balance-answer";

/** Power of ten of one unit in g. */
const POWERS: Readonly<Record<MassUnit, number>> = { kg: 3, g: 0, mg: -3, ug: -6 };

/** How the units are written: a micro sign comes as one byte (Latin 1) or as two (UTF-8). */
const SPELLINGS: Readonly<Record<string, MassUnit>> = {
  kg: "kg",
  g: "g",
  mg: "mg",
  ug: "ug",
  mcg: "ug",
  "\u00b5g": "ug",
  "\u00c2\u00b5g": "ug",
};

/** The unit of mass that `text` is; undefined for pounds, pieces, percent and all else. */
export function massUnitOf(text: string): MassUnit | undefined {
  return Object.hasOwn(SPELLINGS, text) ? SPELLINGS[text] : undefined;
}

/** A regular expression's source for the numbers of balances: sign, blanks, digits, decimals. No exponent; at most 15 digits on a side. */
export const NUMBER_PATTERN = "[-+]?\\s*(?:\\d{1,15}(?:[.,]\\d{0,15})?|[.,]\\d{1,15})";

/**
 * The mass in g that `number` in `unit` says: the double nearest to the decimal number, as the point is moved in the text and not by a division.
 * @param number a text of {@link NUMBER_PATTERN}
 */
export function massGOf(number: string, unit: MassUnit): number {
  const plain = number.replace(/\s+/g, "").replace(",", ".");
  return Number(`${plain}e${POWERS[unit]}`);
}
