import { MS_PER_DAY, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

/** `lastEndMs` of a pump that has never granted one. */
export const NO_BOLUS_YET = -1;

/** Where the demand bolus stands. */
export enum BolusState {
  /** None runs; the next may be locked out. */
  idle = 0,
  /** One is being delivered on top of basal. */
  delivering = 1,
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
}

/**
 * The bolus lockout machine: idle or delivering, and since when. The lockout runs from the end of the last granted bolus,
 * delivered whole or not; being locked out is idle before `lockedUntilMs`. All times are core time, so no clock that is
 * set can open it.
 */
export class DemandBolus {
  /** Idle, or delivering. */
  state = BolusState.idle;
  /** Id of the request that was granted last. */
  requestId = 0;
  /** Rate on top of basal, in nL/day. */
  rateNlPerDay = 0;
  /** Order left over by the whole number of the rate, in nL/day x ms; it is owed at the end. */
  restNlMsPerDay = 0;
  /** Start of the bolus that was granted last, in ms of core time. */
  startMs = 0;
  /** End of the running bolus, stretched when the maximum rate caps it; NEVER_MS while idle. */
  endMs = NEVER_MS;
  /** End of the last bolus that was granted; NO_BOLUS_YET: none was. */
  lastEndMs = NO_BOLUS_YET;

  /**
   * Starts a bolus of `volumeNl` over `wantedMs`, on top of `basalNlPerDay`. Where basal and bolus together would pass
   * `maxRateNlPerDay`, the bolus takes longer. The products stay under 2^53 for volumes to 10^8 nL.
   */
  start(
    requestId: number,
    volumeNl: number,
    wantedMs: number,
    basalNlPerDay: number,
    maxRateNlPerDay: number,
    nowMs: number,
  ): void {
    const durationMs = cappedDurationMs(volumeNl, wantedMs, basalNlPerDay, maxRateNlPerDay);
    this.state = BolusState.delivering;
    this.requestId = requestId;
    this.rateNlPerDay = wholeQuotient(volumeNl * MS_PER_DAY, durationMs);
    this.restNlMsPerDay = volumeNl * MS_PER_DAY - this.rateNlPerDay * durationMs;
    this.startMs = nowMs;
    this.endMs = nowMs + durationMs;
  }

  /** Ends the running bolus at `nowMs`; the lockout runs from here. */
  finish(nowMs: number): void {
    this.state = BolusState.idle;
    this.rateNlPerDay = 0;
    this.endMs = NEVER_MS;
    this.lastEndMs = nowMs;
  }

  /** First instant at which the lockout is over; 0 when nothing was granted yet. */
  lockedUntilMs(lockoutMs: number): number {
    return this.lastEndMs < 0 ? 0 : this.lastEndMs + lockoutMs;
  }
}

/** Time a bolus takes when basal and bolus together stay under the maximum rate, in ms; never less than `wantedMs`. */
export function cappedDurationMs(
  volumeNl: number,
  wantedMs: number,
  basalNlPerDay: number,
  maxRateNlPerDay: number,
): number {
  return Math.max(wantedMs, quotientRoundedUp(volumeNl * MS_PER_DAY, maxRateNlPerDay - basalNlPerDay));
}
