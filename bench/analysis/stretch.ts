import { medianInPlace } from "./median";

/** A gap: more than this many median intervals between two samples. */
export const GAP_INTERVALS = 2.5;

/** Samples without a gap between them, as places in the stretch: `first` to `last`, both included. */
export interface GapFreePart {
  readonly first: number;
  readonly last: number;
}

/** A part of a run, corrected, with what its times say. */
export interface Stretch {
  /** In s since the pump was started; never goes back. */
  readonly timeS: Float64Array;
  /** Corrected volume, in mL. */
  readonly volumeMl: Float64Array;
  /** Median time between two samples, in s; above 0. */
  readonly medianIntervalS: number;
  /** The parts between the gaps, in order. */
  readonly parts: readonly GapFreePart[];
}

/** Makes a stretch of at least two samples whose median interval is above 0; throws `RangeError` otherwise. */
export function stretchOf(timeS: Float64Array, volumeMl: Float64Array): Stretch {
  const medianIntervalS = medianInterval(timeS);
  if (!(medianIntervalS > 0)) throw new RangeError("most samples have the same time as the one before");
  return { timeS, volumeMl, medianIntervalS, parts: gapFreeParts(timeS, medianIntervalS) };
}

/** Median time between two samples, in s. Throws when there are fewer than two. */
export function medianInterval(timeS: Float64Array): number {
  const intervals = new Float64Array(Math.max(0, timeS.length - 1));
  for (let i = 0; i < intervals.length; i++) intervals[i] = (timeS[i + 1] ?? NaN) - (timeS[i] ?? NaN);
  return medianInPlace(intervals);
}

function gapFreeParts(timeS: Float64Array, medianIntervalS: number): GapFreePart[] {
  const parts: GapFreePart[] = [];
  const most = GAP_INTERVALS * medianIntervalS;
  let first = 0;
  for (let i = 1; i < timeS.length; i++) {
    // Rounding of times: 75.00000000001 s is no gap in a log of 30 s.
    if ((timeS[i] ?? NaN) - (timeS[i - 1] ?? NaN) <= most + hairS(medianIntervalS)) continue;
    parts.push({ first, last: i - 1 });
    first = i;
  }
  parts.push({ first, last: timeS.length - 1 });
  return parts;
}

/** The largest difference between two times that is rounding only, in s. */
export function hairS(medianIntervalS: number): number {
  return 1e-6 * medianIntervalS;
}

/** 100 (V/(t r) - 1) between two samples of a stretch, by their true times, in %. */
export function errorBetween({ timeS, volumeMl }: Stretch, i: number, j: number, rateMlPerH: number): number {
  const hours = ((timeS[j] ?? NaN) - (timeS[i] ?? NaN)) / 3600;
  return 100 * (((volumeMl[j] ?? NaN) - (volumeMl[i] ?? NaN)) / (hours * rateMlPerH) - 1);
}

/** The first sample at or after `timeS`, by halving; the number of samples when there is none. */
export function firstFrom(times: Float64Array, timeS: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? NaN) < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sample nearest to `timeS` (of two, the earlier) if it is within half a median interval; else undefined. */
export function nearestWithin({ timeS: times, medianIntervalS }: Stretch, timeS: number): number | undefined {
  const after = firstFrom(times, timeS);
  const distance = (sample: number): number => Math.abs((times[sample] ?? Infinity) - timeS);
  const nearest = after > 0 && distance(after - 1) <= distance(after) ? after - 1 : after;
  return distance(nearest) <= medianIntervalS / 2 + hairS(medianIntervalS) ? nearest : undefined;
}
