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

  /** The reservoir held `actualNl` when it was emptied: compared with the expected band, and true from now on. */
  measure(actualNl: number, nowMs: number): void {
    const reservoir = this.delivery.reservoir;
    const reports = this.reports;
    const refusal = this.refusalOf(actualNl);
    if (refusal !== 0) {
      reports.log(JournalCode.refillRefused, refusal, actualNl, 0, 0);
      return;
    }
    const leastNl = reservoir.contentNl();
    const countedNl = this.delivery.stroke.volumeNl(reservoir.drawnStrokes);
    const perMille = this.config.accuracyPerMille;
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
  }

  /** The reservoir holds `contentNl` of these concentrations now; the drug expires at the end of `expiryDay`, 0: no date. */
  fill(contentNl: number, expiryDay: number, concentrations: readonly number[], nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    const mixture = delivery.mixture;
    const isOther = !mixture.holds(concentrations);
    // Before the first fill there is no old fluid.
    let hasOld = isOther;
    if (delivery.totalStrokes === 0) if (delivery.reservoir.filledAtMs === 0) hasOld = false;
    const refusal = this.fillRefusal(contentNl, expiryDay, concentrations, hasOld);
    if (refusal !== 0) {
      reports.log(JournalCode.refillRefused, refusal, contentNl, 0, 0);
      return;
    }
    if (isOther) {
      const oldNl = hasOld ? this.deadNl() : 0;
      mixture.change(concentrations, delivery.stroke.strokesToGive(oldNl));
      if (oldNl !== 0) reports.log(JournalCode.oldFluid, oldNl, 0, 0, 0);
    }
    this.isMeasured = false;
    this.setContent(contentNl, nowMs, expiryDay);
    reports.log(JournalCode.refilled, contentNl, expiryDay, 0, 0);
    this.supervision.renew(nowMs);
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

  /** A priming bolus of `volumeNl` is asked for; it begins when it is confirmed. */
  askPrime(volumeNl: number, nowMs: number): void {
    if (this.refusesPrime(volumeNl, true)) return;
    this.primeNl = volumeNl;
    this.primeAskedMs = nowMs;
    this.reports.log(JournalCode.primeAsked, volumeNl, 0, 0, 0);
  }

  /** The priming bolus that was asked for is confirmed with its volume, and begins at the maximum rate. */
  confirmPrime(volumeNl: number, nowMs: number): void {
    const isAsked = volumeNl === this.primeNl && nowMs - this.primeAskedMs <= PRIME_CONFIRM_MS;
    if (this.refusesPrime(volumeNl, isAsked)) return;
    this.primeNl = 0;
    this.emptyNl = this.fillableNl() - volumeNl;
    const lastsMs = quotientRoundedUp(volumeNl * MS_PER_DAY, this.config.maxRateNlPerDay);
    this.delivery.desk.beginSquare(BolusKind.priming, volumeNl, lastsMs, nowMs);
    this.delivery.unsaved = true;
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
    if (!this.isStill()) {
      this.reports.log(JournalCode.orderRefused, EventKind.tubeChanged, 0, 0, 0);
      return;
    }
    this.supervision.tubeChanged(nowMs);
    this.delivery.unsaved = true;
    this.reports.log(JournalCode.tubeChanged, 0, 0, 0, 0);
  }

  /** Dead volume of tubing and catheter, in nL; 0: not known. */
  deadNl(): number {
    const catheterNl = this.delivery.prescription.catheterNl;
    const tubingNl = this.config.tubingNl;
    if (tubingNl === 0) return 0;
    return catheterNl === 0 ? 0 : tubingNl + catheterNl;
  }

  private fillableNl(): number {
    return this.emptyNl === ALL_EMPTY ? this.deadNl() : this.emptyNl;
  }

  private isStill(): boolean {
    if (this.therapy.mode !== TherapyMode.stopped) return false;
    return this.delivery.desk.square.kind === BolusKind.none;
  }

  private refusalOf(volumeNl: number): RefillRefusal | 0 {
    if (!this.isStill()) return RefillRefusal.notStopped;
    return isWhole(volumeNl, 0, this.config.capacityNl) ? 0 : RefillRefusal.volume;
  }

  /** Why the reservoir cannot be filled so; 0: it can. `hasOld`: old fluid has to pass the line first. */
  private fillRefusal(
    contentNl: number,
    expiryDay: number,
    concentrations: readonly number[],
    hasOld: boolean,
  ): RefillRefusal | 0 {
    const refusal = this.refusalOf(contentNl);
    if (refusal !== 0) return refusal;
    if (!this.isMeasured) return RefillRefusal.notMeasured;
    if (this.reports.alarms.isActive(AlarmKind.residualDiscrepancy)) return RefillRefusal.discrepancy;
    const library = this.config.library;
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
    if (!hasOld) return 0;
    return this.deadNl() === 0 ? RefillRefusal.deadVolumeUnknown : 0;
  }

  /** Refuses a priming bolus that cannot be given now, or that was not asked for before. */
  private refusesPrime(volumeNl: number, isAsked: boolean): boolean {
    const refusal = this.primeRefusal(volumeNl, isAsked);
    if (refusal === 0) return false;
    this.reports.log(JournalCode.primeRefused, refusal, this.fillableNl(), 0, 0);
    return true;
  }

  private primeRefusal(volumeNl: number, isAsked: boolean): PrimeRefusal | 0 {
    const delivery = this.delivery;
    if (!this.isStill()) return PrimeRefusal.notStopped;
    if (this.deadNl() === 0) return PrimeRefusal.deadVolumeUnknown;
    if (!isWhole(volumeNl, delivery.stroke.volumeRoundedUpNl(1), this.fillableNl()))
      return PrimeRefusal.aboveDeadVolume;
    if (volumeNl >= delivery.reservoir.usableNl()) return PrimeRefusal.alarmActive;
    if (this.reports.alarms.motor !== MotorAction.goesOn) return PrimeRefusal.alarmActive;
    return isAsked ? 0 : PrimeRefusal.notConfirmed;
  }
}
