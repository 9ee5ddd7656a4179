import { breathe } from "../breath";
import type { PumpConfig } from "../config";
import { BUCKETS_IN_WINDOW, RING_BUCKETS } from "../delivery/bucket-ring";
import { volumeAtRateNl } from "../delivery/volume-at-rate";
import type { StrokeVolume } from "../motion/stroke";
import { isWhole, MS_PER_DAY, MS_PER_MIN, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";
import { MOST_BOLUSES_PER_24H, MOST_STEPS, ProgramKind } from "./prescription";
import type { Prescription } from "./prescription";
import { PrescriptionFault } from "./problem";
import type { PrescriptionProblems } from "./problem";
import { highestNlPerDay, volumePerDayNl } from "./scheduled-volume";
import { mostWithoutDemandNl, validateDrugs } from "./validate-drugs";
import { within } from "./within";

/** Shortest rolling window, in ms. */
export const MIN_WINDOW_MS = 3600000;

/** Longest rolling window, and longest interval of scheduled boluses, in ms. */
export const MAX_WINDOW_MS = 604800000;

/** Longest lockout, in ms. */
export const MAX_LOCKOUT_MS = 2592000000;

/** Longest continuous trial, in ms: 90 days. */
export const MAX_TRIAL_MS = 7776000000;

/** Largest dead volume of a catheter, in nL: 5 mL. */
export const MAX_CATHETER_NL = 5000000;

/** Most days from a refill to the next. */
export const MAX_REFILL_DAYS = 366;

/**
 * The most that a prescription may allow in its window so that the pump's hard limit holds too, in nL. Two margins: one
 * bucket of the maximum rate, because the guard counts in buckets; and a shorter window fits several times into the
 * hard limit's. Never negative.
 */
export function prescribableWindowNl(config: PumpConfig, windowMs: number): number {
  const marginNl = volumeAtRateNl(config.maxRateNlPerDay, quotientRoundedUp(config.windowMs, BUCKETS_IN_WINDOW));
  const timesInHardWindow = quotientRoundedUp(config.windowMs, windowMs);
  return Math.max(0, wholeQuotient(config.maxWindowNl - marginNl, timesInHardWindow));
}

/** Program, steps and scheduled boluses. False: so wrong that nothing can be computed from them. */
function validateProgram(
  p: Prescription,
  config: PumpConfig,
  strokeNl: number,
  problems: PrescriptionProblems,
): boolean {
  const kind = p.program;
  // What the kind of program asks for: how many steps, whether scheduled boluses, how many of them, which end.
  let mostSteps = 1;
  let givesScheduled = false;
  let leastCount = 0;
  let mostCount = 0;
  let leastEndMs = 0;
  let mostEndMs = 0;
  switch (kind) {
    case ProgramKind.flex:
      mostSteps = MOST_STEPS;
      break;
    case ProgramKind.periodic:
      givesScheduled = true;
      break;
    case ProgramKind.singleShot:
      leastCount = 1;
      mostCount = 1;
      break;
    case ProgramKind.severalShots:
      leastCount = 2;
      mostCount = NEVER_MS;
      break;
    case ProgramKind.continuousTrial:
      leastEndMs = MS_PER_MIN;
      mostEndMs = MAX_TRIAL_MS;
      break;
    default:
  }
  let isSound = within(problems, PrescriptionFault.stepCount, p.steps, 1, mostSteps, 0);
  if (!within(problems, PrescriptionFault.program, kind, ProgramKind.continuous, ProgramKind.continuousTrial, 0))
    return false;
  if (!isSound) return false;
  const hasScheduled = p.scheduledNl !== 0;
  let isOther = false;
  if (leastCount !== 0) {
    givesScheduled = true;
    // Nothing besides the shots.
    isOther = p.bolusNl + p.stepNlPerDay[0] !== 0;
  }
  if (hasScheduled !== givesScheduled) isOther = true;
  if (isOther) problems.addProblem(PrescriptionFault.program, kind, 0, 0);
  within(problems, PrescriptionFault.shotCount, p.scheduledCount, leastCount, mostCount, 0);
  within(problems, PrescriptionFault.trialEnd, p.endsAfterMs, leastEndMs, mostEndMs, 0);
  let leastStartMs = 0;
  for (let step = 0; step < p.steps; step++) {
    const startMs = p.stepStartMs[step];
    if (!within(problems, PrescriptionFault.stepOrder, startMs, leastStartMs, MS_PER_DAY - 1, step)) isSound = false;
    // One that is beyond the day may be the highest number there is.
    leastStartMs = Math.min(startMs, MS_PER_DAY - 1) + 1;
    within(problems, PrescriptionFault.basalAboveMaximum, p.stepNlPerDay[step], 0, config.maxRateNlPerDay, step);
  }
  if (!hasScheduled) return isSound;
  within(problems, PrescriptionFault.scheduledVolume, p.scheduledNl, strokeNl, config.maxBolusNl, 0);
  const everyMs = p.scheduledEveryMs;
  if (!within(problems, PrescriptionFault.scheduledInterval, everyMs, MS_PER_MIN, MAX_WINDOW_MS, 0)) return false;
  within(problems, PrescriptionFault.scheduledDuration, p.scheduledMs, 1, everyMs, 0);
  return isSound;
}

/** Adds `fault` when the maximum rate leaves too little beside the basal for a bolus to end in `spanMs`. */
function judgeRoom(
  problems: PrescriptionProblems,
  fault: PrescriptionFault,
  bolusNl: number,
  leftNlPerDay: number,
  spanMs: number,
): void {
  if (leftNlPerDay < 0) return;
  // Exact up to the largest bolus that a pump can give.
  if (bolusNl * MS_PER_DAY > leftNlPerDay * spanMs) problems.addProblem(fault, leftNlPerDay, bolusNl, 0);
}

/** Rates beside each other, and how long the reservoir lasts. Program and steps are sound. */
function validateVolumes(p: Prescription, config: PumpConfig, problems: PrescriptionProblems): void {
  let mostMinimum = config.maxRateNlPerDay;
  for (let step = 0; step < p.steps; step++) {
    const rate = p.stepNlPerDay[step];
    if (rate !== 0) mostMinimum = Math.min(mostMinimum, rate);
  }
  within(problems, PrescriptionFault.minimumRate, p.minimumNlPerDay, 0, mostMinimum, 0);
  const leftNlPerDay = config.maxRateNlPerDay - highestNlPerDay(p);
  judgeRoom(problems, PrescriptionFault.bolusStarved, p.bolusNl, leftNlPerDay, MS_PER_DAY);
  judgeRoom(problems, PrescriptionFault.scheduledStarved, p.scheduledNl, leftNlPerDay, p.scheduledEveryMs);
  const perDayNl = volumePerDayNl(p, true);
  if (perDayNl === 0) return;
  if (p.refillDays === 0) return;
  const lastsDays = wholeQuotient(Math.max(0, config.capacityNl - p.lowNl), perDayNl);
  within(problems, PrescriptionFault.reservoirTooSmall, lastsDays, p.refillDays, NEVER_MS, 0);
}

/** The dose limit's rolling window. */
function validateWindow(
  p: Prescription,
  config: PumpConfig,
  strokeNl: number,
  withScheduled: boolean,
  problems: PrescriptionProblems,
): void {
  const { windowMs, windowLimitNl } = p;
  if (!within(problems, PrescriptionFault.window, windowMs, MIN_WINDOW_MS, MAX_WINDOW_MS, 0)) return;
  const minutesMs = wholeQuotient(windowMs, MS_PER_MIN) * MS_PER_MIN;
  if (!within(problems, PrescriptionFault.window, windowMs, minutesMs, minutesMs, 0)) return;
  const most = prescribableWindowNl(config, windowMs);
  within(problems, PrescriptionFault.windowAboveHardLimit, windowLimitNl, 0, most, 0);
  if (p.bolusNl !== 0) {
    within(problems, PrescriptionFault.bolusAboveWindow, p.bolusNl, 0, windowLimitNl, 0);
    within(problems, PrescriptionFault.bolusLongerThanWindow, p.bolusMs, 0, windowMs, 0);
  }
  if (!withScheduled) return;
  const worstNl = mostWithoutDemandNl(p, config, RING_BUCKETS * quotientRoundedUp(windowMs, BUCKETS_IN_WINDOW));
  // Up to one stroke more than was ordered in a window can fall into it: it was owed before.
  if (worstNl !== 0) within(problems, PrescriptionFault.scheduledAboveWindow, worstNl + strokeNl, 0, windowLimitNl, 0);
}

/**
 * Judges a prescription against the pump's limits and its drug library, and lists every problem. `fields` are the prescription's numbers as
 * they came: when one is not an integer, that alone is listed. What rests on a number that has no meaning (program, steps, window, interval)
 * is not judged. `stroke` is the configuration's own.
 */
export function validatePrescription(
  p: Prescription,
  fields: readonly number[],
  config: PumpConfig,
  stroke: StrokeVolume,
  problems: PrescriptionProblems,
): void {
  problems.listed = 0;
  problems.hard = 0;
  problems.soft = 0;
  for (let i = 0; i < fields.length; i++) {
    if (!isWhole(fields[i], 0, NEVER_MS)) {
      problems.addProblem(PrescriptionFault.notAnInteger, i, 0, 0);
      return;
    }
  }
  const strokeNl = stroke.volumeRoundedUpNl(1);
  breathe();
  const isSound = validateProgram(p, config, strokeNl, problems);
  breathe();
  if (p.bolusNl !== 0) {
    const aboveLowNl = Math.max(0, config.capacityNl - p.lowNl);
    if (within(problems, PrescriptionFault.bolusAboveReservoir, p.bolusNl, 0, aboveLowNl, 0))
      within(problems, PrescriptionFault.bolusAboveMaximum, p.bolusNl, 0, config.maxBolusNl, 0);
    within(problems, PrescriptionFault.bolusBelowStroke, p.bolusNl, strokeNl, NEVER_MS, 0);
    within(problems, PrescriptionFault.bolusDuration, p.bolusMs, 1, MS_PER_DAY, 0);
    within(problems, PrescriptionFault.lockout, p.lockoutMs, 1, MAX_LOCKOUT_MS, 0);
    within(problems, PrescriptionFault.mostPer24h, p.mostPer24h, 1, MOST_BOLUSES_PER_24H, 0);
    within(problems, PrescriptionFault.hours, p.hoursFromMs, 0, MS_PER_DAY - 1, 0);
    within(problems, PrescriptionFault.hours, p.hoursToMs, 0, MS_PER_DAY - 1, 1);
  }
  breathe();
  validateWindow(p, config, strokeNl, isSound, problems);
  breathe();
  validateDrugs(p, config, strokeNl, isSound, problems);
  breathe();
  within(problems, PrescriptionFault.catheterVolume, p.catheterNl, 0, MAX_CATHETER_NL, 0);
  within(problems, PrescriptionFault.lowMark, p.lowNl, config.emptyNl, config.capacityNl, 0);
  within(problems, PrescriptionFault.refillDays, p.refillDays, 0, MAX_REFILL_DAYS, 0);
  let mostBridge = 0;
  if (config.tubingNl !== 0) if (p.catheterNl !== 0) if (p.scheduledNl === 0) mostBridge = 1;
  if (p.bridge > mostBridge) problems.addProblem(PrescriptionFault.bridge, p.bridge, 0, 0);
  if (isSound) validateVolumes(p, config, problems);
}
