import { LATEST_WALL_MS } from "../../src/clock";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER_MS } from "../../src/units";

/** How long the power stays away, in ms: 1 s to 60 days. */
export const OFF_MS: readonly number[] = [
  1000,
  5260,
  37000,
  10 * MS_PER_MIN,
  MS_PER_HOUR,
  5 * MS_PER_HOUR,
  26 * MS_PER_HOUR,
  3 * MS_PER_DAY,
  60 * MS_PER_DAY,
];

/** Times of day that no clock shows, and some that one could: ms since 2000-01-01. */
export const CLOCK_NONSENSE: readonly number[] = [
  Number.NaN,
  -1,
  Infinity,
  -Infinity,
  0.5,
  1e300,
  NEVER_MS,
  -NEVER_MS,
  0,
  LATEST_WALL_MS,
  LATEST_WALL_MS + 1,
  491958000000.25,
  491958000000,
  825739200000,
  825760800000,
  86399999,
];
