import { NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

/** A window is cut into this many buckets on fixed boundaries of core time. */
export const BUCKETS_IN_WINDOW = 48;

/** Buckets kept: those of the window and the one that is being filled. */
export const RING_BUCKETS = 49;

/**
 * Strokes in a rolling window, in bounded memory. A bucket counts whole until its last instant has left the window:
 * the sum is never less than what the window holds, and more by at most one bucket.
 */
export class RollingWindow {
  /** Length of one bucket, in ms. */
  bucketMs = 1;
  /** Sum over the ring, in strokes. */
  strokes = 0;
  /** Index in the ring of the bucket that is being filled; older ones lie before it, around the end. */
  current = 0;
  /** First instant of core time that is no longer in the current bucket. */
  private currentEndMs = NEVER_MS;
  /** Strokes in each bucket. */
  readonly ring: number[] = [];

  constructor() {
    for (let i = 0; i < RING_BUCKETS; i++) this.ring.push(0);
  }

  /**
   * Begins to count over windows of `windowMs` at `nowMs`, with nothing remembered. Only for a pump that has not moved within
   * the window; {@link resize} is for all others.
   */
  begin(windowMs: number, nowMs: number): void {
    for (let i = 0; i < RING_BUCKETS; i++) this.ring[i] = 0;
    this.strokes = 0;
    this.current = 0;
    this.bucketMs = quotientRoundedUp(windowMs, BUCKETS_IN_WINDOW);
    this.currentEndMs = (wholeQuotient(nowMs, this.bucketMs) + 1) * this.bucketMs;
  }

  /** Changes the window's length. What is remembered is put whole into the current bucket, so no sum gets smaller. */
  resize(windowMs: number, nowMs: number): void {
    this.rollTo(nowMs);
    const remembered = this.strokes;
    this.begin(windowMs, nowMs);
    this.ring[0] = remembered;
    this.strokes = remembered;
  }

  /** Lets buckets leave that have left the window by `nowMs`. Costs at most one turn of the ring. */
  rollTo(nowMs: number): void {
    let turns = 0;
    while (nowMs >= this.currentEndMs && turns < RING_BUCKETS) {
      this.current = this.current === RING_BUCKETS - 1 ? 0 : this.current + 1;
      this.strokes -= this.ring[this.current];
      this.ring[this.current] = 0;
      this.currentEndMs += this.bucketMs;
      turns++;
    }
    // After a whole turn the ring is empty, and only the boundary has to catch up.
    if (nowMs >= this.currentEndMs) this.currentEndMs = (wholeQuotient(nowMs, this.bucketMs) + 1) * this.bucketMs;
  }

  /** Counts strokes in the current bucket; {@link rollTo} comes first. */
  add(strokes: number): void {
    this.ring[this.current] += strokes;
    this.strokes += strokes;
  }

  /** End of the current bucket, in ms of core time. */
  bucketEndMs(): number {
    return this.currentEndMs;
  }
}
