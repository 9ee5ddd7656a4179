import { MS_PER_HOUR, NEVER_MS, quotientRoundedUp, slotEndMs, wholeQuotient, zeros } from "../units";

/** A window is cut into this many buckets on fixed boundaries of core time. */
export const BUCKETS_IN_WINDOW = 48;

/** Buckets kept: those of the window and the one that is being filled. */
export const RING_BUCKETS = 49;

/** Known from the beginning: the pump has never moved before. */
export const NOTHING_BEFORE_MS = -NEVER_MS;

/** Hours remembered besides: the longest window is 7 days, and the current hour is not over. */
const HOURS_REMEMBERED = 170;

/**
 * Strokes in a rolling window, in bounded memory. A bucket counts whole until its last instant has left the window: the sum is never less
 * than what the window holds, and more by at most one bucket (after a change of length by an hour's strokes too).
 *
 * Nothing has a value before {@link begin}. The length of the window can change. So that a longer one knows what a shorter one has forgotten, strokes are counted by hours too.
 */
export class RollingWindow {
  /** Length of one bucket, in ms. */
  bucketMs = 1;
  /** Length of the window, in ms. */
  declare windowMs: number;
  /** From this instant of core time on every stroke is counted; NOTHING_BEFORE_MS: since the pump was made. */
  declare knownFromMs: number;
  /** Sum over the ring, in strokes. */
  declare strokes: number;
  /** Index in the ring of the bucket that is being filled; older ones lie before it, around the end. */
  declare current: number;
  /** Strokes in each bucket. */
  readonly ring = zeros(RING_BUCKETS);
  /** First instant of core time that is no longer in the current bucket. */
  endMs = NEVER_MS;
  /** A number for each bucket, for whoever works on the ring: the buckets while the length is changed, a look ahead. */
  readonly scratch = zeros(RING_BUCKETS);
  private readonly hours = zeros(HOURS_REMEMBERED);
  private currentHour = 0;
  private hourEndMs = NEVER_MS;

  /** Begins to count, once, over windows of `windowMs` at `nowMs`; what was before `knownFromMs` is not known. */
  begin(windowMs: number, nowMs: number, knownFromMs: number): void {
    this.knownFromMs = knownFromMs;
    this.hourEndMs = slotEndMs(nowMs, MS_PER_HOUR);
    this.emptyRing(windowMs, nowMs);
  }

  /**
   * Changes the window's length. Each bucket goes into the new one that holds its last instant, and so does each hour before the oldest
   * bucket: no sum gets smaller than the truth, and none larger than by what an hour and a bucket hold.
   */
  resize(windowMs: number, nowMs: number): void {
    this.rollTo(nowMs);
    const oldBucketMs = this.bucketMs;
    let endMs = this.endMs;
    const oldestMs = endMs - RING_BUCKETS * oldBucketMs;
    const sharedHourEndMs = slotEndMs(oldestMs, MS_PER_HOUR);
    let slot = this.current;
    this.emptyRing(windowMs, nowMs);
    let inSharedHour = 0;
    for (let ago = 0; ago < RING_BUCKETS; ago++) {
      const inBucket = this.scratch[slot];
      this.remember(Math.min(nowMs, endMs - 1), inBucket);
      if (endMs <= sharedHourEndMs) inSharedHour += inBucket;
      endMs -= oldBucketMs;
      if (slot === 0) slot = RING_BUCKETS;
      slot--;
    }
    endMs = this.hourEndMs;
    slot = this.currentHour;
    for (let ago = 0; ago < HOURS_REMEMBERED; ago++) {
      if (endMs - MS_PER_HOUR < oldestMs) {
        let inHour = this.hours[slot];
        if (endMs > oldestMs) inHour = Math.max(0, inHour - inSharedHour);
        this.remember(Math.min(oldestMs, endMs) - 1, inHour);
      }
      endMs -= MS_PER_HOUR;
      if (slot === 0) slot = HOURS_REMEMBERED;
      slot--;
    }
  }

  /** Lets buckets leave that have left the window by `nowMs`. Costs at most one turn of each ring. */
  rollTo(nowMs: number): void {
    if (nowMs >= this.endMs) {
      // After a whole turn the ring is empty, and only the boundary has to catch up.
      const firstMs = slotEndMs(nowMs, this.bucketMs) - RING_BUCKETS * this.bucketMs;
      this.endMs = Math.max(this.endMs, firstMs);
      while (nowMs >= this.endMs) {
        let slot = this.current + 1;
        if (slot === RING_BUCKETS) slot = 0;
        this.current = slot;
        this.strokes -= this.ring[slot];
        this.ring[slot] = 0;
        this.endMs += this.bucketMs;
      }
    }
    if (nowMs >= this.hourEndMs) {
      const firstMs = slotEndMs(nowMs, MS_PER_HOUR) - HOURS_REMEMBERED * MS_PER_HOUR;
      this.hourEndMs = Math.max(this.hourEndMs, firstMs);
      while (nowMs >= this.hourEndMs) {
        let slot = this.currentHour + 1;
        if (slot === HOURS_REMEMBERED) slot = 0;
        this.currentHour = slot;
        this.hours[slot] = 0;
        this.hourEndMs += MS_PER_HOUR;
      }
    }
  }

  /** Counts strokes in the current bucket; {@link rollTo} comes first. */
  add(strokes: number): void {
    // Written out: `+=` on an element of a list is twice the code on a board.
    this.ring[this.current] = this.ring[this.current] + strokes;
    this.hours[this.currentHour] = this.hours[this.currentHour] + strokes;
    this.strokes += strokes;
  }

  /** Begins the ring anew; what was in it is in `old` then. */
  private emptyRing(windowMs: number, nowMs: number): void {
    for (let slot = 0; slot < RING_BUCKETS; slot++) {
      this.scratch[slot] = this.ring[slot];
      this.ring[slot] = 0;
    }
    this.strokes = 0;
    this.current = 0;
    this.windowMs = windowMs;
    this.bucketMs = quotientRoundedUp(windowMs, BUCKETS_IN_WINDOW);
    this.endMs = slotEndMs(nowMs, this.bucketMs);
  }

  /** Counts strokes of the past, none of them later than `lastMs`, in the fresh ring. */
  private remember(lastMs: number, strokes: number): void {
    const ago = wholeQuotient(this.endMs - 1 - lastMs, this.bucketMs);
    if (ago >= RING_BUCKETS) return;
    let slot = 0;
    if (ago !== 0) slot = RING_BUCKETS - ago;
    this.ring[slot] = this.ring[slot] + strokes;
    this.strokes += strokes;
  }
}
