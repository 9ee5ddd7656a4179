import { breathe } from "./breath";

/**
 * The core's quantities are integers with the unit in the name: volume in nL (finer remainders in pL), rate in nL/day,
 * time in ms. A day is the base of rates because both 1 mL/day and 2 µL/h are whole numbers of nL/day, while 1 mL/day
 * is not a whole number of nL/h. This file holds the conversion factors and the one division that the core needs.
 *
 * A count in a field is written out all over the core, `x.count = x.count + 1`: a board's code for `x.count++` copies x first, 4 bytes more.
 */

/** Picolitres in a nanolitre. */
export const PL_PER_NL = 1000;

/** Milliseconds in a minute. */
export const MS_PER_MIN = 60000;

// The next two are used all over. What is computed is kept once; a plain number of this size would be 6 bytes of a board's code at every use, not 2.

/** Milliseconds in an hour. */
export const MS_PER_HOUR = Math.floor(3600000);

/** Milliseconds in a day of 24 hours of core time. */
export const MS_PER_DAY = Math.floor(86400000);

/** An instant that never comes: later than any core time (about 285,000 years), and still exact as a double. */
export const NEVER_MS = 9007199254740991;

/**
 * Whole quotient of two integers, rounded down; `dividend` 0 to 2^53 - 1, `divisor` 1 to 2^53 - 1.
 * Exact although `/` rounds: a quotient that is not whole lies at least 1/divisor below the next integer, and rounding
 * could only reach that integer if quotient x divisor passed 2^53.
 */
export function wholeQuotient(dividend: number, divisor: number): number {
  return Math.floor(dividend / divisor);
}

/** Whole quotient rounded up; same ranges as {@link wholeQuotient}. */
export function quotientRoundedUp(dividend: number, divisor: number): number {
  return Math.ceil(dividend / divisor);
}

/** Copies the first numbers of `from` into `list`, as many as that has. */
export function copyInto(list: number[], from: readonly number[]): void {
  for (let i = 0; i < list.length; i++) list[i] = from[i];
}

/** The first of `list` goes, all others move up, and `last` comes in behind them. */
export function moveUp<T>(list: T[], last: T): void {
  for (let i = 1; i < list.length; i++) list[i - 1] = list[i];
  list[list.length - 1] = last;
}

/** First multiple of `slotMs` after `nowMs`: when the slot ends that holds it, where slots lie on fixed boundaries of core time. */
export function slotEndMs(nowMs: number, slotMs: number): number {
  return (wholeQuotient(nowMs, slotMs) + 1) * slotMs;
}

/** True for a whole number from `least` to `most`; false for NaN, infinities and fractions too. */
export function isWhole(value: number, least: number, most: number): boolean {
  if (value < least) return false;
  if (value > most) return false;
  return Math.floor(value) === value;
}

/**
 * A list of `count` zeros. At start only: nothing is allocated later. The device's runtime gives a list that grows a quarter more room than it
 * needs just then; set first at four fifths of its length, it gets what it will need and no more.
 */
export function zeros(count: number): number[] {
  const list: number[] = [];
  if (count !== 0) list[quotientRoundedUp(count * 4, 5) - 1] = 0;
  for (let i = 0; i < count; i++) {
    list[i] = 0;
    if ((i & 63) === 24) breathe();
  }
  return list;
}

/** Greatest common divisor of two positive integers up to 2^53 - 1 (Euclid). Not for use in a control wake. */
export function greatestCommonDivisor(a: number, b: number): number {
  let larger = a;
  let smaller = b;
  while (smaller !== 0) {
    const rest = larger - wholeQuotient(larger, smaller) * smaller;
    larger = smaller;
    smaller = rest;
  }
  return larger;
}
