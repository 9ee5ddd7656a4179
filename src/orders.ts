import { CommandKind } from "./commands";
import { EventKind } from "./events";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import type { Therapy } from "./delivery/therapy";
import { TherapyMode } from "./delivery/therapy";
import { Staging } from "./prescription/staging";
import { ConfirmRefusal, JournalCode, StartRefusal } from "./record/journal";
import type { Reports } from "./reports";
import { ReservoirLevel } from "./reservoir/reservoir";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction } from "./safety/alarm-table";
import type { Supervision } from "./supervision";

/** What the clinic orders of therapy: prescription, start, stop, hold. Each is carried out or refused with a reason. */
export class Orders {
  /** The two steps of a prescription. */
  readonly staging: Staging;
  /** Core time at which the prescription in force was confirmed, in ms; -1: there is none. */
  programmedAtMs = -1;

  constructor(
    private readonly config: PumpConfig,
    private readonly delivery: Delivery,
    private readonly therapy: Therapy,
    private readonly supervision: Supervision,
    private readonly reports: Reports,
  ) {
    this.staging = new Staging(config, delivery.stroke, delivery.prescription, reports);
  }

  /** A prescription is confirmed. A refused confirmation changes nothing, an accepted one ends the boluses. */
  confirm(digest: number, bits: number, nowMs: number): void {
    const delivery = this.delivery;
    const reports = this.reports;
    const reservoir = delivery.reservoir;
    const staged = this.staging.staged;
    // While therapy runs, the fluid is what it is.
    if (this.staging.isStaged) {
      if (this.therapy.mode !== TherapyMode.stopped) {
        if (!delivery.mixture.holds(staged.concentrationNgPerUl)) {
          reports.log(JournalCode.confirmRefused, ConfirmRefusal.otherDrugs, digest, 0, 0);
          return;
        }
      }
    }
    if (!this.staging.confirm(digest, bits)) return;
    delivery.endBoluses(BolusEnd.programmed, nowMs);
    let windowMs = this.config.windowMs;
    if (this.programmedAtMs >= 0) windowMs = delivery.prescription.windowMs;
    if (staged.windowMs !== windowMs) delivery.window.resize(staged.windowMs, nowMs);
    delivery.prescription.take(staged.fields);
    delivery.windowLimitStrokes = delivery.stroke.wholeStrokesIn(staged.windowLimitNl);
    reservoir.setLow(staged.lowNl);
    if (reservoir.level === ReservoirLevel.ok) reports.alarms.causeGone(AlarmKind.lowReservoir);
    delivery.unsaved = true;
    this.programmedAtMs = nowMs;
    this.therapy.programmed(nowMs);
    this.supervision.renew(nowMs);
  }

  /** Begins therapy, or goes on with it after a hold; or says why not. */
  start(faultLatched: boolean, nowMs: number): void {
    const reports = this.reports;
    const refusal = this.startRefusal(faultLatched);
    if (refusal !== 0) {
      reports.log(JournalCode.startRefused, refusal, 0, 0, 0);
      return;
    }
    this.delivery.unsaved = true;
    reports.log(JournalCode.started, 0, 0, 0, 0);
    this.therapy.go(TherapyMode.running, nowMs);
    if (this.delivery.reservoir.level === ReservoirLevel.low) reports.raise(AlarmKind.lowReservoir, true);
  }

  private startRefusal(faultLatched: boolean): StartRefusal | 0 {
    const delivery = this.delivery;
    const therapy = this.therapy;
    if (faultLatched) return StartRefusal.faultLatched;
    if (this.programmedAtMs < 0) return StartRefusal.noPrescription;
    if (therapy.mode === TherapyMode.running) return StartRefusal.alreadyRunning;
    if (delivery.reservoir.level === ReservoirLevel.empty) return StartRefusal.reservoirEmpty;
    if (this.reports.alarms.motor !== MotorAction.goesOn) return StartRefusal.alarmActive;
    if (!delivery.mixture.holds(delivery.prescription.concentrationNgPerUl)) return StartRefusal.otherDrugs;
    if (therapy.hasEnded) return StartRefusal.programEnded;
    return delivery.desk.square.kind === BolusKind.priming ? StartRefusal.priming : 0;
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
