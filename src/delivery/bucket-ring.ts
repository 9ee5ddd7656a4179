import { quotientRoundedUp, slotEndMs, wholeQuotient, zeros } from "../units";

/** A window is cut into this many buckets on fixed boundaries of core time. */
export const BUCKETS_IN_WINDOW = 48;

/** Buckets kept: those of the window and the one that is being filled. */
export const RING_BUCKETS = 49;

/**
 * Strokes in a rolling window, in bounded memory. A bucket counts whole until its last instant has left the window: the sum is never less
 * than what the window holds, and more by at most one bucket. Nothing has a value before {@link emptyRing}.
 */
export class BucketRing {
  /** Length of one bucket, in ms. */
  declare bucketMs: number;
  /** Length of the window, in ms. */
  declare windowMs: number;
  /** Sum over the ring, in strokes. */
  declare strokes: number;
  /** Index in the ring of the bucket that is being filled; older ones lie before it, around the end. */
  declare current: number;
  /** First instant of core time that is no longer in the current bucket. */
  declare endMs: number;
  /** Strokes in each bucket. */
  readonly ring = zeros(RING_BUCKETS);

  /** Begins anew with windows of `windowMs` at `nowMs`. */
  emptyRing(windowMs: number, nowMs: number): void {
    for (let slot = 0; slot < RING_BUCKETS; slot++) this.ring[slot] = 0;
    this.strokes = 0;
    this.current = 0;
    this.windowMs = windowMs;
    this.bucketMs = quotientRoundedUp(windowMs, BUCKETS_IN_WINDOW);
    this.endMs = slotEndMs(nowMs, this.bucketMs);
  }

  /** Lets buckets leave that have left the window by `nowMs`. Costs at most one turn of the ring. */
  rollRing(nowMs: number): void {
    // After a whole turn the ring is empty, and only the boundary has to catch up.
    this.endMs = Math.max(this.endMs, slotEndMs(nowMs, this.bucketMs) - RING_BUCKETS * this.bucketMs);
    while (nowMs >= this.endMs) {
      let slot = this.current + 1;
      if (slot === RING_BUCKETS) slot = 0;
      this.current = slot;
      this.strokes -= this.ring[slot];
      this.ring[slot] = 0;
      this.endMs += this.bucketMs;
    }
  }

  /** Counts strokes of the past, none of them later than `lastMs`, in a ring that nothing has left since it was emptied. */
  remember(lastMs: number, strokes: number): void {
    const ago = wholeQuotient(this.endMs - 1 - lastMs, this.bucketMs);
    if (ago >= RING_BUCKETS) return;
    let slot = 0;
    if (ago !== 0) slot = RING_BUCKETS - ago;
    this.ring[slot] = this.ring[slot] + strokes;
    this.strokes += strokes;
  }
}
