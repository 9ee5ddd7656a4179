import { breathe } from "../breath";
import { SCRATCH } from "../scratch";
import { MS_PER_HOUR, slotEndMs, wholeQuotient, zeros } from "../units";
import { BucketRing, RING_BUCKETS } from "./bucket-ring";

/** Hours remembered besides: the longest window is 7 days, and the current hour is not over. */
export const HOURS_REMEMBERED = 170;

// Two hours lie in one number, the second in units of this. Far more than an hour's strokes; what a damaged ledger may say of one hour, and is more, counts
// as this much, which is more than any window of 7 days can hold.
const SECOND_HOUR = 67108864;

/**
 * Strokes in the dose limit's rolling window, whose length can change. So that a longer one knows what a shorter one has forgotten, strokes are
 * counted by hours too; after a change a sum is more than the truth by at most an hour's strokes and a bucket.
 */
export class RollingWindow extends BucketRing {
  /** Strokes in each of the hours before the current one, two in a number. */
  readonly hours = zeros(wholeQuotient(HOURS_REMEMBERED, 2));
  private currentHour = 0;
  /** Strokes in the current hour. */
  private inHour = 0;
  declare private hourEndMs: number;

  /**
   * Begins to count, once, over windows of `windowMs` at `nowMs`. `hours`: strokes in each of the last
   * hours, the current one first; each counts at the end of its hour.
   */
  begin(windowMs: number, nowMs: number, hours: readonly number[]): void {
    this.hourEndMs = slotEndMs(nowMs, MS_PER_HOUR);
    this.emptyRing(windowMs, nowMs);
    for (let ago = 0; ago < hours.length; ago++) {
      this.remember(Math.min(nowMs, this.hourEndMs - 1 - ago * MS_PER_HOUR), hours[ago]);
      if ((ago & 15) === 15) breathe();
      if (ago === 0) this.inHour = hours[0];
      else if (hours[ago] !== 0) keepHour(this, HOURS_REMEMBERED - ago, hours[ago]);
    }
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
    for (let i = 0; i < RING_BUCKETS; i++) SCRATCH[i] = this.ring[i];
    this.emptyRing(windowMs, nowMs);
    let inSharedHour = 0;
    for (let ago = 0; ago < RING_BUCKETS; ago++) {
      const inBucket = SCRATCH[slot];
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
        const pair = this.hours[slot >>> 1];
        const second = Math.floor(pair / SECOND_HOUR);
        let inHour = second;
        if ((slot & 1) === 0) inHour = pair - second * SECOND_HOUR;
        if (ago === 0) inHour = this.inHour;
        if (endMs > oldestMs) inHour = Math.max(0, inHour - inSharedHour);
        this.remember(Math.min(oldestMs, endMs) - 1, inHour);
      }
      endMs -= MS_PER_HOUR;
      if (slot === 0) slot = HOURS_REMEMBERED;
      slot--;
      if ((ago & 31) === 31) breathe();
    }
  }

  /** Lets buckets and hours leave that have left by `nowMs`. Costs at most one turn of each ring. */
  rollTo(nowMs: number): void {
    if (nowMs >= this.endMs) this.rollRing(nowMs);
    if (nowMs >= this.hourEndMs) {
      const firstMs = slotEndMs(nowMs, MS_PER_HOUR) - HOURS_REMEMBERED * MS_PER_HOUR;
      this.hourEndMs = Math.max(this.hourEndMs, firstMs);
      while (nowMs >= this.hourEndMs) {
        let slot = this.currentHour;
        keepHour(this, slot, this.inHour);
        slot++;
        if (slot === HOURS_REMEMBERED) slot = 0;
        this.currentHour = slot;
        this.inHour = 0;
        this.hourEndMs += MS_PER_HOUR;
      }
    }
  }

  /** Counts strokes in the current bucket; {@link rollTo} comes first. */
  addStrokes(strokes: number): void {
    // Written out: `+=` on an element of a list is twice the code on a board.
    this.ring[this.current] = this.ring[this.current] + strokes;
    this.inHour += strokes;
    this.strokes += strokes;
  }
}

/** Keeps the strokes of an hour that is over. */
function keepHour(window: RollingWindow, slot: number, strokes: number): void {
  const hours = window.hours;
  const at = slot >>> 1;
  const second = Math.floor(hours[at] / SECOND_HOUR);
  const kept = Math.min(strokes, SECOND_HOUR - 1);
  if ((slot & 1) === 0) hours[at] = second * SECOND_HOUR + kept;
  else hours[at] = hours[at] - second * SECOND_HOUR + kept * SECOND_HOUR;
}
