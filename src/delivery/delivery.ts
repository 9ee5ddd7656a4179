import type { WallClock } from "../clock";
import { CommandKind } from "../commands";
import type { PumpConfig } from "../config";
import { OutstandingStrokes } from "../motion/outstanding";
import { MoveResult } from "../motion/step-driver";
import { StrokeVolume } from "../motion/stroke";
import { ActivePrescription, PRESCRIPTION_FIELDS, ProgramKind } from "../prescription/prescription";
import { DayLog } from "../record/day-log";
import { JournalCode } from "../record/journal";
import type { Reservation } from "../record/reservation";
import { RecordFlag } from "../record/state-record";
import type { StateRecord } from "../record/state-record";
import type { Reports } from "../reports";
import { Mixture } from "../reservoir/mixture";
import { Reservoir, ReservoirLevel } from "../reservoir/reservoir";
import { AlarmKind } from "../safety/alarm-kind";
import { WIDE_BAND_NL } from "../safety/alarm-table";
import type { Guard } from "../safety/guard";
import { copyInto, isWhole, NEVER_MS, zeros } from "../units";
import { BolusDesk } from "./bolus-desk";
import { BolusJudgement } from "./bolus-judgement";
import { BolusEnd, BolusKind } from "./bolus-run";
import { DRUG_WINDOW_MS, DrugWindows } from "./drug-windows";
import { BucketRing } from "./bucket-ring";
import { RollingWindow } from "./rolling-window";
import { StepPlan } from "./step-plan";

/** Delivery control: turns what is ordered into strokes, each past the last gate, and knows what is still on its way. */
export class Delivery {
  /** The volume of one stroke. */
  readonly stroke: StrokeVolume;
  /** What is owed. */
  readonly plan: StepPlan;
  /** What was given within the dose limit's window. */
  readonly window = new RollingWindow();
  /** The same within the window of the pump's own hard limit. */
  readonly hardWindow = new BucketRing();
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
  /** The prescription in force; one step of nothing before the first. */
  readonly prescription = new ActivePrescription(zeros(PRESCRIPTION_FIELDS));
  /** What was given on each of the last days. */
  readonly days = new DayLog();
  /** Strokes ordered since the pump was made; with what a power cut has left open. */
  totalStrokes: number;
  /** Those of them that went to the patient. */
  patientStrokes: number;
  /** Those of them, since this start, that filled the line and reached nobody. */
  primingStrokes = 0;
  /** Total strokes at which the tube set has reached its life; NEVER_MS: no bound is declared. */
  tubeEndStrokes = NEVER_MS;
  /** True when something changed that has to survive a restart; whoever saves it clears it. */
  unsaved = false;
  /** Most strokes in the dose limit's window. */
  windowLimitStrokes = 0;
  /** The last stroke was dropped at a dose limit. */
  isDropping = false;

  constructor(
    config: PumpConfig,
    restored: StateRecord,
    private readonly clock: WallClock,
    readonly reports: Reports,
    /** What may be delivered before the next record. */
    readonly reservation: Reservation,
    /** The second opinion at the motor. */
    readonly guard: Guard,
  ) {
    const nowMs = restored.coreMs;
    // One step of nothing.
    this.prescription.program = ProgramKind.continuous;
    this.prescription.steps = 1;
    this.stroke = new StrokeVolume(config);
    this.plan = new StepPlan(this.stroke, nowMs);
    this.reservoir = new Reservoir(config, this.stroke, restored);
    this.mixture = new Mixture(restored);
    this.drugs = new DrugWindows(config, this.stroke, restored);
    this.outstanding = new OutstandingStrokes(config.strokeMs);
    // What was reserved may have been delivered: it counts, and widens the reservoir's band.
    const reserved = restored.reservedStrokes;
    this.totalStrokes = restored.totalStrokes + reserved;
    this.patientStrokes = restored.patientStrokes;
    if ((restored.flags & RecordFlag.intoLine) === 0) this.patientStrokes += reserved;
    const window = this.window;
    window.begin(config.windowMs, nowMs, restored.hours);
    const hard = this.hardWindow;
    hard.emptyRing(config.windowMs, nowMs);
    // The ledger knows whole hours; what the guard has found again is finer.
    let known: BucketRing = window;
    if (guard.window.strokes !== 0) known = guard.window;
    copyInto(window.ring, known.ring);
    copyInto(hard.ring, known.ring);
    window.strokes = known.strokes;
    hard.strokes = known.strokes;
    const judgement = new BolusJudgement(config, this, clock, reports);
    this.desk = new BolusDesk(config, this.plan, judgement, reports, restored, reservation);
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
    const reservation = this.reservation;
    const intoLine = desk.square.kind === BolusKind.priming;
    if (nowMs >= desk.endMs) {
      desk.serve(nowMs);
      this.unsaved = true;
    }
    // Without a reservation the stroke waits for the record that is being written.
    if (reservation.left === 0) return;
    if (!plan.takeStroke()) return;
    // A store that was slow must not make strokes come in a row.
    this.forfeit();
    if (nowMs >= this.days.endMs) this.days.turn(this.clock, nowMs);
    const hard = this.hardWindow;
    if (nowMs >= hard.endMs) hard.rollRing(nowMs);
    if (intoLine) this.primingStrokes = this.primingStrokes + 1;
    else if (!isWithinLimits(this, nowMs)) return;
    // The pump's own limit is one of what moves, wherever it goes.
    hard.ring[hard.current] = hard.ring[hard.current] + 1;
    hard.strokes = hard.strokes + 1;
    reservoir.draw(1);
    this.totalStrokes = this.totalStrokes + 1;
    reservation.left = reservation.left - 1;
    this.outstanding.ordered(nowMs);
    reports.command(CommandKind.move, 1);
    if (mixture.oldStrokes !== 0) {
      mixture.oldStrokes = mixture.oldStrokes - 1;
      if (mixture.oldStrokes === 0) {
        mixture.oldHasPassed(nowMs);
        reports.note(JournalCode.oldFluidPassed);
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

  /** Gives up for good what is owed in whole strokes: they waited for a record, and may not come any more. */
  forfeit(): void {
    while (this.plan.takeStroke()) this.reports.note(JournalCode.forfeited, this.stroke.volumeNl(1));
  }

  /** The step driver has reported `strokes`. Returns false when so many were not outstanding. */
  reported(strokes: number, result: MoveResult, nowMs: number): boolean {
    if (!isWhole(strokes, 1, this.outstanding.strokes)) return false;
    this.outstanding.reported(strokes, nowMs);
    if (result !== MoveResult.made) {
      this.doubt(strokes);
    }
    // A dropped stroke stays counted: part of it may have been made.
    if (result === MoveResult.dropped) {
      this.endBoluses(BolusEnd.controlLate, nowMs);
      this.reports.raise(AlarmKind.controlLate, false);
    }
    return true;
  }

  /** `strokes` were counted and perhaps not made. */
  doubt(strokes: number): void {
    const reservoir = this.reservoir;
    reservoir.uncertainStrokes = Math.min(reservoir.drawnStrokes, reservoir.uncertainStrokes + strokes);
    this.unsaved = true;
    if (reservoir.bandNl() > WIDE_BAND_NL) this.reports.raise(AlarmKind.reservoirUncertain, true);
  }
}

/** Counts the stroke where it fits into every window; drops it for good where it does not. */
function isWithinLimits(delivery: Delivery, nowMs: number): boolean {
  const drugs = delivery.drugs;
  const reports = delivery.reports;
  const window = delivery.window;
  window.rollTo(nowMs);
  if (nowMs >= drugs.endMs) drugs.rollDrugs(nowMs);
  // The window that has no room for it, and the drug's place in the library, from 1; 0: none.
  let fullMs = delivery.prescription.windowMs;
  let refusedBy = 0;
  const hard = delivery.hardWindow;
  const guard = delivery.guard;
  // After a power cut the guard may count more.
  if (nowMs >= guard.window.endMs) guard.endBucket(nowMs);
  const inHardWindow = Math.max(hard.strokes, guard.window.strokes);
  if (inHardWindow >= guard.limitStrokes) fullMs = hard.windowMs;
  else if (window.strokes < delivery.windowLimitStrokes) {
    fullMs = DRUG_WINDOW_MS;
    refusedBy = drugs.addStroke(delivery.mixture.tip);
    if (refusedBy === 0) fullMs = 0;
  }
  if (fullMs !== 0) {
    delivery.isDropping = true;
    reports.note(JournalCode.strokeDropped, fullMs, refusedBy);
    reports.raise(AlarmKind.doseLimitReached, true);
    return false;
  }
  window.addStrokes(1);
  delivery.patientStrokes = delivery.patientStrokes + 1;
  const numbers = delivery.days.days.numbers;
  const today = delivery.days.today;
  numbers[today + 1] = numbers[today + 1] + 1;
  numbers[today + 2] = numbers[today + 2] + delivery.mixture.tip[delivery.prescription.primaryDrug];
  if (delivery.isDropping) {
    delivery.isDropping = false;
    reports.alarms.causeGone(AlarmKind.doseLimitReached);
  }
  return true;
}
