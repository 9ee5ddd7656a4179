import type { PumpConfig } from "../config";
import { MOST_LIBRARY_DRUGS } from "../config";
import { volumeAtRateNl } from "../delivery/volume-at-rate";
import { MS_PER_DAY, NEVER_MS, quotientRoundedUp } from "../units";
import { MOST_DRUGS } from "./prescription";
import type { Prescription } from "./prescription";
import { PrescriptionFault } from "./problem";
import type { PrescriptionProblems } from "./problem";
import {
  highestNlPerDay,
  longestBolusMs,
  lowestNlPerDay,
  mostBolusesPerDay,
  mostScheduledNl,
} from "./scheduled-volume";
import { within } from "./within";

/** What the pump counts at once as 24 h of a drug, in ms: 49 buckets of 30 min. */
export const COUNTED_DAY_MS = 88200000;

/** Mass of a drug in a volume, in ng, rounded up; inexact only where it is far above every limit. */
export function drugMassNg(volumeNl: number, concentrationNgPerUl: number): number {
  return quotientRoundedUp(volumeNl * concentrationNgPerUl, 1000);
}

/**
 * Most volume that is given in any span of `spanMs` without a demand bolus, in nL: what is scheduled, and the minimum rate where a step's
 * own rate is below it.
 */
export function mostWithoutDemandNl(p: Prescription, config: PumpConfig, spanMs: number): number {
  const lastsMs = longestBolusMs(p, config.maxRateNlPerDay, p.scheduledNl, p.scheduledMs);
  const scheduledNl = mostScheduledNl(p, spanMs, lastsMs);
  if (lowestNlPerDay(p) !== 0) return scheduledNl;
  return scheduledNl + volumeAtRateNl(p.minimumNlPerDay, spanMs);
}

/** Adds what the library says against each drug. Doses are judged only `withDoses`: program and steps must have a meaning for that. */
export function validateDrugs(
  p: Prescription,
  config: PumpConfig,
  strokeNl: number,
  withDoses: boolean,
  problems: PrescriptionProblems,
): void {
  const drugs = config.library.length;
  let count = 0;
  let countedNl = 0;
  let dayNl = 0;
  let highestRate = 0;
  if (withDoses) {
    countedNl = mostWithoutDemandNl(p, config, COUNTED_DAY_MS);
    if (countedNl !== 0) countedNl += strokeNl;
    dayNl = mostWithoutDemandNl(p, config, MS_PER_DAY) + mostBolusesPerDay(p) * p.bolusNl;
    highestRate = Math.max(highestNlPerDay(p), p.minimumNlPerDay);
  }
  for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
    const c = p.concentrationNgPerUl[i];
    let isUnknown = i >= drugs;
    if (c === 0) isUnknown = p.primaryDrug === i;
    if (isUnknown) problems.addProblem(PrescriptionFault.unknownDrug, i, drugs, i);
    if (c !== 0) {
      count++;
      if (i < drugs) {
        const d = config.library[i];
        within(problems, PrescriptionFault.concentrationBelowLibrary, c, d.minNgPerUl, NEVER_MS, i);
        within(problems, PrescriptionFault.concentrationAboveLibrary, c, 0, d.maxNgPerUl, i);
        const hourNg = quotientRoundedUp(highestRate * c, 24000);
        if (within(problems, PrescriptionFault.rateAboveHardDose, hourNg, 0, d.hardHourNg, i))
          within(problems, PrescriptionFault.rateAboveSoftDose, hourNg, 0, d.softHourNg, i);
        const bolusNg = drugMassNg(Math.max(p.bolusNl, p.scheduledNl), c);
        if (within(problems, PrescriptionFault.bolusAboveHardDose, bolusNg, 0, d.hardBolusNg, i))
          within(problems, PrescriptionFault.bolusAboveSoftDose, bolusNg, 0, d.softBolusNg, i);
        const dayNg = drugMassNg(dayNl, c);
        const countedNg = drugMassNg(countedNl, c);
        if (within(problems, PrescriptionFault.dayAboveHardDose, countedNg, 0, d.hardDayNg, i))
          if (within(problems, PrescriptionFault.totalAboveHardDose, dayNg, 0, d.hardDayNg, i))
            within(problems, PrescriptionFault.totalAboveSoftDose, dayNg, 0, d.softDayNg, i);
      }
    }
  }
  if (p.primaryDrug >= MOST_LIBRARY_DRUGS) problems.addProblem(PrescriptionFault.unknownDrug, p.primaryDrug, drugs, 0);
  within(problems, PrescriptionFault.drugCount, count, 1, MOST_DRUGS, 0);
}
