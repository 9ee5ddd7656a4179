import type { PumpConfig } from "../config";
import { JournalCode } from "../record/journal";
import { Recent } from "../record/recent";
import type { Reservation } from "../record/reservation";
import type { StateRecord } from "../record/state-record";
import type { Reports } from "../reports";
import { NEVER_MS } from "../units";
import { BolusHistory } from "./bolus-history";
import type { BolusJudgement } from "./bolus-judgement";
import { BolusEnd, BolusKind, BolusRun } from "./bolus-run";
import { BolusAnswer } from "./judge-bolus";
import type { StepPlan } from "./step-plan";

/** How many requests for a bolus are kept for who reads the pump. */
export const REQUESTS_KEPT = 12;

/**
 * Where boluses are asked for, granted or denied, and where they run and end. Two can be under way: a demand bolus, and a square one
 * (clinician's, scheduled or priming), which is suspended while the demand bolus runs.
 */
export class BolusDesk {
  /** The patient's bolus. */
  readonly demand = new BolusRun();
  /** The square bolus. */
  readonly square = new BolusRun();
  /** Lockout and count, and which requests were seen. */
  readonly history: BolusHistory;
  /** The last requests, for who reads the pump: core time, id, BolusAnswer, nL that were ordered until it ended. */
  readonly requests = new Recent(REQUESTS_KEPT, 4);
  /** How many of all requests were granted. */
  granted = 0;
  /** Next end of a bolus, in ms of core time; NEVER_MS: none runs. A plain field: it is read at every wake. */
  endMs = NEVER_MS;

  constructor(
    readonly config: PumpConfig,
    readonly plan: StepPlan,
    /** Whoever asks for a bolus tells it first where the pump stands. */
    readonly judgement: BolusJudgement,
    readonly reports: Reports,
    ledger: StateRecord,
    readonly reservation: Reservation,
  ) {
    this.history = new BolusHistory(ledger);
  }

  /**
   * The patient (`kind` demand) or a clinician asks for `volumeNl` over `overMs`, with request `id`. The answer is written down. Returns true when
   * it was granted and the bolus has begun.
   */
  ask(kind: BolusKind, id: number, volumeNl: number, overMs: number, nowMs: number): boolean {
    const judgement = this.judgement;
    const square = this.square;
    const verdict = judgement.verdict;
    judgement.judge(kind, id, this, volumeNl, overMs, nowMs);
    const answer = verdict.answer;
    if (answer !== BolusAnswer.duplicate) {
      this.history.highestId = id;
      this.requests.keep(nowMs, id, answer, 0);
    }
    if (answer !== BolusAnswer.granted) {
      this.reports.note(JournalCode.bolusDenied, id, answer, verdict.a, verdict.b);
      return false;
    }
    this.granted = this.granted + 1;
    let run = square;
    if (kind === BolusKind.demand) {
      run = this.demand;
      if (square.kind !== BolusKind.none) suspendSquare(this, true, JournalCode.bolusSuspended, nowMs);
      this.history.recordGrant(nowMs);
    }
    begin(this, run, kind, id, volumeNl, overMs, nowMs);
    return true;
  }

  /** The program gives a bolus of `volumeNl` over `overMs` (or a prime fills the line). False: another square bolus is under way. */
  beginSquare(kind: BolusKind, volumeNl: number, overMs: number, nowMs: number): boolean {
    const square = this.square;
    if (square.kind !== BolusKind.none) {
      this.reports.note(JournalCode.bolusSkipped, square.kind);
      return false;
    }
    begin(this, square, kind, 0, volumeNl, overMs, nowMs);
    if (this.demand.kind !== BolusKind.none) {
      suspendSquare(this, true, JournalCode.bolusSuspended, nowMs);
      this.setRates(nowMs);
    }
    return true;
  }

  /** Basal or a bolus has changed: the boluses take what basal leaves them below the maximum rate. A suspended one goes on after the demand bolus. */
  setRates(nowMs: number): void {
    const plan = this.plan;
    const demand = this.demand;
    const square = this.square;
    const roomNlPerDay = this.config.maxRateNlPerDay - plan.basalNlPerDay;
    if (square.isSuspended) {
      if (demand.kind === BolusKind.none) suspendSquare(this, false, JournalCode.bolusResumed, nowMs);
    }
    demand.setRate(roomNlPerDay, nowMs);
    square.setRate(roomNlPerDay, nowMs);
    plan.bolusNlPerDay = demand.rateNlPerDay + square.rateNlPerDay;
    this.endMs = Math.min(demand.endMs, square.endMs);
  }

  /** Ends what has come to its end by `nowMs`. The plan has been accrued. */
  serve(nowMs: number): void {
    const demand = this.demand;
    const square = this.square;
    if (square.endMs <= nowMs) finish(this, square, BolusEnd.complete, nowMs, nowMs);
    if (demand.endMs <= nowMs) finish(this, demand, BolusEnd.complete, nowMs, nowMs);
    this.setRates(nowMs);
  }

  /** Ends every bolus for good: what was left is never delivered. Orders count up to `orderedToMs`. False: none was under way. */
  endAll(why: BolusEnd, orderedToMs: number, nowMs: number): boolean {
    const demand = this.demand;
    const square = this.square;
    if (demand.kind === BolusKind.none) {
      if (square.kind === BolusKind.none) return false;
    }
    finish(this, demand, why, orderedToMs, nowMs);
    finish(this, square, why, orderedToMs, nowMs);
    this.setRates(nowMs);
    return true;
  }

  /** Ends the boluses that are on top of the program: at the low mark a scheduled one goes on, as basal does. */
  endAdded(why: BolusEnd, nowMs: number): void {
    const square = this.square;
    finish(this, this.demand, why, nowMs, nowMs);
    if (square.kind === BolusKind.clinician) finish(this, square, why, nowMs, nowMs);
    this.setRates(nowMs);
  }
}

function begin(
  desk: BolusDesk,
  run: BolusRun,
  kind: BolusKind,
  id: number,
  volumeNl: number,
  overMs: number,
  nowMs: number,
): void {
  // The ledger must know of it before its first stroke: whatever happens, it is not given again.
  desk.reservation.hold();
  run.order(kind, id, volumeNl, overMs, desk.config.maxRateNlPerDay - desk.plan.basalNlPerDay, nowMs);
  desk.setRates(nowMs);
  desk.reports.note(JournalCode.bolusGranted, id, volumeNl, run.endMs - nowMs, kind);
}

/** The square bolus stands still from `nowMs` on, or goes on; {@link setRates} comes next. */
function suspendSquare(desk: BolusDesk, isSuspended: boolean, code: JournalCode, nowMs: number): void {
  const square = desk.square;
  square.passTo(nowMs);
  square.isSuspended = isSuspended;
  desk.reports.note(code, square.requestId, square.leftNl(), square.kind);
}

/** Ends `run`, if it is under way; {@link setRates} comes next. Orders count up to `orderedToMs`. */
function finish(desk: BolusDesk, run: BolusRun, why: BolusEnd, orderedToMs: number, nowMs: number): void {
  const kind = run.kind;
  if (kind === BolusKind.none) return;
  const id = run.requestId;
  run.passTo(orderedToMs);
  if (why === BolusEnd.complete) {
    // What the whole numbers of the rate left over is owed now.
    const plan = desk.plan;
    plan.owedUnits = plan.owedUnits + run.leftNlMsPerDay * plan.stroke.unitsPerRateMs;
    run.leftNlMsPerDay = 0;
  }
  const orderedNl = run.orderedNl();
  run.clear();
  if (kind === BolusKind.demand) desk.history.lastEndMs = nowMs;
  if (id !== 0) {
    // The request's entry, if it is still kept.
    const numbers = desk.requests.numbers;
    for (let at = 0; at < numbers.length; at += desk.requests.width)
      if (numbers[at + 1] === id) numbers[at + 3] = orderedNl;
  }
  desk.reports.note(JournalCode.bolusEnded, id, why, orderedNl, kind);
}
