import { breathe } from "./breath";
import { CommandKind } from "./commands";
import { Confirm, EventKind } from "./events";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import type { Therapy } from "./delivery/therapy";
import { beginAnew, TherapyMode } from "./delivery/therapy";
import { largeChanges } from "./prescription/change";
import { digestOf } from "./prescription/digest";
import { ActivePrescription, PRESCRIPTION_FIELDS } from "./prescription/prescription";
import { PrescriptionProblems } from "./prescription/problem";
import { highestNlPerDay } from "./prescription/scheduled-volume";
import { validatePrescription } from "./prescription/validate";
import { ConfirmRefusal, JournalCode, StartRefusal } from "./record/journal";
import type { Reports } from "./reports";
import { ReservoirLevel } from "./reservoir/reservoir";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction } from "./safety/alarm-table";
import type { Supervision } from "./supervision";
import { copyInto, wholeQuotient, zeros } from "./units";

/**
 * What the clinic orders of therapy: prescription, start, stop, hold. Each is carried out or refused with a reason.
 *
 * A prescription comes into force in two steps: it is staged, judged and shown beside the active one, and then confirmed with its digest. What
 * is confirmed is what was judged, and nothing else.
 */
export class Orders {
  /** The numbers that are handed over, in the order of PrescriptionField. Whoever gives the event `stage` fills them first. */
  readonly draft = zeros(PRESCRIPTION_FIELDS);
  /** The numbers of what was staged last; only while `isStaged`. */
  readonly staged = { fields: zeros(PRESCRIPTION_FIELDS) };
  isStaged = false;
  /** Core time at which the prescription in force was confirmed, in ms; -1: there is none. */
  programmedAtMs = -1;
  /** Another one than the last record holds. */
  isUnsaved = false;
  /** Highest id of all commands so far. */
  highestCommandId = 0;
  digest = 0;
  changes = 0;
  /** How many soft limits it passes. */
  soft = 0;

  constructor(
    readonly config: PumpConfig,
    readonly delivery: Delivery,
    readonly therapy: Therapy,
    readonly supervision: Supervision,
    readonly reports: Reports,
  ) {}

  /** The prescription of these numbers is in force from `nowMs` on: a new one, or the ledger's again. */
  putInForce(fields: readonly number[], nowMs: number): void {
    const delivery = this.delivery;
    const prescription = delivery.prescription;
    prescription.adopt(fields);
    if (prescription.windowMs !== delivery.window.windowMs) delivery.window.resize(prescription.windowMs, nowMs);
    delivery.windowLimitStrokes = delivery.stroke.wholeStrokesIn(prescription.windowLimitNl);
    delivery.reservoir.setLow(prescription.lowNl);
  }
}

/** Judges what is in `draft`; every problem is logged. Refused when one of them is hard. */
export function stagePrescription(orders: Orders): void {
  const delivery = orders.delivery;
  const reports = orders.reports;
  const fields = orders.staged.fields;
  copyInto(fields, orders.draft);
  // Made for the judgement and let go: a board has little memory.
  breathe();
  const staged = new ActivePrescription(fields);
  breathe();
  const problems = new PrescriptionProblems();
  const digest = digestOf(fields);
  breathe();
  let changes = largeChanges(delivery.prescription.fields, fields);
  // A first one, or the first again: all of it is new.
  if (orders.programmedAtMs < 0) changes = Math.max(1, changes);
  orders.digest = digest;
  orders.changes = changes;
  validatePrescription(staged, fields, orders.config, delivery.stroke, problems);
  orders.soft = problems.soft;
  orders.isStaged = problems.hard === 0;
  if (orders.isStaged) reports.note(JournalCode.staged, digest, problems.soft, changes);
  else reports.note(JournalCode.stageRefused, digest, problems.hard);
  for (let i = 0; i < problems.listed; i++) {
    breathe();
    reports.note(JournalCode.problem, problems.fault[i], problems.given[i], problems.limit[i], problems.at[i]);
  }
}

/**
 * A prescription is confirmed by `digest`, with {@link Confirm} bits: the staged one comes into force and ends the boluses. Returns why that was
 * refused, which changes nothing; 0: it is in force.
 */
export function confirmPrescription(orders: Orders, digest: number, bits: number, nowMs: number): ConfirmRefusal | 0 {
  const delivery = orders.delivery;
  const reports = orders.reports;
  const reservoir = delivery.reservoir;
  const fields = orders.staged.fields;
  if (!orders.isStaged) return ConfirmRefusal.otherDigest;
  const soft = orders.soft;
  // While therapy runs, the fluid is what it is.
  if (orders.therapy.mode !== TherapyMode.stopped)
    if (fluidRefusal(orders, new ActivePrescription(fields)) !== 0) return ConfirmRefusal.otherDrugs;
  if (digest !== orders.digest) return ConfirmRefusal.otherDigest;
  if (soft !== 0) if ((bits & Confirm.softLimits) === 0) return ConfirmRefusal.softLimits;
  if (orders.changes !== 0) if ((bits & Confirm.largeChanges) === 0) return ConfirmRefusal.largeChanges;
  orders.isStaged = false;
  reports.note(JournalCode.programmed, digest, soft, orders.changes);
  delivery.endBoluses(BolusEnd.programmed, nowMs);
  orders.putInForce(fields, nowMs);
  breathe();
  if (reservoir.level === ReservoirLevel.ok) reports.alarms.causeGone(AlarmKind.lowReservoir);
  delivery.unsaved = true;
  orders.isUnsaved = true;
  orders.programmedAtMs = nowMs;
  beginAnew(orders.therapy, nowMs);
  orders.supervision.renew(nowMs);
  return 0;
}

/** Begins therapy, or goes on with it after a hold. Returns why not; 0: it has begun. */
export function startTherapy(orders: Orders, faultLatched: boolean, nowMs: number): StartRefusal | 0 {
  const delivery = orders.delivery;
  const therapy = orders.therapy;
  const reports = orders.reports;
  const level = delivery.reservoir.level;
  if (faultLatched) return StartRefusal.faultLatched;
  if (orders.programmedAtMs < 0) return StartRefusal.noPrescription;
  if (therapy.mode === TherapyMode.running) return StartRefusal.alreadyRunning;
  if (level === ReservoirLevel.empty) return StartRefusal.reservoirEmpty;
  const alarms = reports.alarms;
  if (alarms.motor !== MotorAction.goesOn) return StartRefusal.alarmActive;
  if (alarms.isActive(AlarmKind.residualDiscrepancy)) return StartRefusal.alarmActive;
  const fluid = fluidRefusal(orders, delivery.prescription);
  if (fluid !== 0) return fluid;
  if (therapy.hasEnded) return StartRefusal.programEnded;
  if (delivery.desk.square.kind === BolusKind.priming) return StartRefusal.priming;
  delivery.unsaved = true;
  reports.note(JournalCode.started);
  // Nothing is delivered before the ledger knows what has been ordered now.
  delivery.reservation.hold();
  therapy.go(TherapyMode.running, nowMs);
  if (level === ReservoirLevel.low) reports.raise(AlarmKind.lowReservoir, true);
  return 0;
}

/** Ends therapy, or a prime, and silences sound. The stroke that is being made is finished. */
export function stopTherapy(orders: Orders, nowMs: number): void {
  const reports = orders.reports;
  const delivery = orders.delivery;
  reports.silence();
  if (orders.therapy.mode === TherapyMode.stopped) if (delivery.desk.square.kind !== BolusKind.priming) return;
  delivery.endBoluses(BolusEnd.stopped, nowMs);
  orders.therapy.go(TherapyMode.stopped, nowMs);
  delivery.unsaved = true;
  reports.command(CommandKind.motorOff, 0);
  reports.note(JournalCode.stopped);
}

/** The prescription is out of force, and with it what is staged; the next one counts as a first one. Only while stopped. */
export function withdrawPrescription(orders: Orders): void {
  if (orders.therapy.mode !== TherapyMode.stopped) {
    orders.reports.note(JournalCode.orderRefused, EventKind.withdraw);
    return;
  }
  orders.programmedAtMs = -1;
  orders.isStaged = false;
  orders.delivery.unsaved = true;
  orders.reports.note(JournalCode.withdrawn);
}

/** Holds running therapy at the minimum rate; the boluses end. */
export function holdTherapy(orders: Orders, nowMs: number): void {
  const delivery = orders.delivery;
  const reports = orders.reports;
  let minimumNlPerDay = 0;
  if (orders.therapy.mode === TherapyMode.running) minimumNlPerDay = delivery.prescription.minimumNlPerDay;
  if (minimumNlPerDay === 0) {
    reports.note(JournalCode.orderRefused, EventKind.hold, StartRefusal.noMinimumRate);
    return;
  }
  delivery.endBoluses(BolusEnd.held, nowMs);
  orders.therapy.go(TherapyMode.held, nowMs);
  delivery.unsaved = true;
  reports.note(JournalCode.held);
}

/**
 * Why the fluid cannot be given by `p`; 0: it can. The reservoir has to hold what `p` says. What is still in the line must not pass a hard
 * limit of the library by the rate or a bolus of `p`, and a bridge needs the primary drug in it.
 */
function fluidRefusal(orders: Orders, p: ActivePrescription): StartRefusal | 0 {
  const mixture = orders.delivery.mixture;
  if (!mixture.holds(p.concentrationNgPerUl)) return StartRefusal.otherDrugs;
  if (mixture.oldStrokes === 0) return 0;
  const tip = mixture.tip;
  let rate = highestNlPerDay(p);
  if (p.bridge !== 0) {
    const old = tip[p.primaryDrug];
    if (old === 0) return StartRefusal.oldFluid;
    rate = wholeQuotient(rate * p.concentrationNgPerUl[p.primaryDrug], old);
  }
  const bolusNl = Math.max(p.bolusNl, p.scheduledNl);
  for (let drug = 0; drug < orders.config.library.length; drug++) {
    const old = tip[drug];
    const limits = orders.config.library[drug];
    if (rate * old > limits.hardHourNg * 24000) return StartRefusal.oldFluid;
    if (bolusNl * old > limits.hardBolusNg * 1000) return StartRefusal.oldFluid;
  }
  return 0;
}
