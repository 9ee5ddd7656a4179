import type { Prescription } from "../prescription/prescription";
import { volumePerDayNl } from "../prescription/scheduled-volume";
import { MS_PER_DAY, NEVER_MS, wholeQuotient } from "../units";

/**
 * How long `usableNl` above the low mark lasts, in ms, rounded down to minutes: with every permitted demand bolus taken, or with none. NEVER_MS
 * when nothing is drawn.
 */
export function lastsMs(p: Prescription, usableNl: number, withDemandBoluses: boolean): number {
  const perDayNl = volumePerDayNl(p, withDemandBoluses);
  if (perDayNl === 0) return NEVER_MS;
  return wholeQuotient(usableNl * wholeQuotient(MS_PER_DAY, 60000), perDayNl) * 60000;
}
