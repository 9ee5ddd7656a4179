import { breathe } from "../breath";
import type { StrokeVolume } from "../motion/stroke";
import type { Prescription } from "../prescription/prescription";
import { highestNlPerDay, mostScheduledNl, stepAt, untilNextStepMs } from "../prescription/scheduled-volume";
import type { Mixture } from "../reservoir/mixture";
import { SCRATCH } from "../scratch";
import { NEVER_MS, PL_PER_NL } from "../units";
import { RING_BUCKETS } from "./bucket-ring";
import type { BucketRing } from "./bucket-ring";
import { DRUG_BUCKET_MS, DRUG_WINDOW_MS } from "./drug-windows";
import type { DrugWindows } from "./drug-windows";
import type { RollingWindow } from "./rolling-window";

/** What is ordered already and will go on whatever is answered, from now on. */
export interface Scheduled {
  readonly prescription: Prescription;
  /** Time of day now, in ms from midnight; -1: not known. */
  timeOfDayMs: number;
  /** Start of the next scheduled bolus, in ms of core time; NEVER_MS: none comes. */
  nextBolusMs: number;
  /** What is owed, and what is left of a clinician's or scheduled bolus, in nL: all of it may come at any time. */
  restNl: number;
  /** How long after its start a scheduled bolus may still be ordering, once the bolus that is asked for has held it up, in ms. */
  lateMs: number;
}

/** What has been given and counted. */
export interface Counted {
  readonly window: RollingWindow;
  readonly hardWindow: BucketRing;
  readonly drugs: DrugWindows;
  readonly stroke: StrokeVolume;
  readonly mixture: Mixture;
}

/**
 * How much a bolus that starts now may have at most, so that no window which contains any of it passes a limit while everything scheduled
 * goes on: basal by the schedule, scheduled boluses, the rest of a suspended one. Looks at the end of every bucket until the bolus has
 * left the ring, for the volume and for each drug. So a granted bolus can never make a later basal stroke pass a limit. Too small by at
 * most what a ring counts too long (one bucket), never too large.
 *
 * Its loops make few calls: on a small board each takes as long as a turn of the loop.
 */
export class BolusForecast {
  /** Least room that was found, in nL; negative when what is scheduled has used up the limit. */
  roomNl = 0;
  /** The window that left it, in ms. */
  windowMs = 0;
  /** `maxWindowNl`: the pump's own hard limit, in its own window. */
  constructor(
    readonly counted: Counted,
    private readonly maxWindowNl: number,
  ) {}

  /** Looks ahead from `nowMs`; the rings have been rolled there. The answer is in `roomNl` and `windowMs`. */
  lookForward(scheduled: Scheduled, nowMs: number): void {
    const counted = this.counted;
    const drugs = counted.drugs;
    const stroke = counted.stroke;
    const mixture = counted.mixture;
    const owedNl = stroke.volumeRoundedUpNl(1) + scheduled.restNl;
    this.roomNl = NEVER_MS;
    lookAtVolume(this, counted.window, scheduled.prescription.windowLimitNl, scheduled, owedNl, nowMs);
    lookAtVolume(this, counted.hardWindow, this.maxWindowNl, scheduled, owedNl, nowMs);
    lookAhead(scheduled, DRUG_BUCKET_MS, drugs.endMs, nowMs);
    const aheadNl = SCRATCH;
    const mostNl = mostScheduledNl(scheduled.prescription, RING_BUCKETS * DRUG_BUCKET_MS, scheduled.lateMs) + owedNl;
    const ring = drugs.ring;
    const numerator = stroke.plNumerator;
    const divisor = stroke.plDenominator * PL_PER_NL;
    for (let drug = 0; drug < drugs.drugs; drug++) {
      const concentration = Math.max(mixture.reservoir[drug], mixture.tip[drug]);
      if (concentration !== 0) {
        const limit = drugs.limitUnits[drug];
        const first = drug * RING_BUCKETS;
        let remembered = drugs.units[drug];
        let oldest = drugs.current;
        let roomNl = Math.floor((Math.floor(limit / concentration) * numerator) / divisor) - mostNl;
        for (let ahead = 0; ahead < RING_BUCKETS; ahead++) {
          const strokes = Math.floor((limit - remembered) / concentration);
          roomNl = Math.min(roomNl, Math.floor((strokes * numerator) / divisor) - aheadNl[ahead]);
          oldest++;
          if (oldest === RING_BUCKETS) oldest = 0;
          remembered -= ring[first + oldest];
        }
        breathe();
        if (roomNl < this.roomNl) {
          this.roomNl = roomNl;
          this.windowMs = DRUG_WINDOW_MS;
        }
      }
    }
  }
}

function lookAtVolume(
  forecast: BolusForecast,
  window: BucketRing,
  limitNl: number,
  scheduled: Scheduled,
  owedNl: number,
  nowMs: number,
): void {
  lookAhead(scheduled, window.bucketMs, window.endMs, nowMs);
  const aheadNl = SCRATCH;
  const ring = window.ring;
  const stroke = forecast.counted.stroke;
  const numerator = stroke.plNumerator;
  const divisor = stroke.plDenominator * PL_PER_NL;
  let remembered = window.strokes;
  // The oldest bucket leaves first: it lies just after the current one.
  let oldest = window.current;
  // After that the ring holds nothing of the past: 49 buckets of what is scheduled, what was owed before them, at most the whole bolus.
  let mostTakenNl = mostScheduledNl(scheduled.prescription, RING_BUCKETS * window.bucketMs, scheduled.lateMs) + owedNl;
  for (let ahead = 0; ahead < RING_BUCKETS; ahead++) {
    const takenNl = Math.ceil((remembered * numerator) / divisor) + aheadNl[ahead];
    mostTakenNl = Math.max(mostTakenNl, takenNl);
    oldest++;
    if (oldest === RING_BUCKETS) oldest = 0;
    remembered -= ring[oldest];
  }
  if (limitNl - mostTakenNl >= forecast.roomNl) return;
  forecast.roomNl = limitNl - mostTakenNl;
  forecast.windowMs = window.windowMs;
}

/** Fills {@link SCRATCH}: the volume that is scheduled from `nowMs` to the end of each bucket ahead, in nL. Every part rounded up. */
function lookAhead(scheduled: Scheduled, bucketMs: number, firstEndMs: number, nowMs: number): void {
  breathe();
  const aheadNl = SCRATCH;
  const p = scheduled.prescription;
  let timeOfDayMs = scheduled.timeOfDayMs;
  let bolusMs = scheduled.nextBolusMs;
  let volumeNl = scheduled.restNl;
  // A clock that is not known may be set to any time of day.
  let rate = highestNlPerDay(p);
  let changeMs = NEVER_MS;
  if (p.steps > 1) {
    // The step in force begins anew.
    if (timeOfDayMs >= 0) changeMs = nowMs;
  }
  let fromMs = nowMs;
  let endMs = firstEndMs;
  for (let ahead = 0; ahead < RING_BUCKETS; ahead++) {
    while (fromMs < endMs) {
      if (changeMs === fromMs) {
        rate = p.stepNlPerDay[stepAt(p, timeOfDayMs)];
        changeMs += untilNextStepMs(p, timeOfDayMs);
      }
      const toMs = Math.min(changeMs, endMs);
      volumeNl += Math.ceil((rate * Math.ceil((toMs - fromMs) / 1000)) / 86400);
      timeOfDayMs += toMs - fromMs;
      if (timeOfDayMs >= 86400000) timeOfDayMs -= 86400000;
      fromMs = toMs;
    }
    while (bolusMs < endMs) {
      volumeNl += p.scheduledNl;
      bolusMs += p.scheduledEveryMs;
    }
    aheadNl[ahead] = volumeNl;
    endMs += bucketMs;
    if ((ahead & 7) === 7) breathe();
  }
}
