import type { WallClock } from "../clock";
import type { PumpConfig } from "../config";
import type { Prescription } from "../prescription/prescription";
import { highestNlPerDay, longestBolusMs, mostScheduledNl } from "../prescription/scheduled-volume";
import type { StrokeVolume } from "../motion/stroke";
import type { Reports } from "../reports";
import type { Mixture } from "../reservoir/mixture";
import type { Reservoir } from "../reservoir/reservoir";
import { AlarmPriority } from "../safety/alarm-table";
import { isWhole, MS_PER_DAY, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";
import { BolusForecast } from "./bolus-forecast";
import type { Scheduled } from "./bolus-forecast";
import type { BolusHistory } from "./bolus-history";
import { BolusKind } from "./bolus-run";
import type { BolusRun } from "./bolus-run";
import type { DrugWindows } from "./drug-windows";
import { answerTo, BolusAnswer, BolusVerdict } from "./judge-bolus";
import type { BolusFacts } from "./judge-bolus";
import type { BucketRing } from "./bucket-ring";
import type { RollingWindow } from "./rolling-window";
import type { StepPlan } from "./step-plan";

/** Longest time over which a clinician's bolus can be ordered, in ms: 6 h (Open PCA R5.3.0(5)). */
export const LONGEST_CLINICIAN_BOLUS_MS = 21600000;

/** What a judgement looks at in the delivery control. */
interface Means {
  readonly stroke: StrokeVolume;
  readonly plan: StepPlan;
  readonly window: RollingWindow;
  readonly hardWindow: BucketRing;
  readonly drugs: DrugWindows;
  readonly reservoir: Reservoir;
  readonly mixture: Mixture;
  readonly prescription: Prescription;
}

/** What it looks at where boluses are asked for. */
interface UnderWay {
  readonly demand: BolusRun;
  readonly square: BolusRun;
  readonly history: BolusHistory;
}

/**
 * Gathers all that the answer to a request depends on, and has it judged. What therapy and safe state say of it is filled in by the caller
 * before a request: `running` and `faultLatched` of the facts, `nextBolusMs` of what is scheduled, and `isBridging`.
 */
export class BolusJudgement {
  /** The answer to the last request. */
  readonly verdict = new BolusVerdict();
  /** What is judged: filled in anew for each request, the volumes only when they decide. */
  readonly facts: BolusFacts = {
    requestId: 0,
    seenBefore: false,
    running: false,
    faultLatched: false,
    alarmActive: false,
    bolusNl: 0,
    mostNl: 0,
    clockMissing: false,
    opensAtMs: 0,
    busyWith: BolusKind.none,
    lockedUntilMs: 0,
    roomAgainMs: 0,
    windowMs: 0,
    roomNl: 0,
    usableNl: 0,
    neededNl: 0,
  };
  /** What goes on whatever is answered: filled in as the facts are. */
  readonly scheduled: Scheduled;
  /** The basal makes up for old fluid in the line. */
  isBridging = false;
  private readonly forecast: BolusForecast;

  constructor(
    readonly config: PumpConfig,
    readonly delivery: Means,
    readonly clock: WallClock,
    private readonly reports: Reports,
  ) {
    this.forecast = new BolusForecast(delivery, config.maxWindowNl);
    const prescription: Prescription = delivery.prescription;
    this.scheduled = { prescription: prescription, timeOfDayMs: 0, nextBolusMs: 0, restNl: 0, lateMs: 0 };
  }

  /** Judges request `id` of a patient (`kind` demand) or a clinician for `volumeNl` over `overMs`, made at `desk`; the answer is in `verdict`. */
  judge(kind: BolusKind, id: number, desk: UnderWay, volumeNl: number, overMs: number, nowMs: number): void {
    const facts = this.facts;
    facts.requestId = id;
    facts.busyWith = desk.demand.kind;
    facts.clockMissing = false;
    facts.opensAtMs = 0;
    facts.lockedUntilMs = 0;
    facts.roomAgainMs = 0;
    if (kind === BolusKind.demand) lookAtRequest(this, desk, nowMs);
    else lookAtOrder(this, desk, volumeNl, overMs);
    facts.seenBefore = desk.history.hasSeen(id);
    facts.alarmActive = this.reports.alarms.priority >= AlarmPriority.medium;
    if (this.isBridging) facts.busyWith = BolusKind.bridge;
    // The volumes take thousands of steps to gather, so they are looked at only when nothing else decides.
    facts.roomNl = NEVER_MS;
    facts.usableNl = NEVER_MS;
    facts.neededNl = 0;
    const verdict = this.verdict;
    verdict.answer = answerTo(facts, nowMs, verdict);
    if (verdict.answer !== BolusAnswer.granted) return;
    const delivery = this.delivery;
    const window = delivery.window;
    const forecast = this.forecast;
    const scheduled = this.scheduled;
    desk.square.passTo(nowMs);
    scheduled.timeOfDayMs = -1;
    if (this.clock.known) scheduled.timeOfDayMs = this.clock.timeOfDayMs(nowMs);
    // What is owed now is always less than one stroke and 1 nL.
    const owedNl = quotientRoundedUp(delivery.plan.owedUnits, delivery.stroke.unitsPerRateMs * MS_PER_DAY);
    const leftNl = desk.square.leftNl();
    scheduled.restNl = owedNl + leftNl;
    const p = delivery.prescription;
    const maxRate = this.config.maxRateNlPerDay;
    const lastsMs = longestBolusMs(p, maxRate, facts.bolusNl, overMs);
    scheduled.lateMs = longestBolusMs(p, maxRate, p.scheduledNl, p.scheduledMs) + lastsMs;
    window.rollTo(nowMs);
    delivery.drugs.rollDrugs(nowMs);
    delivery.hardWindow.rollRing(nowMs);
    forecast.lookForward(scheduled, nowMs);
    facts.windowMs = forecast.windowMs;
    facts.roomNl = forecast.roomNl;
    facts.usableNl = delivery.reservoir.usableNl();
    facts.neededNl = mostScheduledNl(p, lastsMs, 0) + facts.bolusNl + scheduled.restNl;
    verdict.answer = answerTo(facts, nowMs, verdict);
  }
}

/** What besides the patient's request depends on. */
function lookAtRequest(judgement: BolusJudgement, desk: UnderWay, nowMs: number): void {
  const p = judgement.delivery.prescription;
  const facts = judgement.facts;
  facts.bolusNl = p.bolusNl;
  // The prescription was judged by the limits when it was staged.
  facts.mostNl = p.bolusNl;
  facts.lockedUntilMs = desk.history.lastEndMs + p.lockoutMs;
  if (p.bolusNl !== 0) facts.roomAgainMs = desk.history.roomAgainMs(p.mostPer24h);
  if (p.hoursFromMs !== p.hoursToMs) {
    facts.clockMissing = !judgement.clock.known;
    let sinceMs = judgement.clock.timeOfDayMs(nowMs) - p.hoursFromMs;
    if (sinceMs < 0) sinceMs += MS_PER_DAY;
    let openMs = p.hoursToMs - p.hoursFromMs;
    if (openMs < 0) openMs += MS_PER_DAY;
    if (sinceMs >= openMs) facts.opensAtMs = nowMs + MS_PER_DAY - sinceMs;
  }
}

/** What besides a clinician's order of `volumeNl` over `overMs` depends on. */
function lookAtOrder(judgement: BolusJudgement, desk: UnderWay, volumeNl: number, overMs: number): void {
  const config = judgement.config;
  const facts = judgement.facts;
  const mixture = judgement.delivery.mixture;
  // What is no whole volume, or less than a stroke, is beyond every limit.
  facts.bolusNl = NEVER_MS;
  if (isWhole(volumeNl, judgement.delivery.stroke.volumeRoundedUpNl(1), NEVER_MS)) facts.bolusNl = volumeNl;
  // The most that hard limits leave an order; 0 when no volume would be right.
  let mostNl = 0;
  if (isWhole(overMs, 1, LONGEST_CLINICIAN_BOLUS_MS)) {
    const roomNlPerDay = config.maxRateNlPerDay - highestNlPerDay(judgement.delivery.prescription);
    mostNl = Math.max(0, Math.min(config.maxBolusNl, roomNlPerDay));
  }
  for (let drug = 0; drug < config.library.length; drug++) {
    const concentration = Math.max(mixture.reservoir[drug], mixture.tip[drug]);
    if (concentration !== 0)
      mostNl = Math.min(wholeQuotient(config.library[drug].hardBolusNg * 1000, concentration), mostNl);
  }
  facts.mostNl = mostNl;
  if (facts.busyWith === BolusKind.none) facts.busyWith = desk.square.kind;
}
