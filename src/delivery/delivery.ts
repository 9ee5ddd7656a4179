import type { WallClock } from "../clock";
import { CommandKind } from "../commands";
import type { PumpConfig } from "../config";
import { OutstandingStrokes } from "../motion/outstanding";
import { MoveResult } from "../motion/step-driver";
import { StrokeVolume } from "../motion/stroke";
import { ActivePrescription } from "../prescription/prescription";
import { DayLog } from "../record/day-log";
import { JournalCode } from "../record/journal";
import type { StateRecord } from "../record/store";
import type { Reports } from "../reports";
import { Mixture } from "../reservoir/mixture";
import { Reservoir, ReservoirLevel } from "../reservoir/reservoir";
import { AlarmKind } from "../safety/alarm-kind";
import { WIDE_BAND_NL } from "../safety/alarm-table";
import { isWhole, NEVER_MS } from "../units";
import { BolusDesk } from "./bolus-desk";
import { BolusJudgement } from "./bolus-judgement";
import { BolusEnd, BolusKind } from "./bolus-run";
import { DRUG_WINDOW_MS, DrugWindows } from "./drug-windows";
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
  /** What was given of each drug in the last 24 h. */
  readonly drugs: DrugWindows;
  /** What is left. */
  readonly reservoir: Reservoir;
  /** What is dissolved in it, and what comes out at the tip. */
  readonly mixture: Mixture;
  /** Where boluses are asked for. */
  readonly desk: BolusDesk;
  /** What the step driver has not reported yet. */
  readonly outstanding: OutstandingStrokes;
  /** The prescription in force; all zeros before the first. */
  readonly prescription = new ActivePrescription();
  /** What was given on each of the last days. */
  readonly days = new DayLog();
  /** Strokes ordered since the pump was made. */
  totalStrokes: number;
  /** Those of them, since this start, that filled the line and reached nobody. */
  primingStrokes = 0;
  /** Total strokes at which the tube set has reached its life; NEVER_MS: no bound is declared. */
  tubeEndStrokes = NEVER_MS;
  /** True when something changed that has to survive a restart; whoever saves it clears it. */
  unsaved = false;
  /** Most strokes in the dose limit's window. */
  windowLimitStrokes = 0;
  /** The last stroke was dropped at a dose limit. */
  private isDropping = false;

  constructor(
    config: PumpConfig,
    restored: StateRecord,
    private readonly clock: WallClock,
    private readonly reports: Reports,
  ) {
    this.stroke = new StrokeVolume(config);
    this.plan = new StepPlan(this.stroke, restored.coreMs);
    this.reservoir = new Reservoir(config, this.stroke, restored);
    this.mixture = new Mixture(restored.drugs);
    this.drugs = new DrugWindows(config, this.stroke, restored.coreMs);
    this.outstanding = new OutstandingStrokes(config.strokeMs);
    this.totalStrokes = restored.totalStrokes;
    // A blank record is a pump that never moved. Any other says nothing of the windows, and a bolus may have been running.
    let knownFromMs = NOTHING_BEFORE_MS;
    if (restored.sequence !== 0) knownFromMs = restored.coreMs;
    this.window.begin(config.windowMs, restored.coreMs, knownFromMs);
    const judgement = new BolusJudgement(config, this, clock, reports);
    this.desk = new BolusDesk(config, this.plan, judgement, reports, knownFromMs);
  }

  /**
   * Serves `nowMs`: boluses that end, a stroke that is due. The plan has been accrued. The dose limits are the last gate of the stroke itself;
   * what fills the line reaches nobody.
   */
  serve(nowMs: number): void {
    const desk = this.desk;
    const mixture = this.mixture;
    const reports = this.reports;
    const reservoir = this.reservoir;
    const plan = this.plan;
    const intoLine = desk.square.kind === BolusKind.priming;
    if (nowMs >= desk.endMs) {
      desk.serve(nowMs);
      this.unsaved = true;
    }
    if (!plan.takeStroke()) return;
    if (nowMs >= this.days.endMs) this.days.turn(this.clock, nowMs);
    if (intoLine) this.primingStrokes++;
    else if (!this.isWithinLimits(nowMs)) return;
    reservoir.draw(1);
    this.totalStrokes++;
    this.outstanding.ordered(nowMs);
    reports.command(CommandKind.move, 1);
    if (mixture.oldStrokes !== 0) {
      mixture.oldStrokes--;
      if (mixture.oldStrokes === 0) {
        mixture.oldHasPassed();
        reports.log(JournalCode.oldFluidPassed, 0, 0, 0, 0);
      }
    }
    if (this.totalStrokes >= this.tubeEndStrokes) reports.raise(AlarmKind.tubeLife, true);
    if (reservoir.level === ReservoirLevel.ok) return;
    reports.raise(AlarmKind.lowReservoir, true);
    if (reservoir.level === ReservoirLevel.low) {
      if (desk.endMs !== NEVER_MS) desk.endAdded(BolusEnd.reservoirLow, nowMs);
      return;
    }
    reports.raise(AlarmKind.emptyReservoir, true);
    this.unsaved = true;
  }

  /** Ends every bolus for good. */
  endBoluses(why: BolusEnd, nowMs: number): void {
    if (this.desk.endAll(why, this.plan.accruedToMs, nowMs)) this.unsaved = true;
  }

  /** The step driver has reported `strokes`. Returns false when so many were not outstanding. */
  reported(strokes: number, result: MoveResult, nowMs: number): boolean {
    if (!isWhole(strokes, 1, this.outstanding.strokes)) return false;
    this.outstanding.reported(strokes, nowMs);
    if (result !== MoveResult.made) {
      const reservoir = this.reservoir;
      reservoir.uncertainStrokes = Math.min(reservoir.drawnStrokes, reservoir.uncertainStrokes + strokes);
      this.unsaved = true;
      if (reservoir.bandNl() > WIDE_BAND_NL) this.reports.raise(AlarmKind.reservoirUncertain, true);
    }
    // A dropped stroke stays counted: part of it may have been made.
    if (result === MoveResult.dropped) {
      this.endBoluses(BolusEnd.controlLate, nowMs);
      this.reports.raise(AlarmKind.controlLate, false);
    }
    return true;
  }

  /**
   * Gives up what fell due from `missedMs` to `nowMs`: the shell slept through it. What was owed before stays owed, running boluses
   * end, basal goes on from now. The plan has been accrued to `missedMs`. Returns the volume in nL, rounded down.
   */
  forfeit(missedMs: number, nowMs: number): number {
    let forfeitedNl = 0;
    if (this.plan.takeStroke()) forfeitedNl = this.stroke.volumeNl(1);
    forfeitedNl += this.plan.forfeitTo(nowMs, this.desk.endMs);
    if (this.desk.endAll(BolusEnd.controlLate, missedMs, nowMs)) this.unsaved = true;
    this.reports.raise(AlarmKind.controlLate, false);
    this.outstanding.expectFrom(nowMs);
    return forfeitedNl;
  }

  /** Counts the stroke where it fits into every window; drops it for good where it does not. */
  private isWithinLimits(nowMs: number): boolean {
    const drugs = this.drugs;
    const reports = this.reports;
    const window = this.window;
    window.rollTo(nowMs);
    if (nowMs >= drugs.endMs) drugs.rollTo(nowMs);
    // The window that has no room for it, and the drug's place in the library, from 1; 0: none.
    let fullMs = this.prescription.windowMs;
    let refusedBy = 0;
    if (window.strokes < this.windowLimitStrokes) {
      fullMs = DRUG_WINDOW_MS;
      refusedBy = drugs.addStroke(this.mixture.tip);
      if (refusedBy === 0) fullMs = 0;
    }
    if (fullMs !== 0) {
      this.isDropping = true;
      reports.log(JournalCode.strokeDropped, fullMs, refusedBy, 0, 0);
      reports.raise(AlarmKind.doseLimitReached, true);
      return false;
    }
    window.add(1);
    this.days.count(this.mixture.tip[this.prescription.primaryDrug]);
    if (this.isDropping) {
      this.isDropping = false;
      reports.alarms.causeGone(AlarmKind.doseLimitReached);
    }
    return true;
  }
}
