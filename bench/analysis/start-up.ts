import { hairS } from "./stretch";
import type { Stretch } from "./stretch";

/** One point of the start-up curve. */
export interface StartUpPoint {
  /** End of the sample interval, in minutes since the pump was started. */
  readonly minutes: number;
  /** Mean flow over the interval. */
  readonly mlPerH: number;
}

/**
 * The start-up curve: flow from one sample to the next that is `intervalS` later (to half a median interval), Q = ΔV/Δt by true times.
 * No point spans a gap. @param endMinutes the curve's end, since the pump was started
 */
export function startUpCurve(run: Stretch, intervalS: number, endMinutes: number): StartUpPoint[] {
  const { timeS, volumeMl, medianIntervalS } = run;
  const endS = endMinutes * 60 + medianIntervalS / 2;
  const least = Math.max(intervalS - medianIntervalS / 2, hairS(medianIntervalS));
  const points: StartUpPoint[] = [];
  for (const { first, last } of run.parts) {
    let from = first;
    for (let i = first + 1; i <= last && (timeS[i] ?? NaN) <= endS; i++) {
      const seconds = (timeS[i] ?? NaN) - (timeS[from] ?? NaN);
      if (seconds < least) continue;
      const ml = (volumeMl[i] ?? NaN) - (volumeMl[from] ?? NaN);
      points.push({ minutes: (timeS[i] ?? NaN) / 60, mlPerH: (ml / seconds) * 3600 });
      from = i;
    }
  }
  return points;
}
