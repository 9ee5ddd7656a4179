import type { PumpConfig } from "../config";
import { BUCKETS_IN_WINDOW, RING_BUCKETS } from "../delivery/rolling-window";
import type { StrokeVolume } from "../motion/stroke";
import { volumeAtRateNl } from "../delivery/volume-at-rate";
import { isWhole, MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";
import { MOST_BOLUSES_PER_24H } from "./prescription";
import type { Prescription } from "./prescription";

/** Why a prescription is refused. Each comes with the number that was given and the one that would be right. */
export enum PrescriptionFault {
  none = 0,
  /** A field is not a whole number from 0 to 2^53 - 1; given: the field's index. */
  notAnInteger = 1,
  /** Basal above the hard limit; nL/day. */
  basalAboveMaximum = 2,
  /** Bolus above the hard limit; nL. */
  bolusAboveMaximum = 3,
  /** Bolus larger than a full reservoir can give above its low mark; nL. */
  bolusAboveReservoir = 4,
  /** Bolus smaller than one stroke; nL. */
  bolusBelowStroke = 5,
  /** Bolus duration outside 1 ms to 24 h; ms. */
  bolusDuration = 6,
  /** Beside this basal the maximum rate leaves too little for the bolus to end within 24 h; nL/day left and needed. */
  bolusStarved = 7,
  /** Lockout outside 1 ms to 30 days; ms. */
  lockout = 8,
  /** Most per 24 h outside 1 to MOST_BOLUSES_PER_24H. */
  mostPer24h = 9,
  /** Window not a whole number of minutes from 1 h to 7 days; ms. */
  window = 10,
  /** Window limit above the pump's hard limit less its margin; nL. */
  windowAboveHardLimit = 11,
  /** The basal alone passes the window limit; nL in the worst window and the limit. */
  basalAboveWindow = 12,
  /** One bolus alone passes the window limit; nL. */
  bolusAboveWindow = 13,
  /** Bolus takes longer than the window; ms. */
  bolusLongerThanWindow = 14,
}

/** Shortest rolling window, in ms. */
export const MIN_WINDOW_MS = MS_PER_HOUR;

/** Longest rolling window, in ms. */
export const MAX_WINDOW_MS = 604800000;

/** Longest lockout, in ms. */
export const MAX_LOCKOUT_MS = 2592000000;

/** The answer of {@link validatePrescription}; filled in place, so that the pump can hold one for good. */
export class PrescriptionVerdict {
  fault = PrescriptionFault.none;
  /** What was given, in the fault's unit. */
  given = 0;
  /** The nearest value that would be right, in the same unit. */
  limit = 0;
}

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

/** Least time a whole bolus takes beside the basal under the maximum rate, in ms. */
function cappedBolusMs(prescription: Prescription, config: PumpConfig): number {
  const leftNlPerDay = config.maxRateNlPerDay - prescription.basalNlPerDay;
  if (leftNlPerDay <= 0) return MS_PER_DAY + 1;
  return Math.max(prescription.bolusMs, quotientRoundedUp(prescription.bolusNl * MS_PER_DAY, leftNlPerDay));
}

function refuse(verdict: PrescriptionVerdict, fault: PrescriptionFault, given: number, limit: number): void {
  verdict.fault = fault;
  verdict.given = given;
  verdict.limit = limit;
}

function validateBolus(
  prescription: Prescription,
  config: PumpConfig,
  stroke: StrokeVolume,
  verdict: PrescriptionVerdict,
): void {
  const p = prescription;
  const aboveLowNl = config.capacityNl - config.lowNl;
  const strokeNl = stroke.volumeRoundedUpNl(1);
  if (p.bolusNl > aboveLowNl) refuse(verdict, PrescriptionFault.bolusAboveReservoir, p.bolusNl, aboveLowNl);
  else if (p.bolusNl > config.maxBolusNl)
    refuse(verdict, PrescriptionFault.bolusAboveMaximum, p.bolusNl, config.maxBolusNl);
  else if (p.bolusNl < strokeNl) refuse(verdict, PrescriptionFault.bolusBelowStroke, p.bolusNl, strokeNl);
  else if (p.bolusMs < 1 || p.bolusMs > MS_PER_DAY)
    refuse(verdict, PrescriptionFault.bolusDuration, p.bolusMs, MS_PER_DAY);
  else if (p.bolusMs > p.windowMs) refuse(verdict, PrescriptionFault.bolusLongerThanWindow, p.bolusMs, p.windowMs);
  else if (p.bolusNl > p.windowLimitNl) refuse(verdict, PrescriptionFault.bolusAboveWindow, p.bolusNl, p.windowLimitNl);
  else if (cappedBolusMs(p, config) > MS_PER_DAY)
    refuse(verdict, PrescriptionFault.bolusStarved, config.maxRateNlPerDay - p.basalNlPerDay, p.bolusNl);
  else if (p.lockoutMs < 1 || p.lockoutMs > MAX_LOCKOUT_MS)
    refuse(verdict, PrescriptionFault.lockout, p.lockoutMs, MAX_LOCKOUT_MS);
  else if (p.mostPer24h < 1 || p.mostPer24h > MOST_BOLUSES_PER_24H)
    refuse(verdict, PrescriptionFault.mostPer24h, p.mostPer24h, MOST_BOLUSES_PER_24H);
}

function isWholeMinutes(ms: number): boolean {
  return wholeQuotient(ms, MS_PER_MIN) * MS_PER_MIN === ms;
}

/**
 * Judges a prescription against the pump's limits and writes the first fault, or `none`, into `verdict`. `fields` are
 * the prescription's numbers as they came, for the check that each is an integer; `stroke` is the configuration's own.
 */
export function validatePrescription(
  prescription: Prescription,
  fields: number[],
  config: PumpConfig,
  stroke: StrokeVolume,
  verdict: PrescriptionVerdict,
): void {
  const p = prescription;
  refuse(verdict, PrescriptionFault.none, 0, 0);
  for (let i = 0; i < fields.length; i++) {
    if (!isWhole(fields[i], 0, NEVER_MS)) {
      refuse(verdict, PrescriptionFault.notAnInteger, i, 0);
      return;
    }
  }
  // Up to one stroke more than was ordered in a window can fall into it: it was owed before.
  const worstBasalNl =
    volumeAtRateNl(p.basalNlPerDay, RING_BUCKETS * quotientRoundedUp(p.windowMs, BUCKETS_IN_WINDOW)) +
    stroke.volumeRoundedUpNl(1);
  if (p.basalNlPerDay > config.maxRateNlPerDay)
    refuse(verdict, PrescriptionFault.basalAboveMaximum, p.basalNlPerDay, config.maxRateNlPerDay);
  else if (p.windowMs < MIN_WINDOW_MS || p.windowMs > MAX_WINDOW_MS || !isWholeMinutes(p.windowMs))
    refuse(verdict, PrescriptionFault.window, p.windowMs, MAX_WINDOW_MS);
  else if (p.windowLimitNl > prescribableWindowNl(config, p.windowMs))
    refuse(verdict, PrescriptionFault.windowAboveHardLimit, p.windowLimitNl, prescribableWindowNl(config, p.windowMs));
  else if (p.basalNlPerDay !== 0 && worstBasalNl > p.windowLimitNl)
    refuse(verdict, PrescriptionFault.basalAboveWindow, worstBasalNl, p.windowLimitNl);
  else if (p.bolusNl !== 0) validateBolus(p, config, stroke, verdict);
}
