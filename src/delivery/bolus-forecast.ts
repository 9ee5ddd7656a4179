import type { StrokeVolume } from "../motion/stroke";
import { PL_PER_NL } from "../units";
import { RING_BUCKETS } from "./rolling-window";
import type { RollingWindow } from "./rolling-window";
import { volumeAtRateNl } from "./volume-at-rate";

/**
 * Volume that a bolus starting at `nowMs` may have at most, so that no window which contains any of it passes the limit while basal
 * goes on, in nL; negative when basal alone has used up the limit. Looks at the end of every bucket until the bolus has left the
 * ring, and takes basal and what is owed as given: so a granted bolus can never make a later basal stroke pass the limit. Too small
 * by at most what the ring counts too long (one bucket), never too large.
 *
 * The loop makes no calls: on a small board it would otherwise take longer than a pulse interval.
 */
export function roomForBolusNl(
  window: RollingWindow,
  stroke: StrokeVolume,
  limitNl: number,
  basalNlPerDay: number,
  owedNl: number,
  nowMs: number,
): number {
  const basalPerBucketNl = volumeAtRateNl(basalNlPerDay, window.bucketMs);
  const strokeDivisor = stroke.plDenominator * PL_PER_NL;
  let basalNl = volumeAtRateNl(basalNlPerDay, window.bucketEndMs() - nowMs);
  let remembered = window.strokes;
  // The oldest bucket leaves first: it lies just after the current one.
  let oldest = window.current;
  let mostTakenNl = 0;
  for (let ahead = 0; ahead < RING_BUCKETS; ahead++) {
    const takenNl = Math.ceil((remembered * stroke.plNumerator) / strokeDivisor) + basalNl;
    mostTakenNl = Math.max(mostTakenNl, takenNl);
    oldest = oldest === RING_BUCKETS - 1 ? 0 : oldest + 1;
    remembered -= window.ring[oldest];
    basalNl += basalPerBucketNl;
  }
  const roomNl = limitNl - mostTakenNl - owedNl;
  // After that the ring holds nothing of the past: 49 buckets of basal, what was owed before them, at most the whole bolus.
  const laterNl = limitNl - RING_BUCKETS * basalPerBucketNl - stroke.volumeRoundedUpNl(1);
  return Math.min(roomNl, laterNl);
}
