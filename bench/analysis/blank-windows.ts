import type { Basal } from "./measured-basal";
import type { GapFreePart, Stretch } from "./stretch";

/** What windows of one length show beyond the basal flow when no bolus is in them. */
export interface BlankWindows {
  /** How many were looked at. */
  readonly count: number;
  /** Root mean square, in µL: noise, strokes and rollers, as one standard deviation of a bolus of that length. */
  readonly standardUl: number;
  /** How far below the basal flow the lowest twentieth of them is, in µL. */
  readonly dipUl: number;
}

/** More windows than this say no more. */
const MOST_WINDOWS = 10_000;
const LOW_SHARE = 0.05;

/** Weighs boluses where there are none: windows of `lengthS` in the bolus-free parts. */
export function blankWindows(run: Stretch, parts: readonly GapFreePart[], basal: Basal, lengthS: number): BlankWindows {
  const samples = parts.reduce((sum, { first, last }) => sum + last - first, 0);
  const stride = Math.max(1, Math.ceil(samples / MOST_WINDOWS));
  const excesses: number[] = [];
  for (const { first, last } of parts) {
    let to = first;
    for (let from = first; from < last; from += stride) {
      to = windowEnd(run, from, Math.max(to, from), last, lengthS);
      if (to > last) break;
      excesses.push(basal.excessUl(from, to));
    }
  }
  if (excesses.length === 0) return { count: 0, standardUl: 0, dipUl: 0 };
  const squares = excesses.reduce((sum, ul) => sum + ul * ul, 0);
  excesses.sort((a, b) => a - b);
  return {
    count: excesses.length,
    standardUl: Math.sqrt(squares / excesses.length),
    dipUl: Math.max(0, -(excesses[Math.floor(LOW_SHARE * excesses.length)] ?? 0)),
  };
}

/** The first sample that is `lengthS` after another, looked for from `to` on; beyond `last`: there is none. */
export function windowEnd({ timeS }: Stretch, from: number, to: number, last: number, lengthS: number): number {
  let end = to;
  // Rounding of times: 330.0000001 s are 330 s.
  const wantedS = (timeS[from] ?? NaN) + lengthS - 1e-6;
  while (end <= last && (timeS[end] ?? NaN) < wantedS) end++;
  return end;
}
