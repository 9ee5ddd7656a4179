import { MS_PER_DAY, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

/** What a bolus is for. */
export enum BolusKind {
  none = 0,
  /** The patient asked for it. */
  demand = 1,
  /** A clinician ordered it, over a duration. */
  clinician = 2,
  /** The program gives it: periodic, or a shot of a trial. */
  scheduled = 3,
  /** It fills tubing and catheter, and reaches nobody. */
  priming = 4,
  /** Old fluid is passing the dead volume under a bridge: no bolus, but none can begin. */
  bridge = 5,
}

/** Why a bolus ended. */
export enum BolusEnd {
  /** Its time was over: everything ordered. */
  complete = 0,
  /** The pump was stopped. */
  stopped = 1,
  /** The reservoir reached its low mark. */
  reservoirLow = 2,
  /** The reservoir is empty. */
  reservoirEmpty = 3,
  /** The controller came late, or the step driver gave up a stroke. */
  controlLate = 4,
  /** Another prescription was confirmed. */
  programmed = 5,
  /** The pump put itself into its safe state. */
  fault = 6,
  /** An alarm stopped the motor. */
  alarm = 7,
  /** Therapy is held at the minimum rate. */
  held = 8,
  /** The program has reached its end. */
  programEnded = 9,
  /** The program had to be started anew. */
  restart = 10,
}

/**
 * One bolus while it is delivered: a volume over a time, on top of basal. Where basal leaves it less than it wants it takes longer; what
 * it lost is not made up for by a higher rate. It can be suspended, and then goes on with the time that was left.
 */
export class BolusRun {
  declare kind: BolusKind;
  /** Id of the request; 0: nobody asked. */
  requestId = 0;
  /** Whole volume, in nL. */
  volumeNl = 0;
  /** Rate on top of basal now, in nL/day; 0 while suspended. */
  declare rateNlPerDay: number;
  /** Its end if nothing changes, in ms of core time; NEVER_MS while none runs, or it is suspended. */
  declare endMs: number;
  /** It stands still. Whoever changes this counts up to now before ({@link passTo}) and sets the rate behind. */
  declare isSuspended: boolean;
  /** Not ordered yet, in nL/day x ms. */
  declare leftNlMsPerDay: number;
  private leftMs = 0;
  declare private mostNlPerDay: number;
  private passedToMs = 0;

  constructor() {
    this.clear();
  }

  /**
   * Begins with `volumeNl` over `wantedMs`, while basal leaves `roomNlPerDay` below the maximum rate. The products stay under 2^53 for
   * volumes to 10^8 nL.
   */
  order(
    kind: BolusKind,
    requestId: number,
    volumeNl: number,
    wantedMs: number,
    roomNlPerDay: number,
    nowMs: number,
  ): void {
    this.kind = kind;
    this.requestId = requestId;
    this.volumeNl = volumeNl;
    this.leftNlMsPerDay = volumeNl * MS_PER_DAY;
    this.leftMs = wantedMs;
    this.mostNlPerDay = quotientRoundedUp(this.leftNlMsPerDay, wantedMs);
    this.passedToMs = nowMs;
    this.setRate(roomNlPerDay, nowMs);
  }

  /** Basal has changed: from `nowMs` on it leaves `roomNlPerDay`. Nothing changes while there is no bolus. */
  setRate(roomNlPerDay: number, nowMs: number): void {
    this.passTo(nowMs);
    this.rateNlPerDay = 0;
    this.endMs = NEVER_MS;
    if (this.isSuspended) return;
    const mostNlPerDay = Math.min(roomNlPerDay, this.mostNlPerDay);
    if (mostNlPerDay <= 0) return;
    const left = this.leftNlMsPerDay;
    let lastsMs = Math.max(1, this.leftMs);
    // Less than 1 nL behind comes at the end.
    if (left - mostNlPerDay * lastsMs > MS_PER_DAY) lastsMs = quotientRoundedUp(left, mostNlPerDay);
    this.rateNlPerDay = Math.min(wholeQuotient(left, lastsMs), mostNlPerDay);
    this.endMs = nowMs + lastsMs;
  }

  /** Counts what was ordered up to `nowMs`. */
  passTo(nowMs: number): void {
    const passedMs = nowMs - this.passedToMs;
    this.passedToMs = nowMs;
    this.leftNlMsPerDay = this.leftNlMsPerDay - this.rateNlPerDay * passedMs;
    if (!this.isSuspended) this.leftMs = Math.max(0, this.leftMs - passedMs);
  }

  /** What was ordered so far, in nL, rounded down. */
  orderedNl(): number {
    return wholeQuotient(this.volumeNl * MS_PER_DAY - this.leftNlMsPerDay, MS_PER_DAY);
  }

  /** What has still to be ordered, in nL, rounded up; 0 while none runs. */
  leftNl(): number {
    return quotientRoundedUp(this.leftNlMsPerDay, MS_PER_DAY);
  }

  /** There is none any more. */
  clear(): void {
    this.kind = BolusKind.none;
    this.mostNlPerDay = 0;
    this.rateNlPerDay = 0;
    this.endMs = NEVER_MS;
    this.isSuspended = false;
    this.leftNlMsPerDay = 0;
  }
}
