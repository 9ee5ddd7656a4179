import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";

/** How a run's time is laid out over the columns of the picture. */
export interface TimeColumns {
  /** Length of one column in ms. */
  readonly columnMs: number;
  /** Number of columns; the last may end after the run. */
  readonly count: number;
  /** End of the run in ms. */
  readonly endMs: number;
}

const MS_PER_S = 1000;

// Lengths that people reckon in: each divides the next larger unit or is a small number of days.
const LENGTHS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * MS_PER_S),
  ...[1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40].map((count) => count * MS_PER_MIN),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12].map((count) => count * MS_PER_HOUR),
  ...[1, 2, 3, 4, 5, 7, 10, 14, 28].map((count) => count * MS_PER_DAY),
];

/** Lays `endMs` ms over at most `most` columns of a length that people reckon in. */
export function layOutTime(endMs: number, most: number): TimeColumns {
  const fits = (lengthMs: number): boolean => lengthMs * most >= endMs;
  // Beyond the list, whole days: a picture of many years.
  const columnMs = LENGTHS_MS.find(fits) ?? Math.ceil(endMs / most / MS_PER_DAY) * MS_PER_DAY;
  return { columnMs, count: Math.max(1, Math.ceil(endMs / columnMs)), endMs };
}

/** The column in which the instant `atMs` lies; the run's last instant lies in the last column. */
export function columnAt(columns: TimeColumns, atMs: number): number {
  return Math.min(columns.count - 1, Math.floor(atMs / columns.columnMs));
}

/** A length of time as the picture says it: `24 min`, `1.5 h`, `2 days`. */
export function lengthText(ms: number): string {
  if (ms >= MS_PER_DAY) return ms === MS_PER_DAY ? "1 day" : `${ms / MS_PER_DAY} days`;
  if (ms >= MS_PER_HOUR) return `${ms / MS_PER_HOUR} h`;
  return ms >= MS_PER_MIN ? `${ms / MS_PER_MIN} min` : `${ms / MS_PER_S} s`;
}
