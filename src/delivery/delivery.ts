import { CommandKind } from "../commands";
import type { PumpConfig } from "../config";
import { OutstandingStrokes } from "../motion/outstanding";
import { MoveResult } from "../motion/step-driver";
import { StrokeVolume } from "../motion/stroke";
import { ActivePrescription } from "../prescription/prescription";
import { JournalCode } from "../record/journal";
import type { StateRecord } from "../record/store";
import type { Reports } from "../reports";
import { Reservoir, ReservoirLevel } from "../reservoir/reservoir";
import { AlarmKind } from "../safety/alarms";
import { isWhole } from "../units";
import { BolusDesk } from "./bolus-desk";
import { BolusEnd, NO_BOLUS_YET } from "./demand-bolus";
import { NOTHING_BEFORE_MS, RollingWindow } from "./rolling-window";
import { StepPlan } from "./step-plan";

/** Delivery control: turns what is ordered into strokes, each past the last gate, and knows what is still on its way. */
export class Delivery {
  /** The volume of one stroke. */
  readonly stroke: StrokeVolume;
  /** What is owed. */
  readonly plan: StepPlan;
  /** What was given within the dose limit's window. */
  readonly window = new RollingWindow();
  /** What is left. */
  readonly reservoir: Reservoir;
  /** Where boluses are asked for. */
  readonly desk: BolusDesk;
  /** What the step driver has not reported yet. */
  readonly outstanding: OutstandingStrokes;
  /** The prescription in force; all zeros before the first. */
  readonly prescription = new ActivePrescription();
  /** Strokes ordered since the pump was made. */
  totalStrokes: number;
  /** True when something changed that has to survive a restart; whoever saves it clears it. */
  unsaved = false;
  /** Most strokes in the dose limit's window. */
  windowLimitStrokes = 0;

  constructor(
    config: PumpConfig,
    restored: StateRecord,
    private readonly reports: Reports,
  ) {
    this.stroke = new StrokeVolume(config);
    this.plan = new StepPlan(this.stroke, restored.coreMs);
    this.reservoir = new Reservoir(config, this.stroke, restored.filledNl, restored.drawnStrokes);
    this.outstanding = new OutstandingStrokes(config.strokeMs);
    this.totalStrokes = restored.totalStrokes;
    // A blank record is a pump that never moved. Any other says nothing of the windows, and a bolus may have been running.
    const isNew = restored.sequence === 0;
    this.window.begin(config.windowMs, restored.coreMs, isNew ? NOTHING_BEFORE_MS : restored.coreMs);
    this.desk = new BolusDesk(config, this.stroke, this.prescription, this.plan, this.window, this.reservoir, reports);
    this.desk.bolus.lastEndMs = isNew ? NO_BOLUS_YET : restored.coreMs;
  }

  /** Next instant at which something falls due here, in ms of core time; NEVER_MS: nothing will. */
  nextDueMs(): number {
    return Math.min(this.plan.nextStrokeMs(), Math.min(this.desk.bolus.endMs, this.outstanding.overdueMs));
  }

  /** Serves `nowMs`: a bolus that ends, a stroke that is due. The plan has been accrued. */
  serve(nowMs: number): void {
    if (nowMs >= this.desk.bolus.endMs) this.endBolus(BolusEnd.complete, nowMs);
    if (this.plan.isStrokeDue()) this.deliverStroke(nowMs);
  }

  /** Ends the running bolus, if one runs. */
  endBolus(why: BolusEnd, nowMs: number): void {
    if (this.desk.end(why, this.plan.accruedToMs, nowMs)) this.unsaved = true;
  }

  /** Nothing is ordered any more: basal off, the bolus ended for good. */
  halt(why: BolusEnd, nowMs: number): void {
    this.endBolus(why, nowMs);
    this.plan.basalNlPerDay = 0;
  }

  /** The step driver has reported `strokes`. Returns false when so many were not outstanding. */
  reported(strokes: number, result: MoveResult, nowMs: number): boolean {
    if (!isWhole(strokes, 1, this.outstanding.strokes)) return false;
    this.outstanding.reported(strokes, nowMs);
    // A dropped stroke stays counted: part of it may have been made.
    if (result === MoveResult.dropped) {
      this.endBolus(BolusEnd.controlLate, nowMs);
      this.reports.raise(AlarmKind.controlLate, false);
    }
    return true;
  }

  /**
   * Gives up what fell due from `missedMs` to `nowMs`: the shell slept through it. What was owed before stays owed, a running bolus
   * ends, basal goes on from now. The plan has been accrued to `missedMs`. Returns the volume in nL, rounded down.
   */
  forfeit(missedMs: number, nowMs: number): number {
    let forfeitedNl = 0;
    if (this.plan.isStrokeDue()) {
      this.plan.takeStroke();
      forfeitedNl = this.stroke.volumeNl(1);
    }
    forfeitedNl += this.plan.forfeitTo(nowMs, this.desk.bolus.endMs);
    if (this.desk.end(BolusEnd.controlLate, missedMs, nowMs)) this.unsaved = true;
    this.reports.raise(AlarmKind.controlLate, false);
    this.outstanding.expectFrom(nowMs);
    return forfeitedNl;
  }

  /** Last gate of every stroke: the dose limit is asked about the stroke itself. */
  private deliverStroke(nowMs: number): void {
    this.plan.takeStroke();
    this.window.rollTo(nowMs);
    if (this.window.strokes >= this.windowLimitStrokes) {
      this.reports.log(JournalCode.strokeDropped, this.prescription.windowMs, 0, 0, 0);
      this.reports.raise(AlarmKind.doseLimitReached, true);
      return;
    }
    this.window.add(1);
    this.reservoir.draw(1);
    this.totalStrokes++;
    this.outstanding.ordered(nowMs);
    this.reports.command(CommandKind.move, 1);
    this.reports.alarms.causeGone(AlarmKind.doseLimitReached);
    if (this.reservoir.level !== ReservoirLevel.ok) this.reservoirIsLow(nowMs);
  }

  private reservoirIsLow(nowMs: number): void {
    this.reports.raise(AlarmKind.lowReservoir, true);
    if (this.reservoir.level === ReservoirLevel.low) {
      this.endBolus(BolusEnd.reservoirLow, nowMs);
      return;
    }
    this.halt(BolusEnd.reservoirEmpty, nowMs);
    this.reports.command(CommandKind.motorOff, 0);
    this.reports.raise(AlarmKind.emptyReservoir, true);
    this.unsaved = true;
  }
}
