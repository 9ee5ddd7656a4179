import type { NeededTime } from "./needed-time";

/** A stretch that is this many times as long for the sake of whole passes is too long for them. */
const TOO_LONG = 3;
/** In so many passes a whole number of readings is looked for. */
const MOST_PASSES = 50;
/** Rounding of a length that is meant to be whole. */
const HAIR = 1e-9;

/**
 * The stretch to weigh for the pump's flow, in h, `leastHours` or more: whole passes of the rollers, which cancel from any phase, where that is less than
 * {@link TOO_LONG} times as long; else so long that no phase of theirs matters. Readings are taken each `intervalS`, so a pass that is no whole number of
 * them is missed by up to one. Null: no stretch is long enough.
 */
export function stretchHours(needed: NeededTime, leastHours: number, intervalS: number): number | null {
  const { strokesHours, anyHours, passHours, missedFactor } = needed;
  if (strokesHours === null || anyHours === null) return null;
  if (missedFactor === 0) return Math.max(leastHours, strokesHours);
  const intervalHours = intervalS / 3600;
  const whole = (unitHours: number, missedHours: number): { least: number; hours: number } => {
    const least = Math.max(leastHours, Math.hypot(strokesHours, missedFactor * missedHours));
    return { least, hours: Math.ceil(least / unitHours - HAIR) * unitHours };
  };
  const common = commonHours(passHours, intervalHours);
  const rounded = [
    whole(passHours, Math.min(intervalHours, passHours / Math.PI)),
    ...(common === undefined ? [] : [whole(common, 0)]),
  ];
  const good = rounded.filter(({ least, hours }) => hours < TOO_LONG * least).map(({ hours }) => hours);
  if (good.length > 0) return Math.min(...good);
  return Math.min(Math.max(leastHours, anyHours), ...rounded.map(({ hours }) => hours));
}

/** The fewest passes that are a whole number of intervals, in h; undefined: they never meet. */
function commonHours(passHours: number, intervalHours: number): number | undefined {
  for (let passes = 1; passes <= MOST_PASSES; passes++) {
    const intervals = (passes * passHours) / intervalHours;
    if (Math.round(intervals) > 0 && Math.abs(intervals - Math.round(intervals)) < HAIR * intervals)
      return passes * passHours;
  }
  return undefined;
}
