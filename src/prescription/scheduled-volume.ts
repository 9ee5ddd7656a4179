import { breathe } from "../breath";
import { volumeAtRateNl } from "../delivery/volume-at-rate";
import { MS_PER_DAY, quotientRoundedUp, wholeQuotient } from "../units";
import type { Prescription } from "./prescription";

/** Step of the day that the time of day selects: the last one that has begun, or the last of the day before. */
export function stepAt(p: Prescription, timeOfDayMs: number): number {
  for (let step = p.steps - 1; step >= 0; step--) if (p.stepStartMs[step] <= timeOfDayMs) return step;
  // Before the first step of the day the last one of the day before goes on.
  return p.steps - 1;
}

/** Time from `timeOfDayMs` until the next step begins, in ms; a whole day when there is only one. */
export function untilNextStepMs(p: Prescription, timeOfDayMs: number): number {
  for (let step = 0; step < p.steps; step++) {
    if (p.stepStartMs[step] > timeOfDayMs) return p.stepStartMs[step] - timeOfDayMs;
  }
  return p.stepStartMs[0] + MS_PER_DAY - timeOfDayMs;
}

/** Highest basal rate of the day, in nL/day. */
export function highestNlPerDay(p: Prescription): number {
  let highest = 0;
  for (let step = 0; step < p.steps; step++) highest = Math.max(highest, p.stepNlPerDay[step]);
  return highest;
}

/** Lowest basal rate of the day, in nL/day. */
export function lowestNlPerDay(p: Prescription): number {
  let lowest = p.stepNlPerDay[0];
  for (let step = 1; step < p.steps; step++) lowest = Math.min(lowest, p.stepNlPerDay[step]);
  return lowest;
}

/** Volume that the basal of one whole day orders, in nL, rounded up. */
export function basalPerDayNl(p: Prescription): number {
  if (p.steps === 1) return p.stepNlPerDay[0];
  let volumeNl = 0;
  for (let step = 0; step < p.steps; step++)
    volumeNl += volumeAtRateNl(p.stepNlPerDay[step], untilNextStepMs(p, p.stepStartMs[step]));
  breathe();
  return volumeNl;
}

/** Longest time that a bolus of `volumeNl` over `overMs` takes beside the highest basal, in ms. */
export function longestBolusMs(p: Prescription, maxRateNlPerDay: number, volumeNl: number, overMs: number): number {
  const roomNlPerDay = Math.max(1, maxRateNlPerDay - highestNlPerDay(p));
  return Math.max(overMs, quotientRoundedUp(volumeNl * MS_PER_DAY, roomNlPerDay));
}

/**
 * Most volume that basal and scheduled boluses order in any span of `spanMs`, in nL, rounded up. Whole days count as they are; what is left
 * of the span at the highest rate, but not above a whole day. `lateMs`: how long after its start a scheduled bolus may still be ordering.
 */
export function mostScheduledNl(p: Prescription, spanMs: number, lateMs: number): number {
  const days = wholeQuotient(spanMs, MS_PER_DAY);
  const perDayNl = basalPerDayNl(p);
  const restNl = volumeAtRateNl(highestNlPerDay(p), spanMs - days * MS_PER_DAY);
  let volumeNl = days * perDayNl + Math.min(perDayNl, restNl);
  if (p.scheduledNl !== 0) {
    // A bolus that began before the span, or ends after it, counts whole. At most one is late: the next gives way to it.
    let boluses = wholeQuotient(spanMs + Math.min(lateMs, p.scheduledEveryMs), p.scheduledEveryMs) + 1;
    if (p.scheduledCount !== 0) boluses = Math.min(boluses, p.scheduledCount);
    volumeNl += boluses * p.scheduledNl;
  }
  return volumeNl;
}

/** Most demand boluses that lockout and count allow to begin in 24 h. */
export function mostBolusesPerDay(p: Prescription): number {
  if (p.bolusNl === 0) return 0;
  return Math.min(p.mostPer24h, wholeQuotient(MS_PER_DAY - 1, p.bolusMs + p.lockoutMs) + 1);
}

/** What a day of therapy takes from the reservoir, in nL, rounded up: basal, scheduled boluses, and demand boluses when they are taken. */
export function volumePerDayNl(p: Prescription, withDemandBoluses: boolean): number {
  let volumeNl = basalPerDayNl(p);
  if (p.scheduledNl !== 0)
    volumeNl += quotientRoundedUp(p.scheduledNl * 86400, wholeQuotient(p.scheduledEveryMs, 1000));
  if (withDemandBoluses) volumeNl += mostBolusesPerDay(p) * p.bolusNl;
  return volumeNl;
}
