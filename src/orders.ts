import { CommandKind } from "./commands";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { BolusEnd } from "./delivery/demand-bolus";
import { ActivePrescription } from "./prescription/prescription";
import { PrescriptionFault, PrescriptionVerdict, validatePrescription } from "./prescription/validate";
import { JournalCode, StartRefusal } from "./record/journal";
import type { Reports } from "./reports";
import { ReservoirLevel } from "./reservoir/reservoir";
import { AlarmKind } from "./safety/alarms";
import { isWhole } from "./units";

/** What the clinic orders: prescription, start, stop, refill. Each is carried out or refused with a reason. */
export class Orders {
  /** True from start to stop, as a person ordered it; alarms and faults inhibit delivery without changing it. */
  running = false;
  private programmed = false;
  private readonly candidate = new ActivePrescription();
  private readonly verdict = new PrescriptionVerdict();

  constructor(
    private readonly config: PumpConfig,
    private readonly delivery: Delivery,
    private readonly reports: Reports,
  ) {}

  /** A prescription was confirmed. Judged once more here; a refused one changes nothing, an accepted one ends a running bolus. */
  program(fields: number[], faultLatched: boolean, nowMs: number): void {
    const delivery = this.delivery;
    const verdict = this.verdict;
    this.candidate.take(fields);
    validatePrescription(this.candidate, fields, this.config, delivery.stroke, verdict);
    if (verdict.fault !== PrescriptionFault.none) {
      this.reports.log(JournalCode.programRefused, verdict.fault, verdict.given, verdict.limit, 0);
      return;
    }
    delivery.endBolus(BolusEnd.programmed, nowMs);
    const windowMs = this.programmed ? delivery.prescription.windowMs : this.config.windowMs;
    if (this.candidate.windowMs !== windowMs) delivery.window.resize(this.candidate.windowMs, nowMs);
    delivery.prescription.take(fields);
    delivery.windowLimitStrokes = delivery.stroke.wholeStrokesIn(this.candidate.windowLimitNl);
    delivery.unsaved = true;
    this.programmed = true;
    this.reports.log(JournalCode.programmed, 0, 0, 0, 0);
    if (this.running && !faultLatched && delivery.reservoir.level !== ReservoirLevel.empty) this.beginBasal();
  }

  /** Begins therapy, or says why not. */
  start(faultLatched: boolean): void {
    const level = this.delivery.reservoir.level;
    let refusal = 0;
    if (faultLatched) refusal = StartRefusal.faultLatched;
    else if (!this.programmed) refusal = StartRefusal.noPrescription;
    else if (this.running) refusal = StartRefusal.alreadyRunning;
    else if (level === ReservoirLevel.empty) refusal = StartRefusal.reservoirEmpty;
    if (refusal !== 0) {
      this.reports.log(JournalCode.startRefused, refusal, 0, 0, 0);
      return;
    }
    this.running = true;
    this.delivery.unsaved = true;
    this.reports.log(JournalCode.started, 0, 0, 0, 0);
    this.beginBasal();
    if (level === ReservoirLevel.low) this.reports.raise(AlarmKind.lowReservoir, true);
  }

  /** Ends therapy and silences sound. The stroke that is being made is finished. */
  stop(nowMs: number): void {
    this.reports.silence();
    if (!this.running) return;
    this.running = false;
    this.delivery.halt(BolusEnd.stopped, nowMs);
    this.delivery.unsaved = true;
    // A stopped pump drops no strokes: the alarm can be acknowledged.
    this.reports.alarms.causeGone(AlarmKind.doseLimitReached);
    this.reports.command(CommandKind.motorOff, 0);
    this.reports.log(JournalCode.stopped, 0, 0, 0, 0);
  }

  /** The reservoir holds `contentNl` now. Refused while running, and above what it can hold. */
  refill(contentNl: number): void {
    if (this.running || !isWhole(contentNl, 0, this.config.capacityNl)) {
      this.reports.log(JournalCode.refillRefused, contentNl, 0, 0, 0);
      return;
    }
    const reservoir = this.delivery.reservoir;
    reservoir.fill(contentNl);
    if (reservoir.level !== ReservoirLevel.empty) this.reports.alarms.causeGone(AlarmKind.emptyReservoir);
    if (reservoir.level === ReservoirLevel.ok) this.reports.alarms.causeGone(AlarmKind.lowReservoir);
    this.reports.log(JournalCode.refilled, contentNl, 0, 0, 0);
    this.delivery.unsaved = true;
  }

  private beginBasal(): void {
    this.delivery.plan.basalNlPerDay = this.delivery.prescription.basalNlPerDay;
  }
}
