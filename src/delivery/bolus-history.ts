import { MOST_BOLUSES_PER_24H } from "../prescription/prescription";
import { RecordFlag } from "../record/state-record";
import type { StateRecord } from "../record/state-record";
import { isWhole, MS_PER_DAY, NEVER_MS, zeros } from "../units";

/**
 * The memory of the lockout: when demand boluses were granted in the last 24 h, one by one, when the last one ended, and which requests
 * were seen. Bounded: ids rise from request to request, so one number knows them all. Core time only: no clock that is set can open it.
 */
export class BolusHistory {
  /** End of the last demand bolus that was granted, in ms of core time; negative before the first. */
  lastEndMs: number;
  /** The highest id of all requests, granted or denied. */
  highestId: number;
  /** When each of the last grants leaves the 24 h; 0 before the first. */
  private readonly grantsLeaveMs = zeros(MOST_BOLUSES_PER_24H);
  private nextGrant = 0;
  /** Grants since the pump was made, and when the last one was. */
  grants = 0;
  lastGrantMs = 0;

  /** Goes on behind the ledger. A demand bolus that was under way when it was written has ended now, given whole. */
  constructor(ledger: StateRecord) {
    this.highestId = ledger.highestId;
    this.lastEndMs = ledger.lastEndMs;
    if ((ledger.flags & RecordFlag.demandUnderWay) !== 0) this.lastEndMs = ledger.coreMs;
    const grantsMs = ledger.grantsMs;
    for (let ago = grantsMs.length; ago > 0; ago--) this.recordGrant(grantsMs[ago - 1]);
    this.grants = ledger.grants;
  }

  /** Remembers a grant at `nowMs`. */
  recordGrant(nowMs: number): void {
    this.grants = this.grants + 1;
    this.lastGrantMs = nowMs;
    this.grantsLeaveMs[this.nextGrant] = nowMs + MS_PER_DAY;
    this.nextGrant = this.nextGrant + 1;
    if (this.nextGrant === MOST_BOLUSES_PER_24H) this.nextGrant = 0;
  }

  /**
   * First instant at which fewer than `most` grants lie in the rolling 24 h that end there: a grant at t counts from t until just
   * before t + 24 h. In the past when there is room already. `most`: 1 to MOST_BOLUSES_PER_24H.
   */
  roomAgainMs(most: number): number {
    // The ring is in order of time, so the most-th last grant is the one that has to leave.
    let index = this.nextGrant - most;
    if (index < 0) index += MOST_BOLUSES_PER_24H;
    return this.grantsLeaveMs[index];
  }

  /** True for an id that is not higher than all before it: that request was judged already. Also for what is no id. */
  hasSeen(id: number): boolean {
    return !isWhole(id, this.highestId + 1, NEVER_MS);
  }
}
