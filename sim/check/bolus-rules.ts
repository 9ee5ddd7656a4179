import type { PumpConfig } from "../../src/config";
import { BolusKind } from "../../src/delivery/bolus-run";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import type { Prescription } from "../../src/prescription/prescription";
import type { DaySchedule } from "./day-schedule";

const MS_PER_DAY = 86400000;
const LONGEST_CLINICIAN_BOLUS_MS = 21600000;

/** What is asked for. */
export interface Request {
  readonly id: number;
  readonly kind: BolusKind.demand | BolusKind.clinician;
  readonly volumeNl: number;
  readonly overMs: number;
}

/** Where the pump stands when it is asked. */
export interface Standing {
  readonly running: boolean;
  readonly faulted: boolean;
  readonly forbidden: boolean;
  readonly busyWith: BolusKind;
  /** The highest concentration of a drug that comes out, by its place, in ng/µL. */
  readonly strongest: (place: number) => number;
}

/** The one right answer as far as it can be known: with its number, or `undefined` where volumes decide. */
export type RightAnswer = { readonly answer: BolusAnswer; readonly number: number } | undefined;

/** Who may have a bolus and when, from a plain list of all that were granted. */
export class BolusRules {
  private readonly grantedAtMs: number[] = [];
  private highestId = 0;
  private lastEndMs: number | undefined;

  /** @param strokeNl volume of a stroke, rounded up */
  constructor(
    private readonly config: PumpConfig,
    private readonly strokeNl: number,
  ) {}

  /** The answer to a request, in the order of precedence. */
  rightAnswer(
    request: Request,
    p: Prescription | undefined,
    clock: DaySchedule,
    now: Standing,
    atMs: number,
  ): RightAnswer {
    if (request.id <= this.highestId) return { answer: BolusAnswer.duplicate, number: request.id };
    if (!now.running || p === undefined) return { answer: BolusAnswer.stopped, number: 0 };
    if (now.faulted) return { answer: BolusAnswer.faultLatched, number: 0 };
    if (now.forbidden) return { answer: BolusAnswer.alarmActive, number: 0 };
    const isOrder = request.kind === BolusKind.clinician;
    if (request.volumeNl === 0 && !isOrder) return { answer: BolusAnswer.notPrescribed, number: 0 };
    if (isOrder) {
      const mostNl = this.mostOfAnOrderNl(request.overMs, p, now);
      if (request.volumeNl > mostNl || request.volumeNl < this.strokeNl)
        return { answer: BolusAnswer.aboveLimit, number: mostNl };
      return now.busyWith === BolusKind.none ? undefined : { answer: BolusAnswer.busy, number: now.busyWith };
    }
    const opensAtMs = clock.opensAtMs(p, atMs);
    if (opensAtMs === undefined) return { answer: BolusAnswer.clockNotSet, number: 0 };
    if (opensAtMs > atMs) return { answer: BolusAnswer.outsideHours, number: opensAtMs };
    if (now.busyWith !== BolusKind.none) return { answer: BolusAnswer.busy, number: now.busyWith };
    return this.untilLater(p, atMs);
  }

  /** A request was judged for the first time. */
  judged(id: number): void {
    this.highestId = Math.max(this.highestId, id);
  }

  /** A demand bolus was granted. */
  granted(atMs: number): void {
    this.grantedAtMs.push(atMs);
  }

  /** A demand bolus has ended. */
  ended(atMs: number): void {
    this.lastEndMs = atMs;
  }

  private untilLater(p: Prescription, atMs: number): RightAnswer {
    const unlocksAtMs = this.lastEndMs === undefined ? atMs : this.lastEndMs + p.lockoutMs;
    if (unlocksAtMs > atMs) return { answer: BolusAnswer.lockedOut, number: unlocksAtMs };
    const mostth = this.grantedAtMs.at(-p.mostPer24h);
    if (mostth === undefined || mostth + MS_PER_DAY <= atMs) return undefined;
    return { answer: BolusAnswer.maxPerDay, number: mostth + MS_PER_DAY };
  }

  private mostOfAnOrderNl(overMs: number, p: Prescription, now: Standing): number {
    const room = this.config.maxRateNlPerDay - Math.max(...p.stepNlPerDay.slice(0, p.steps));
    if (overMs < 1 || overMs > LONGEST_CLINICIAN_BOLUS_MS || room <= 0) return 0;
    const byDrug = this.config.library.map(({ hardBolusNg }, place) => {
      const ngPerUl = now.strongest(place);
      return ngPerUl === 0 ? Infinity : Number((BigInt(hardBolusNg) * 1000n) / BigInt(ngPerUl));
    });
    return Math.min(this.config.maxBolusNl, room, ...byDrug);
  }
}
