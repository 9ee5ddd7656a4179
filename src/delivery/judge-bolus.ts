/** Every answer to a request for a demand bolus, in the order of precedence: the first that applies is given. */
export enum BolusAnswer {
  granted = 0,
  /** A request with this id has been judged before; a: the id. */
  duplicate = 1,
  /** The pump is stopped. */
  stopped = 2,
  /** The pump is in its safe state. */
  faultLatched = 3,
  /** A critical alarm is active. */
  alarmActive = 4,
  /** The prescription has no demand bolus. */
  notPrescribed = 5,
  /** A bolus is being delivered. */
  busy = 6,
  /** a: first instant at which the lockout is over, in ms. */
  lockedOut = 7,
  /** a: first instant at which the rolling 24 h have room for one more, in ms. */
  maxPerDay = 8,
  /** a: length of the window in ms; b: volume that would still fit, in nL. */
  wouldExceedWindow = 9,
  /** a: what the reservoir holds above its low mark, in nL. */
  reservoirLow = 10,
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
  /** The volume of one demand bolus, in nL; 0: none is prescribed. */
  bolusNl: number;
  delivering: boolean;
  /** First instant at which the lockout is over, in ms. */
  lockedUntilMs: number;
  /** First instant at which the rolling 24 h have room for one more, in ms. */
  roomAgainMs: number;
  windowMs: number;
  /** Least room in every window that would contain the bolus, with basal going on, in nL; may be negative. */
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

function answer(verdict: BolusVerdict, word: BolusAnswer, a: number, b: number): void {
  verdict.answer = word;
  verdict.a = a;
  verdict.b = b;
}

/** Judges one request at `nowMs`. A pure function of its facts; the answer goes into `verdict`. */
export function judgeBolus(facts: BolusFacts, nowMs: number, verdict: BolusVerdict): void {
  const f = facts;
  if (f.seenBefore) answer(verdict, BolusAnswer.duplicate, f.requestId, 0);
  else if (!f.running) answer(verdict, BolusAnswer.stopped, 0, 0);
  else if (f.faultLatched) answer(verdict, BolusAnswer.faultLatched, 0, 0);
  else if (f.alarmActive) answer(verdict, BolusAnswer.alarmActive, 0, 0);
  else if (f.bolusNl === 0) answer(verdict, BolusAnswer.notPrescribed, 0, 0);
  else if (f.delivering) answer(verdict, BolusAnswer.busy, 0, 0);
  else if (nowMs < f.lockedUntilMs) answer(verdict, BolusAnswer.lockedOut, f.lockedUntilMs, 0);
  else if (nowMs < f.roomAgainMs) answer(verdict, BolusAnswer.maxPerDay, f.roomAgainMs, 0);
  else if (f.bolusNl > f.roomNl) answer(verdict, BolusAnswer.wouldExceedWindow, f.windowMs, Math.max(0, f.roomNl));
  else if (f.neededNl >= f.usableNl) answer(verdict, BolusAnswer.reservoirLow, f.usableNl, 0);
  else answer(verdict, BolusAnswer.granted, 0, 0);
}
