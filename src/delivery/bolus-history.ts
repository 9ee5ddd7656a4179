import { MOST_BOLUSES_PER_24H } from "../prescription/prescription";
import { MS_PER_DAY } from "../units";

/** How many request ids are remembered to know a repeated one. */
export const REMEMBERED_REQUESTS = 16;

/** When boluses were granted in the last 24 h, one by one, and which requests were seen. Bounded memory. */
export class BolusHistory {
  private readonly grantedAtMs: number[] = [];
  private nextGrant = 0;
  private readonly requestIds: number[] = [];
  private nextRequest = 0;

  /** `knownFromMs`: boluses before it are not known, so that instant counts as if all that can be allowed had been granted at it. */
  constructor(knownFromMs: number) {
    for (let i = 0; i < MOST_BOLUSES_PER_24H; i++) this.grantedAtMs.push(Math.max(knownFromMs, -MS_PER_DAY));
    for (let i = 0; i < REMEMBERED_REQUESTS; i++) this.requestIds.push(-1);
  }

  /** Remembers a grant at `nowMs`. */
  recordGrant(nowMs: number): void {
    this.grantedAtMs[this.nextGrant] = nowMs;
    this.nextGrant = this.nextGrant === MOST_BOLUSES_PER_24H - 1 ? 0 : this.nextGrant + 1;
  }

  /**
   * First instant at which fewer than `most` grants lie in the rolling 24 h that end there: a grant at t counts from t until just
   * before t + 24 h. In the past when there is room already. `most`: 1 to MOST_BOLUSES_PER_24H.
   */
  roomAgainMs(most: number): number {
    // The ring is in order of time, so the most-th last grant is the one that has to leave.
    const index = this.nextGrant - most;
    return this.grantedAtMs[index < 0 ? index + MOST_BOLUSES_PER_24H : index] + MS_PER_DAY;
  }

  /** True when `id` is among the last REMEMBERED_REQUESTS requests, and for what is no id (ids are 0 or more). */
  hasSeen(id: number): boolean {
    if (!(id >= 0)) return true;
    for (let i = 0; i < REMEMBERED_REQUESTS; i++) if (this.requestIds[i] === id) return true;
    return false;
  }

  /** Remembers a request, granted or denied. */
  recordRequest(id: number): void {
    this.requestIds[this.nextRequest] = id;
    this.nextRequest = this.nextRequest === REMEMBERED_REQUESTS - 1 ? 0 : this.nextRequest + 1;
  }
}
