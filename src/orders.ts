import { CommandKind } from "./commands";
import { Confirm, EventKind } from "./events";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import type { Therapy } from "./delivery/therapy";
import { TherapyMode } from "./delivery/therapy";
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
import { wholeQuotient, zeros } from "./units";

/**
 * What the clinic orders of therapy: prescription, start, stop, hold. Each is carried out or refused with a reason.
 *
 * A prescription comes into force in two steps: it is staged, judged and shown beside the active one, and then confirmed with its digest. What
 * is confirmed is what was judged, and nothing else.
 */
export class Orders {
  /** The numbers that are handed over, in the order of PrescriptionField. Whoever gives the event `stage` fills them first. */
  readonly draft = zeros(PRESCRIPTION_FIELDS);
  /** What was staged last; only while `isStaged`. */
  readonly staged = new ActivePrescription();
  isStaged = false;
  /** Core time at which the prescription in force was confirmed, in ms; -1: there is none. */
  programmedAtMs = -1;
  private digest = 0;
  private changes = 0;
  private readonly problems = new PrescriptionProblems();

  constructor(
    private readonly config: PumpConfig,
    private readonly delivery: Delivery,
    private readonly therapy: Therapy,
    private readonly supervision: Supervision,
    private readonly reports: Reports,
  ) {}

  /** Judges what is in `draft`; every problem is logged. Refused when one of them is hard. */
  stage(): void {
    const delivery = this.delivery;
    const problems = this.problems;
    const staged = this.staged;
    const reports = this.reports;
    staged.take(this.draft);
    const digest = digestOf(staged.fields);
    const changes = largeChanges(delivery.prescription.fields, staged.fields);
    this.digest = digest;
    this.changes = changes;
    validatePrescription(staged, staged.fields, this.config, delivery.stroke, problems);
    this.isStaged = problems.hard === 0;
    if (this.isStaged) reports.log(JournalCode.staged, digest, problems.soft, changes, 0);
    else reports.log(JournalCode.stageRefused, digest, problems.hard, 0, 0);
    for (let i = 0; i < problems.listed; i++)
      reports.log(JournalCode.problem, problems.fault[i], problems.given[i], problems.limit[i], problems.at[i]);
  }

  /**
   * A prescription is confirmed by `digest`, with {@link Confirm} bits: the staged one comes into force and ends the boluses. Returns why that was
   * refused, which changes nothing; 0: it is in force.
   */
  confirm(digest: number, bits: number, nowMs: number): ConfirmRefusal | 0 {
    const delivery = this.delivery;
    const reports = this.reports;
    const reservoir = delivery.reservoir;
    const staged = this.staged;
    if (!this.isStaged) return ConfirmRefusal.otherDigest;
    const soft = this.problems.soft;
    // While therapy runs, the fluid is what it is.
    if (this.therapy.mode !== TherapyMode.stopped)
      if (this.fluidRefusal(staged) !== 0) return ConfirmRefusal.otherDrugs;
    if (digest !== this.digest) return ConfirmRefusal.otherDigest;
    if (soft !== 0) if ((bits & Confirm.softLimits) === 0) return ConfirmRefusal.softLimits;
    if (this.changes !== 0) if ((bits & Confirm.largeChanges) === 0) return ConfirmRefusal.largeChanges;
    this.isStaged = false;
    reports.log(JournalCode.programmed, digest, soft, this.changes, 0);
    delivery.endBoluses(BolusEnd.programmed, nowMs);
    const window = delivery.window;
    if (staged.windowMs !== window.windowMs) window.resize(staged.windowMs, nowMs);
    delivery.prescription.take(staged.fields);
    delivery.windowLimitStrokes = delivery.stroke.wholeStrokesIn(staged.windowLimitNl);
    reservoir.setLow(staged.lowNl);
    if (reservoir.level === ReservoirLevel.ok) reports.alarms.causeGone(AlarmKind.lowReservoir);
    delivery.unsaved = true;
    this.programmedAtMs = nowMs;
    this.therapy.programmed(nowMs);
    this.supervision.renew(nowMs);
    return 0;
  }

  /** Begins therapy, or goes on with it after a hold. Returns why not; 0: it has begun. */
  start(faultLatched: boolean, nowMs: number): StartRefusal | 0 {
    const delivery = this.delivery;
    const therapy = this.therapy;
    const reports = this.reports;
    const level = delivery.reservoir.level;
    if (faultLatched) return StartRefusal.faultLatched;
    if (this.programmedAtMs < 0) return StartRefusal.noPrescription;
    if (therapy.mode === TherapyMode.running) return StartRefusal.alreadyRunning;
    if (level === ReservoirLevel.empty) return StartRefusal.reservoirEmpty;
    const alarms = reports.alarms;
    if (alarms.motor !== MotorAction.goesOn) return StartRefusal.alarmActive;
    if (alarms.isActive(AlarmKind.residualDiscrepancy)) return StartRefusal.alarmActive;
    const fluid = this.fluidRefusal(delivery.prescription);
    if (fluid !== 0) return fluid;
    if (therapy.hasEnded) return StartRefusal.programEnded;
    if (delivery.desk.square.kind === BolusKind.priming) return StartRefusal.priming;
    delivery.unsaved = true;
    reports.log(JournalCode.started, 0, 0, 0, 0);
    therapy.go(TherapyMode.running, nowMs);
    if (level === ReservoirLevel.low) reports.raise(AlarmKind.lowReservoir, true);
    return 0;
  }

  /**
   * Why the fluid cannot be given by `p`; 0: it can. The reservoir has to hold what `p` says. What is still in the line must not pass a hard
   * limit of the library by the rate or a bolus of `p`, and a bridge needs the primary drug in it.
   */
  private fluidRefusal(p: ActivePrescription): StartRefusal | 0 {
    const mixture = this.delivery.mixture;
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
    for (let drug = 0; drug < this.config.library.length; drug++) {
      const old = tip[drug];
      const limits = this.config.library[drug];
      if (rate * old > limits.hardHourNg * 24000) return StartRefusal.oldFluid;
      if (bolusNl * old > limits.hardBolusNg * 1000) return StartRefusal.oldFluid;
    }
    return 0;
  }

  /** Ends therapy, or a prime, and silences sound. The stroke that is being made is finished. */
  stop(nowMs: number): void {
    const reports = this.reports;
    const delivery = this.delivery;
    reports.silence();
    if (this.therapy.mode === TherapyMode.stopped) if (delivery.desk.square.kind !== BolusKind.priming) return;
    delivery.endBoluses(BolusEnd.stopped, nowMs);
    this.therapy.go(TherapyMode.stopped, nowMs);
    delivery.unsaved = true;
    reports.command(CommandKind.motorOff, 0);
    reports.log(JournalCode.stopped, 0, 0, 0, 0);
  }

  /** Holds running therapy at the minimum rate; the boluses end. */
  hold(nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    let minimumNlPerDay = 0;
    if (this.therapy.mode === TherapyMode.running) minimumNlPerDay = delivery.prescription.minimumNlPerDay;
    if (minimumNlPerDay === 0) {
      reports.log(JournalCode.orderRefused, EventKind.hold, StartRefusal.noMinimumRate, 0, 0);
      return;
    }
    delivery.endBoluses(BolusEnd.held, nowMs);
    this.therapy.go(TherapyMode.held, nowMs);
    delivery.unsaved = true;
    reports.log(JournalCode.held, 0, 0, 0, 0);
  }
}
