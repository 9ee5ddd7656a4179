import type { WallClock } from "../clock";
import { CommandKind } from "../commands";
import type { PumpConfig } from "../config";
import { lowestNlPerDay, stepAt, untilNextStepMs } from "../prescription/scheduled-volume";
import { JournalCode } from "../record/journal";
import type { Reports } from "../reports";
import { AlarmKind } from "../safety/alarm-kind";
import { MotorAction, STOPPED_TOO_LONG_MS } from "../safety/alarm-table";
import type { AlarmTimes } from "../safety/alarm-times";
import { NEVER_MS, wholeQuotient } from "../units";
import { BolusEnd, BolusKind } from "./bolus-run";
import type { Delivery } from "./delivery";

/** What a person has ordered the pump to do. Alarms and faults inhibit it without changing it. */
export enum TherapyMode {
  stopped = 0,
  running = 1,
  /** Held at the minimum rate. */
  held = 2,
}

/**
 * The program in force, moment by moment: which basal rate, when the next scheduled bolus begins, when the program ends. Scheduled
 * boluses and ends live on core time; the wall clock selects the step of the day and nothing else.
 */
export class Therapy {
  mode = TherapyMode.stopped;
  /** Next instant at which the program changes something, in ms of core time. A plain field: it is read at every wake. */
  nextMs = NEVER_MS;
  /** True when the program has reached its end: it has to be confirmed anew. */
  hasEnded = false;
  /** True once the last shot of a trial has begun. */
  lastShotBegun = false;
  /** The basal makes up for old fluid in the line. */
  isBridging = false;
  /** Start of the next scheduled bolus, in ms of core time; NEVER_MS: none comes. */
  nextBolusMs = NEVER_MS;
  /** Start of the last scheduled bolus, in ms of core time. */
  lastBolusMs = -NEVER_MS;
  /** When the program ends, in ms of core time; NEVER_MS: never, or it has not begun. */
  endMs = NEVER_MS;
  /** It has been started since it was confirmed. */
  hasBegun = false;
  /** Scheduled boluses begun. */
  boluses = 0;

  constructor(
    private readonly config: PumpConfig,
    readonly delivery: Delivery,
    private readonly clock: WallClock,
    private readonly times: AlarmTimes,
    readonly reports: Reports,
  ) {}

  /** From `nowMs` on the pump is in `mode`. */
  go(mode: TherapyMode, nowMs: number): void {
    const p = this.delivery.prescription;
    if (mode !== TherapyMode.stopped) {
      this.times.setDue(AlarmKind.stoppedTooLong, NEVER_MS);
      this.reports.alarms.causeGone(AlarmKind.stoppedTooLong);
    } else if (this.mode !== mode) {
      this.times.setDue(AlarmKind.stoppedTooLong, nowMs + STOPPED_TOO_LONG_MS);
      // A stopped pump drops no strokes: the alarm can be acknowledged.
      this.reports.alarms.causeGone(AlarmKind.doseLimitReached);
    }
    this.mode = mode;
    if (mode === TherapyMode.running) {
      if (!this.hasBegun) {
        this.hasBegun = true;
        // A program that repeats its bolus gives no more when it is confirmed again and again; a single shot is an order of its own.
        if (p.scheduledNl !== 0) {
          this.nextBolusMs = nowMs;
          if (p.scheduledCount !== 1) this.nextBolusMs = Math.max(nowMs, this.lastBolusMs + p.scheduledEveryMs);
        }
        if (p.endsAfterMs !== 0) this.endMs = nowMs + p.endsAfterMs;
      }
    }
    this.skipMissed(nowMs);
    this.setRate(nowMs);
  }

  /** Serves what changes at `nowMs`: the end of the program, a scheduled bolus, a step of the day. */
  serve(nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    let ends = nowMs >= this.endMs;
    if (this.lastShotBegun) {
      if (delivery.desk.square.kind === BolusKind.none) ends = true;
    }
    if (ends) {
      this.hasEnded = true;
      this.lastShotBegun = false;
      this.endMs = NEVER_MS;
      this.nextBolusMs = NEVER_MS;
      delivery.endBoluses(BolusEnd.programEnded, nowMs);
      this.go(TherapyMode.stopped, nowMs);
      delivery.unsaved = true;
      reports.command(CommandKind.motorOff, 0);
      reports.note(JournalCode.programEnded);
      return;
    }
    let begins = nowMs >= this.nextBolusMs;
    if (this.mode !== TherapyMode.running) begins = false;
    // While the motor is held still the instant passes.
    if (reports.alarms.motor !== MotorAction.goesOn) begins = false;
    if (begins) {
      const p = delivery.prescription;
      if (delivery.desk.beginSquare(BolusKind.scheduled, p.scheduledNl, p.scheduledMs, nowMs)) {
        this.boluses = this.boluses + 1;
        this.lastBolusMs = nowMs;
      }
      this.nextBolusMs = this.nextBolusMs + p.scheduledEveryMs;
      // A count of 0 is no end.
      if (p.scheduledCount !== 0) {
        if (this.boluses === p.scheduledCount) {
          this.nextBolusMs = NEVER_MS;
          this.lastShotBegun = true;
        }
      }
    }
    this.setRate(nowMs);
  }

  /** What should have begun while nothing could is left out. One that is due at this very instant is not missed. */
  skipMissed(nowMs: number): void {
    if (this.nextBolusMs >= nowMs) return;
    const p = this.delivery.prescription;
    const everyMs = p.scheduledEveryMs;
    // A single shot has no next time: it was ordered with the start that a late wake has just served.
    if (p.scheduledCount === 1) this.nextBolusMs = nowMs;
    else this.nextBolusMs += (wholeQuotient(nowMs - 1 - this.nextBolusMs, everyMs) + 1) * everyMs;
  }

  /** Puts the rate into force that mode, schedule, clock, bridge and alarms leave, and finds the next change. */
  setRate(nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    const p = delivery.prescription;
    const mixture = delivery.mixture;
    const clock = this.clock;
    let rate = 0;
    this.nextMs = NEVER_MS;
    this.isBridging = false;
    if (this.mode !== TherapyMode.stopped) {
      // An end that passed while the pump was stopped comes now.
      this.nextMs = Math.max(nowMs, this.endMs);
      if (reports.alarms.motor === MotorAction.goesOn) {
        rate = p.minimumNlPerDay;
        if (this.mode === TherapyMode.running) {
          let nextMs = Math.min(this.nextMs, this.nextBolusMs);
          rate = p.stepNlPerDay[0];
          if (p.steps > 1) {
            if (clock.known) {
              const timeOfDayMs = clock.timeOfDayMs(nowMs);
              rate = p.stepNlPerDay[stepAt(p, timeOfDayMs)];
              nextMs = Math.min(untilNextStepMs(p, timeOfDayMs) + nowMs, nextMs);
            } else rate = lowestNlPerDay(p);
          }
          this.nextMs = nextMs;
          let oldNgPerUl = 0;
          if (p.bridge !== 0) if (mixture.oldStrokes !== 0) oldNgPerUl = mixture.tip[p.primaryDrug];
          if (oldNgPerUl !== 0) {
            // The dose that is ordered, over the concentration that comes out.
            this.isBridging = true;
            rate = wholeQuotient(rate * p.concentrationNgPerUl[p.primaryDrug], oldNgPerUl);
            rate = Math.min(rate, this.config.maxRateNlPerDay);
          }
        }
      }
    }
    if (rate === delivery.plan.basalNlPerDay) return;
    delivery.plan.basalNlPerDay = rate;
    delivery.desk.setRates(nowMs);
    reports.note(JournalCode.basalRate, rate);
  }
}

/** Another prescription is in force: its program has not begun. */
export function beginAnew(therapy: Therapy, nowMs: number): void {
  therapy.hasBegun = false;
  therapy.hasEnded = false;
  therapy.lastShotBegun = false;
  therapy.boluses = 0;
  therapy.nextBolusMs = NEVER_MS;
  therapy.endMs = NEVER_MS;
  let mode = therapy.mode;
  if (mode === TherapyMode.stopped) return;
  if (mode === TherapyMode.held)
    if (therapy.delivery.prescription.minimumNlPerDay === 0) {
      // There is nothing to hold at any more.
      mode = TherapyMode.stopped;
    }
  therapy.go(mode, nowMs);
  if (mode === TherapyMode.stopped) therapy.reports.note(JournalCode.stopped);
}
