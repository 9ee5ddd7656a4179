import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";
import type { ActivePrescription } from "../prescription/prescription";
import { JournalCode } from "../record/journal";
import type { Reports } from "../reports";
import type { Reservoir } from "../reservoir/reservoir";
import { MS_PER_DAY, wholeQuotient } from "../units";
import { roomForBolusNl } from "./bolus-forecast";
import { BolusHistory } from "./bolus-history";
import { BolusEnd, BolusState, cappedDurationMs, DemandBolus } from "./demand-bolus";
import { BolusAnswer, BolusVerdict, judgeBolus } from "./judge-bolus";
import type { BolusFacts } from "./judge-bolus";
import type { RollingWindow } from "./rolling-window";
import type { StepPlan } from "./step-plan";
import { volumeAtRateNl } from "./volume-at-rate";

/** Where requests for a demand bolus are received, judged, granted or denied, and where a running bolus ends. */
export class BolusDesk {
  /** The lockout machine. */
  readonly bolus = new DemandBolus();
  /** Grants of the last 24 h, and which requests were seen. */
  readonly history: BolusHistory;
  private readonly verdict = new BolusVerdict();
  private readonly facts: BolusFacts = {
    requestId: 0,
    seenBefore: false,
    running: false,
    faultLatched: false,
    alarmActive: false,
    bolusNl: 0,
    delivering: false,
    lockedUntilMs: 0,
    roomAgainMs: 0,
    windowMs: 0,
    roomNl: 0,
    usableNl: 0,
    neededNl: 0,
  };

  constructor(
    private readonly config: PumpConfig,
    private readonly stroke: StrokeVolume,
    private readonly prescription: ActivePrescription,
    private readonly plan: StepPlan,
    private readonly window: RollingWindow,
    private readonly reservoir: Reservoir,
    private readonly reports: Reports,
  ) {
    this.history = new BolusHistory(window.knownFromMs);
  }

  /** Judges the request `id` at `nowMs`. Returns true when it was granted and the bolus has begun. */
  request(id: number, running: boolean, faultLatched: boolean, nowMs: number): boolean {
    const facts = this.facts;
    facts.requestId = id;
    facts.seenBefore = this.history.hasSeen(id);
    facts.running = running;
    facts.faultLatched = faultLatched;
    facts.alarmActive = this.reports.hasCriticalAlarm();
    facts.bolusNl = this.prescription.bolusNl;
    facts.delivering = this.bolus.state === BolusState.delivering;
    if (facts.bolusNl !== 0) this.gatherVolumes(nowMs);
    judgeBolus(facts, nowMs, this.verdict);
    if (!facts.seenBefore) this.history.recordRequest(id);
    if (this.verdict.answer !== BolusAnswer.granted) {
      this.reports.log(JournalCode.bolusDenied, id, this.verdict.answer, this.verdict.a, this.verdict.b);
      return false;
    }
    this.grant(id, nowMs);
    return true;
  }

  /**
   * Ends the running bolus at `nowMs`; what was left of it is never delivered. The plan has counted its order up to `orderedToMs`.
   * False: none ran.
   */
  end(why: BolusEnd, orderedToMs: number, nowMs: number): boolean {
    const bolus = this.bolus;
    if (bolus.state !== BolusState.delivering) return false;
    let orderedNl = this.prescription.bolusNl;
    if (why === BolusEnd.complete) this.plan.addRest(bolus.restNlMsPerDay);
    else orderedNl = wholeQuotient(bolus.rateNlPerDay * (orderedToMs - bolus.startMs), MS_PER_DAY);
    bolus.finish(nowMs);
    this.plan.bolusNlPerDay = 0;
    this.reports.log(JournalCode.bolusEnded, bolus.requestId, why, orderedNl, 0);
    return true;
  }

  private gatherVolumes(nowMs: number): void {
    const facts = this.facts;
    const p = this.prescription;
    const owedNl = this.plan.owedRoundedUpNl();
    facts.lockedUntilMs = this.bolus.lockedUntilMs(p.lockoutMs);
    facts.roomAgainMs = this.history.roomAgainMs(p.mostPer24h);
    facts.windowMs = p.windowMs;
    this.window.rollTo(nowMs);
    // What is not known may have used up the limit.
    facts.roomNl = this.window.isKnown(nowMs)
      ? roomForBolusNl(this.window, this.stroke, p.windowLimitNl, p.basalNlPerDay, owedNl, nowMs)
      : 0;
    facts.usableNl = this.reservoir.usableNl();
    const lastsMs = cappedDurationMs(p.bolusNl, p.bolusMs, p.basalNlPerDay, this.config.maxRateNlPerDay);
    facts.neededNl = p.bolusNl + volumeAtRateNl(p.basalNlPerDay, lastsMs) + owedNl;
  }

  private grant(id: number, nowMs: number): void {
    const p = this.prescription;
    const bolus = this.bolus;
    bolus.start(id, p.bolusNl, p.bolusMs, p.basalNlPerDay, this.config.maxRateNlPerDay, nowMs);
    this.history.recordGrant(nowMs);
    this.plan.bolusNlPerDay = bolus.rateNlPerDay;
    this.reports.log(JournalCode.bolusGranted, id, p.bolusNl, bolus.endMs - nowMs, 0);
  }
}
