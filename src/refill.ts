import { EventKind } from "./events";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusKind } from "./delivery/bolus-run";
import type { Therapy } from "./delivery/therapy";
import { TherapyMode } from "./delivery/therapy";
import { MOST_DRUGS } from "./prescription/prescription";
import { JournalCode, PrimeRefusal, RefillRefusal } from "./record/journal";
import type { Reports } from "./reports";
import { FlowError } from "./reservoir/flow-error";
import { ReservoirLevel } from "./reservoir/reservoir";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction, WIDE_BAND_NL } from "./safety/alarm-table";
import type { Supervision } from "./supervision";
import { isWhole, MS_PER_DAY, quotientRoundedUp, wholeQuotient } from "./units";

/** A priming bolus has to be confirmed within this time, in ms. */
export const PRIME_CONFIRM_MS = 600000;

/** The whole dead volume is without drug. */
const ALL_EMPTY = -1;

/** What is done at a stopped pump: the residual measured, the reservoir filled, the line primed, parts changed. */
export class Refill {
  /** Flow error, refill after refill. */
  readonly flow = new FlowError();
  private isMeasured: boolean;
  /** Dead volume without drug, in nL; ALL_EMPTY: all of it. */
  private emptyNl: number;
  private primeNl = 0;
  private primeAskedMs = -PRIME_CONFIRM_MS;

  constructor(
    private readonly config: PumpConfig,
    private readonly delivery: Delivery,
    private readonly therapy: Therapy,
    private readonly supervision: Supervision,
    private readonly reports: Reports,
  ) {
    this.emptyNl = 0;
    this.isMeasured = false;
    if (delivery.totalStrokes === 0) {
      this.emptyNl = ALL_EMPTY;
      this.isMeasured = delivery.reservoir.filledNl === 0;
    }
  }

  /** Therapy has begun: what a prime could have filled is being filled by it, and a residual that was measured is past. */
  therapyBegan(): void {
    this.emptyNl = 0;
    this.isMeasured = false;
    this.primeNl = 0;
  }

  /**
   * The reservoir held `actualNl` when it was emptied: compared with the expected band, and true from now on. Returns why it was not taken; 0: it
   * was.
   */
  measure(actualNl: number, nowMs: number): RefillRefusal | 0 {
    const reservoir = this.delivery.reservoir;
    const reports = this.reports;
    const config = this.config;
    if (!this.isStill()) return RefillRefusal.notStopped;
    if (!isWhole(actualNl, 0, config.capacityNl)) return RefillRefusal.volume;
    const leastNl = reservoir.contentNl();
    const countedNl = this.delivery.stroke.volumeNl(reservoir.drawnStrokes);
    const perMille = config.accuracyPerMille;
    let allowedNl = WIDE_BAND_NL;
    if (perMille !== 0) allowedNl = Math.min(allowedNl, wholeQuotient(countedNl * perMille, 1000));
    let isOff = 0;
    if (actualNl < leastNl - allowedNl) isOff = 1;
    if (actualNl > leastNl + reservoir.bandNl() + allowedNl) isOff = 1;
    reports.log(JournalCode.residualMeasured, leastNl, actualNl, allowedNl, isOff);
    if (countedNl !== 0) {
      const flow = this.flow;
      const errorPerMille = flow.judge(reservoir.filledNl - actualNl, countedNl, nowMs);
      reports.log(JournalCode.flowError, errorPerMille, flow.wholePerMille(), 0, 0);
    }
    if (isOff !== 0) reports.raise(AlarmKind.residualDiscrepancy, false);
    reports.alarms.causeGone(AlarmKind.reservoirUncertain);
    this.isMeasured = true;
    this.setContent(actualNl, reservoir.filledAtMs, reservoir.expiryDay);
    return 0;
  }

  /**
   * The reservoir holds `contentNl` of these concentrations now; the drug expires at the end of `expiryDay`, 0: no date. Returns why it cannot be
   * filled so; 0: it was.
   */
  fill(contentNl: number, expiryDay: number, concentrations: readonly number[], nowMs: number): RefillRefusal | 0 {
    const delivery = this.delivery;
    const reports = this.reports;
    const mixture = delivery.mixture;
    const library = this.config.library;
    if (!this.isStill()) return RefillRefusal.notStopped;
    if (!isWhole(contentNl, 0, this.config.capacityNl)) return RefillRefusal.volume;
    if (!this.isMeasured) return RefillRefusal.notMeasured;
    if (reports.alarms.isActive(AlarmKind.residualDiscrepancy)) return RefillRefusal.discrepancy;
    let drugs = 0;
    for (let i = 0; i < concentrations.length; i++) {
      const ngPerUl = concentrations[i];
      if (ngPerUl !== 0) {
        drugs++;
        if (i >= library.length) return RefillRefusal.drugs;
        if (!isWhole(ngPerUl, library[i].minNgPerUl, library[i].maxNgPerUl)) return RefillRefusal.drugs;
      }
    }
    if (!isWhole(drugs, 1, MOST_DRUGS)) return RefillRefusal.drugs;
    if (!isWhole(expiryDay, 0, 1000000)) return RefillRefusal.drugs;
    if (!mixture.holds(concentrations)) {
      let oldNl = this.deadNl();
      // Before the first fill there is no old fluid.
      if (delivery.totalStrokes + delivery.reservoir.filledAtMs === 0) oldNl = 0;
      else if (oldNl === 0) return RefillRefusal.deadVolumeUnknown;
      mixture.change(concentrations, delivery.stroke.strokesToGive(oldNl));
      if (oldNl !== 0) reports.log(JournalCode.oldFluid, oldNl, 0, 0, 0);
    }
    this.isMeasured = false;
    this.setContent(contentNl, nowMs, expiryDay);
    reports.log(JournalCode.refilled, contentNl, expiryDay, 0, 0);
    this.supervision.renew(nowMs);
    return 0;
  }

  /** What is in the reservoir is known anew, and with it whether it is still low or empty. */
  private setContent(contentNl: number, filledAtMs: number, expiryDay: number): void {
    const reservoir = this.delivery.reservoir;
    const alarms = this.reports.alarms;
    reservoir.fill(contentNl, filledAtMs, expiryDay);
    if (reservoir.level !== ReservoirLevel.empty) alarms.causeGone(AlarmKind.emptyReservoir);
    if (reservoir.level === ReservoirLevel.ok) alarms.causeGone(AlarmKind.lowReservoir);
    this.delivery.unsaved = true;
  }

  /**
   * A priming bolus of `volumeNl` is asked for, or confirmed with its volume (`kind` confirmPrime): then it begins, at the maximum rate. Returns why
   * it cannot be given; 0: it can.
   */
  prime(kind: EventKind, volumeNl: number, nowMs: number): PrimeRefusal | 0 {
    const delivery = this.delivery;
    const reports = this.reports;
    const fillableNl = this.fillableNl();
    if (!this.isStill()) return PrimeRefusal.notStopped;
    if (this.deadNl() === 0) return PrimeRefusal.deadVolumeUnknown;
    if (!isWhole(volumeNl, delivery.stroke.volumeRoundedUpNl(1), fillableNl)) return PrimeRefusal.aboveDeadVolume;
    if (volumeNl >= delivery.reservoir.usableNl()) return PrimeRefusal.alarmActive;
    if (reports.alarms.motor !== MotorAction.goesOn) return PrimeRefusal.alarmActive;
    if (kind === EventKind.prime) {
      this.primeNl = volumeNl;
      this.primeAskedMs = nowMs;
      reports.log(JournalCode.primeAsked, volumeNl, 0, 0, 0);
      return 0;
    }
    if (volumeNl !== this.primeNl) return PrimeRefusal.notConfirmed;
    if (nowMs - this.primeAskedMs > PRIME_CONFIRM_MS) return PrimeRefusal.notConfirmed;
    this.primeNl = 0;
    this.emptyNl = fillableNl - volumeNl;
    const lastsMs = quotientRoundedUp(volumeNl * MS_PER_DAY, this.config.maxRateNlPerDay);
    delivery.desk.beginSquare(BolusKind.priming, volumeNl, lastsMs, nowMs);
    delivery.unsaved = true;
    return 0;
  }

  /** Tubing or catheter was changed: `volumeNl` of the dead volume are without drug. */
  partChanged(volumeNl: number): void {
    const reports = this.reports;
    let mostNl = 0;
    if (this.isStill()) mostNl = this.deadNl();
    if (!isWhole(volumeNl, 1, mostNl)) {
      reports.log(JournalCode.orderRefused, EventKind.deadVolumeEmpty, volumeNl, 0, 0);
      return;
    }
    this.emptyNl = volumeNl;
    // A whole new line holds none of the old fluid.
    if (volumeNl === mostNl) this.delivery.mixture.oldHasPassed();
    reports.log(JournalCode.deadVolumeEmpty, volumeNl, 0, 0, 0);
  }

  /** The tube set in the head is new. */
  tubeChanged(nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    if (!this.isStill()) {
      reports.log(JournalCode.orderRefused, EventKind.tubeChanged, 0, 0, 0);
      return;
    }
    reports.alarms.causeGone(AlarmKind.tubeLife);
    this.supervision.watchTube(delivery.totalStrokes, nowMs, nowMs);
    delivery.unsaved = true;
    reports.log(JournalCode.tubeChanged, 0, 0, 0, 0);
  }

  /** Dead volume of tubing and catheter, in nL; 0: not known. */
  deadNl(): number {
    const catheterNl = this.delivery.prescription.catheterNl;
    const tubingNl = this.config.tubingNl;
    if (tubingNl === 0) return 0;
    return catheterNl === 0 ? 0 : tubingNl + catheterNl;
  }

  /** How much of the dead volume is without drug, in nL. */
  fillableNl(): number {
    return this.emptyNl === ALL_EMPTY ? this.deadNl() : this.emptyNl;
  }

  private isStill(): boolean {
    if (this.therapy.mode !== TherapyMode.stopped) return false;
    return this.delivery.desk.square.kind === BolusKind.none;
  }
}
