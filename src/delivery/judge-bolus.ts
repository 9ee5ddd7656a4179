import { BolusKind } from "./bolus-run";

/** Every answer to a request for a bolus, in the order of precedence: the first that applies is given. */
export enum BolusAnswer {
  granted = 0,
  /** A request with this id has been judged before; a: the id. */
  duplicate = 1,
  /** The pump is stopped, or held at the minimum rate. */
  stopped = 2,
  /** The pump is in its safe state. */
  faultLatched = 3,
  /** A critical alarm is active. */
  alarmActive = 4,
  /** The prescription has no demand bolus. */
  notPrescribed = 5,
  /** A clinician's bolus is outside the hard limits, or less than a stroke; a: the most that would be right, in nL (0: it is the duration). */
  aboveLimit = 6,
  /** Boluses are allowed at hours of the day only, and the time of day is not known. */
  clockNotSet = 7,
  /** Not at this hour; a: when the next hours open, in ms of core time. */
  outsideHours = 8,
  /** A bolus is being delivered, or a bridge; a: its BolusKind. */
  busy = 9,
  /** a: first instant at which the lockout is over, in ms. */
  lockedOut = 10,
  /** a: first instant at which the rolling 24 h have room for one more, in ms. */
  maxPerDay = 11,
  /** a: length of the window in ms; b: volume that would still fit, in nL. */
  wouldExceedWindow = 12,
  /** a: what the reservoir holds above its low mark, in nL. */
  reservoirLow = 13,
}

/** All that the decision depends on, the request included. Unknown facts do not exist: every field has a value. */
export interface BolusFacts {
  requestId: number;
  /** A request with this id was judged before. */
  seenBefore: boolean;
  running: boolean;
  faultLatched: boolean;
  /** A critical alarm is active. */
  alarmActive: boolean;
  /** The volume that is asked for, in nL; 0: no demand bolus is prescribed. */
  bolusNl: number;
  /** The most that hard limits allow of it, in nL. */
  mostNl: number;
  /** The time of day decides, and it is not known. */
  clockMissing: boolean;
  /** When the hours of the day open, in ms of core time; not later than now while they are open. */
  opensAtMs: number;
  /** What is under way. */
  busyWith: BolusKind;
  /** First instant at which the lockout is over, in ms. */
  lockedUntilMs: number;
  /** First instant at which the rolling 24 h have room for one more, in ms. */
  roomAgainMs: number;
  /** Length of the window that leaves least room, in ms. */
  windowMs: number;
  /** Least room in every window that would contain the bolus, with all that is scheduled going on, in nL; may be negative. */
  roomNl: number;
  /** Reservoir content above the low mark, in nL. */
  usableNl: number;
  /** What the reservoir gives until the bolus has ended: bolus, basal and the owed rest, in nL. */
  neededNl: number;
}

/** The answer and its numbers; filled in place. */
export class BolusVerdict {
  answer = BolusAnswer.granted;
  a = 0;
  b = 0;
}

/** Judges one request at `nowMs`. A pure function of its facts; the answer goes into `verdict`. */
export function judgeBolus(facts: BolusFacts, nowMs: number, verdict: BolusVerdict): void {
  verdict.answer = answerTo(facts, nowMs, verdict);
}

/** The answer alone; its numbers go into `verdict`. Each answer's first number is put there before it is asked whether it applies. */
export function answerTo(f: BolusFacts, nowMs: number, verdict: BolusVerdict): BolusAnswer {
  verdict.b = 0;
  verdict.a = f.requestId;
  if (f.seenBefore) return BolusAnswer.duplicate;
  verdict.a = 0;
  if (!f.running) return BolusAnswer.stopped;
  if (f.faultLatched) return BolusAnswer.faultLatched;
  if (f.alarmActive) return BolusAnswer.alarmActive;
  if (f.bolusNl === 0) return BolusAnswer.notPrescribed;
  verdict.a = f.mostNl;
  if (f.bolusNl > f.mostNl) return BolusAnswer.aboveLimit;
  verdict.a = 0;
  if (f.clockMissing) return BolusAnswer.clockNotSet;
  verdict.a = f.opensAtMs;
  if (nowMs < f.opensAtMs) return BolusAnswer.outsideHours;
  verdict.a = f.busyWith;
  if (f.busyWith !== BolusKind.none) return BolusAnswer.busy;
  verdict.a = f.lockedUntilMs;
  if (nowMs < f.lockedUntilMs) return BolusAnswer.lockedOut;
  verdict.a = f.roomAgainMs;
  if (nowMs < f.roomAgainMs) return BolusAnswer.maxPerDay;
  verdict.a = f.windowMs;
  if (f.bolusNl > f.roomNl) {
    verdict.b = Math.max(0, f.roomNl);
    return BolusAnswer.wouldExceedWindow;
  }
  verdict.a = f.usableNl;
  if (f.neededNl >= f.usableNl) return BolusAnswer.reservoirLow;
  verdict.a = 0;
  return BolusAnswer.granted;
}
