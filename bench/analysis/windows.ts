import { hairS } from "./stretch";
import type { Stretch } from "./stretch";

/** The largest and smallest flow error of the windows of one length, in %. */
export interface WindowExtremes {
  readonly maxPercent: number;
  readonly minPercent: number;
  /** How many windows there were. */
  readonly count: number;
}

/**
 * The trumpet's definition: for each sample i, j is the sample nearest to t_i + P (of two, the earlier), taken only within half a median
 * interval and with no gap between; the error is 100((V_j - V_i)/((t_j - t_i) r) - 1) with true times. Both pointers only go forward, so
 * that the cost is linear in the samples whatever P is. `undefined`: no window of this length fits.
 */
export function windowExtremes(
  stretch: Stretch,
  windowMinutes: number,
  rateMlPerH: number,
): WindowExtremes | undefined {
  const { timeS, volumeMl, medianIntervalS } = stretch;
  const lengthS = windowMinutes * 60;
  const hair = hairS(medianIntervalS);
  const tolerance = medianIntervalS / 2 + hair;
  let most = -Infinity;
  let least = Infinity;
  let count = 0;
  // Past a gap (of 2.5 intervals) no sample can be within half an interval of a time that is also near this part.
  for (const { first, last } of stretch.parts) {
    let j = first;
    for (let i = first; i < last; i++) {
      const fromS = timeS[i] ?? NaN;
      const wantedS = fromS + lengthS;
      while (j <= last && (timeS[j] ?? NaN) < wantedS - hair) j++;
      // j is the first sample at or after the wanted time, if the part has one.
      const after = j <= last ? (timeS[j] ?? NaN) - wantedS : Infinity;
      let before = j - 1;
      while (before > i && timeS[before - 1] === timeS[before]) before--;
      const nearest = before >= i && wantedS - (timeS[before] ?? NaN) <= after + hair ? before : j;
      const toS = timeS[nearest] ?? NaN;
      if (nearest <= i || toS <= fromS || Math.abs(toS - wantedS) > tolerance) continue;
      const flow = ((volumeMl[nearest] ?? NaN) - (volumeMl[i] ?? NaN)) / (toS - fromS);
      if (flow > most) most = flow;
      if (flow < least) least = flow;
      count++;
    }
  }
  if (count === 0) return undefined;
  const percent = (mlPerS: number): number => 100 * ((mlPerS * 3600) / rateMlPerH - 1);
  return { maxPercent: percent(most), minPercent: percent(least), count };
}
