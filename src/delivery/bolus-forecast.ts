import type { StrokeVolume } from "../motion/stroke";
import type { Prescription } from "../prescription/prescription";
import { highestNlPerDay, mostScheduledNl, stepAt, untilNextStepMs } from "../prescription/scheduled-volume";
import type { Mixture } from "../reservoir/mixture";
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
 * Its loops make no calls but at a step of the day: on a small board they would otherwise take longer than a pulse interval.
 */
export class BolusForecast {
  /** Least room that was found, in nL; negative when what is scheduled has used up the limit. */
  roomNl = 0;
  /** The window that left it, in ms. */
  windowMs = 0;
  /** Volume that is scheduled from now to the end of each bucket ahead, in nL. */
  readonly aheadNl: number[];

  private readonly window: RollingWindow;
  private readonly drugs: DrugWindows;
  readonly stroke: StrokeVolume;
  private readonly mixture: Mixture;

  /** `maxWindowNl`: the pump's own hard limit, in its own window. */
  constructor(
    private readonly counted: Counted,
    private readonly maxWindowNl: number,
  ) {
    this.window = counted.window;
    this.drugs = counted.drugs;
    this.stroke = counted.stroke;
    this.mixture = counted.mixture;
    this.aheadNl = counted.window.scratch;
  }

  /** Looks ahead from `nowMs`; the rings have been rolled there. The answer is in `roomNl` and `windowMs`. */
  look(scheduled: Scheduled, nowMs: number): void {
    const drugs = this.drugs;
    const mixture = this.mixture;
    const owedNl = this.stroke.volumeRoundedUpNl(1) + scheduled.restNl;
    this.roomNl = NEVER_MS;
    lookAtVolume(this, this.window, scheduled.prescription.windowLimitNl, scheduled, owedNl, nowMs);
    lookAtVolume(this, this.counted.hardWindow, this.maxWindowNl, scheduled, owedNl, nowMs);
    lookAhead(this, scheduled, DRUG_BUCKET_MS, drugs.endMs, nowMs);
    const mostNl = mostScheduledNl(scheduled.prescription, RING_BUCKETS * DRUG_BUCKET_MS, scheduled.lateMs) + owedNl;
    const ring = drugs.ring;
    const numerator = this.stroke.plNumerator;
    const divisor = this.stroke.plDenominator * PL_PER_NL;
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
          roomNl = Math.min(roomNl, Math.floor((strokes * numerator) / divisor) - this.aheadNl[ahead]);
          oldest++;
          if (oldest === RING_BUCKETS) oldest = 0;
          remembered -= ring[first + oldest];
        }
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
  lookAhead(forecast, scheduled, window.bucketMs, window.endMs, nowMs);
  const ring = window.ring;
  const numerator = forecast.stroke.plNumerator;
  const divisor = forecast.stroke.plDenominator * PL_PER_NL;
  let remembered = window.strokes;
  // The oldest bucket leaves first: it lies just after the current one.
  let oldest = window.current;
  // After that the ring holds nothing of the past: 49 buckets of what is scheduled, what was owed before them, at most the whole bolus.
  let mostTakenNl = mostScheduledNl(scheduled.prescription, RING_BUCKETS * window.bucketMs, scheduled.lateMs) + owedNl;
  for (let ahead = 0; ahead < RING_BUCKETS; ahead++) {
    const takenNl = Math.ceil((remembered * numerator) / divisor) + forecast.aheadNl[ahead];
    mostTakenNl = Math.max(mostTakenNl, takenNl);
    oldest++;
    if (oldest === RING_BUCKETS) oldest = 0;
    remembered -= ring[oldest];
  }
  if (limitNl - mostTakenNl >= forecast.roomNl) return;
  forecast.roomNl = limitNl - mostTakenNl;
  forecast.windowMs = window.windowMs;
}

/** Fills `aheadNl`: what is scheduled from `nowMs` to the end of each bucket. Every part rounded up. */
function lookAhead(
  forecast: BolusForecast,
  scheduled: Scheduled,
  bucketMs: number,
  firstEndMs: number,
  nowMs: number,
): void {
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
    forecast.aheadNl[ahead] = volumeNl;
    endMs += bucketMs;
  }
}
