import { EventKind } from "./events";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusKind } from "./delivery/bolus-run";
import type { Therapy } from "./delivery/therapy";
import { TherapyMode } from "./delivery/therapy";
import { MOST_DRUGS } from "./prescription/prescription";
import { JournalCode, PrimeRefusal, RefillRefusal } from "./record/journal";
import { RecordFlag } from "./record/state-record";
import type { StateRecord } from "./record/state-record";
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
  /** The residual was measured, and nothing has moved since. */
  isMeasured: boolean;
  /** Dead volume without drug, in nL; ALL_EMPTY: all of it. */
  emptyNl: number;
  /** Volume of the priming bolus that waits for its confirmation, in nL; 0: none does. */
  primeNl = 0;
  primeAskedMs = -PRIME_CONFIRM_MS;

  constructor(
    readonly config: PumpConfig,
    readonly delivery: Delivery,
    readonly therapy: Therapy,
    readonly supervision: Supervision,
    readonly reports: Reports,
    restored: StateRecord,
  ) {
    this.emptyNl = restored.emptyNl;
    this.isMeasured = (restored.flags & RecordFlag.residualMeasured) !== 0;
    if (restored.totalStrokes + restored.filledNl === 0) this.isMeasured = true;
    this.flow.reallyNl = restored.flowReallyNl;
    this.flow.countedNl = restored.flowCountedNl;
  }

  /** Dead volume of tubing and catheter, in nL; 0: not known. */
  deadNl(): number {
    const catheterNl = this.delivery.prescription.catheterNl;
    const tubingNl = this.config.tubingNl;
    if (tubingNl === 0) return 0;
    if (catheterNl === 0) return 0;
    return tubingNl + catheterNl;
  }

  /** How much of the dead volume is without drug, in nL. */
  fillableNl(): number {
    const emptyNl = this.emptyNl;
    if (emptyNl === ALL_EMPTY) return this.deadNl();
    return emptyNl;
  }
}

/**
 * The reservoir held `actualNl` when it was emptied: compared with the expected band, and true from now on. Returns why it was not taken; 0: it
 * was.
 */
export function measureResidual(refill: Refill, actualNl: number, nowMs: number): RefillRefusal | 0 {
  const reservoir = refill.delivery.reservoir;
  const reports = refill.reports;
  const config = refill.config;
  if (!isStill(refill)) return RefillRefusal.notStopped;
  if (!isWhole(actualNl, 0, config.capacityNl)) return RefillRefusal.volume;
  const leastNl = reservoir.contentNl();
  const countedNl = refill.delivery.stroke.volumeNl(reservoir.drawnStrokes);
  const perMille = config.accuracyPerMille;
  let allowedNl = WIDE_BAND_NL;
  if (perMille !== 0) allowedNl = Math.min(allowedNl, wholeQuotient(countedNl * perMille, 1000));
  let isOff = 0;
  if (actualNl < leastNl - allowedNl) isOff = 1;
  if (reservoir.bandNl() + leastNl + allowedNl < actualNl) isOff = 1;
  reports.note(JournalCode.residualMeasured, leastNl, actualNl, allowedNl, isOff);
  if (countedNl !== 0) {
    const flow = refill.flow;
    const errorPerMille = flow.judge(reservoir.filledNl - actualNl, countedNl, nowMs);
    const wholePerMille = flow.wholePerMille();
    reports.note(JournalCode.flowError, errorPerMille, wholePerMille);
  }
  if (isOff !== 0) reports.raise(AlarmKind.residualDiscrepancy, false);
  reports.alarms.causeGone(AlarmKind.reservoirUncertain);
  refill.isMeasured = true;
  setContent(refill, actualNl, reservoir.filledAtMs, reservoir.expiryDay);
  return 0;
}

/**
 * The reservoir holds `contentNl` of these concentrations now; the drug expires at the end of `expiryDay`, 0: no date. Returns why it cannot be
 * filled so; 0: it was.
 */
export function fillReservoir(
  refill: Refill,
  contentNl: number,
  expiryDay: number,
  concentrations: readonly number[],
  nowMs: number,
): RefillRefusal | 0 {
  const delivery = refill.delivery;
  const reports = refill.reports;
  const mixture = delivery.mixture;
  const library = refill.config.library;
  if (!isStill(refill)) return RefillRefusal.notStopped;
  if (!isWhole(contentNl, 0, refill.config.capacityNl)) return RefillRefusal.volume;
  if (!refill.isMeasured) return RefillRefusal.notMeasured;
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
    let oldNl = refill.deadNl();
    // Before the first fill there is no old fluid.
    if (delivery.totalStrokes + delivery.reservoir.filledAtMs === 0) oldNl = 0;
    else if (oldNl === 0) return RefillRefusal.deadVolumeUnknown;
    const oldStrokes = delivery.stroke.strokesToGive(oldNl);
    mixture.change(concentrations, oldStrokes, nowMs);
    if (oldNl !== 0) reports.note(JournalCode.oldFluid, oldNl);
  }
  refill.isMeasured = false;
  setContent(refill, contentNl, nowMs, expiryDay);
  reports.note(JournalCode.refilled, contentNl, expiryDay);
  refill.supervision.renew(nowMs);
  return 0;
}

/**
 * A priming bolus of `volumeNl` is asked for, or confirmed with its volume (`kind` confirmPrime): then it begins, at the maximum rate. Returns why
 * it cannot be given; 0: it can.
 */
export function primeLine(refill: Refill, kind: EventKind, volumeNl: number, nowMs: number): PrimeRefusal | 0 {
  const delivery = refill.delivery;
  const reports = refill.reports;
  const fillableNl = refill.fillableNl();
  if (!isStill(refill)) return PrimeRefusal.notStopped;
  if (refill.deadNl() === 0) return PrimeRefusal.deadVolumeUnknown;
  if (!isWhole(volumeNl, delivery.stroke.volumeRoundedUpNl(1), fillableNl)) return PrimeRefusal.aboveDeadVolume;
  if (volumeNl >= delivery.reservoir.usableNl()) return PrimeRefusal.alarmActive;
  if (reports.alarms.motor !== MotorAction.goesOn) return PrimeRefusal.alarmActive;
  // The guard does not know that it reaches nobody.
  const guard = delivery.guard;
  const roomNl = delivery.stroke.volumeNl(guard.limitStrokes - guard.window.strokes);
  if (volumeNl > roomNl) return PrimeRefusal.hardLimit;
  if (kind === EventKind.prime) {
    refill.primeNl = volumeNl;
    refill.primeAskedMs = nowMs;
    reports.note(JournalCode.primeAsked, volumeNl);
    return 0;
  }
  if (volumeNl !== refill.primeNl) return PrimeRefusal.notConfirmed;
  if (nowMs - refill.primeAskedMs > PRIME_CONFIRM_MS) return PrimeRefusal.notConfirmed;
  refill.primeNl = 0;
  refill.emptyNl = fillableNl - volumeNl;
  const lastsMs = quotientRoundedUp(volumeNl * MS_PER_DAY, refill.config.maxRateNlPerDay);
  delivery.desk.beginSquare(BolusKind.priming, volumeNl, lastsMs, nowMs);
  delivery.unsaved = true;
  return 0;
}

/** Tubing or catheter was changed: `volumeNl` of the dead volume are without drug. */
export function changePart(refill: Refill, volumeNl: number, nowMs: number): void {
  const reports = refill.reports;
  let mostNl = 0;
  if (isStill(refill)) mostNl = refill.deadNl();
  if (!isWhole(volumeNl, 1, mostNl)) {
    reports.note(JournalCode.orderRefused, EventKind.deadVolumeEmpty, volumeNl);
    return;
  }
  refill.emptyNl = volumeNl;
  // A whole new line holds none of the old fluid.
  if (volumeNl === mostNl) refill.delivery.mixture.oldHasPassed(nowMs);
  refill.delivery.unsaved = true;
  reports.note(JournalCode.deadVolumeEmpty, volumeNl);
}

/** The tube set in the head is new. */
export function changeTube(refill: Refill, nowMs: number): void {
  const delivery = refill.delivery;
  const reports = refill.reports;
  if (!isStill(refill)) {
    reports.note(JournalCode.orderRefused, EventKind.tubeChanged);
    return;
  }
  reports.alarms.causeGone(AlarmKind.tubeLife);
  refill.supervision.watchTube(delivery.totalStrokes, nowMs, nowMs);
  delivery.unsaved = true;
  reports.note(JournalCode.tubeChanged);
}

/** What is in the reservoir is known anew, and with it whether it is still low or empty. */
function setContent(refill: Refill, contentNl: number, filledAtMs: number, expiryDay: number): void {
  const reservoir = refill.delivery.reservoir;
  const alarms = refill.reports.alarms;
  reservoir.fill(contentNl, filledAtMs, expiryDay);
  if (reservoir.level !== ReservoirLevel.empty) alarms.causeGone(AlarmKind.emptyReservoir);
  if (reservoir.level === ReservoirLevel.ok) alarms.causeGone(AlarmKind.lowReservoir);
  refill.delivery.unsaved = true;
}

function isStill(refill: Refill): boolean {
  if (refill.therapy.mode !== TherapyMode.stopped) return false;
  return refill.delivery.desk.square.kind === BolusKind.none;
}
