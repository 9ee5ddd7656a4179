import { MS_PER_HOUR, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

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
 * The length of the window can change. So that a longer one knows what a shorter one has forgotten, strokes are counted by hours too.
 */
export class RollingWindow {
  /** Length of one bucket, in ms. */
  bucketMs = 1;
  /** Length of the window, in ms. */
  windowMs = 0;
  /** From this instant of core time on every stroke is counted; NOTHING_BEFORE_MS: since the pump was made. */
  knownFromMs = NOTHING_BEFORE_MS;
  /** Sum over the ring, in strokes. */
  strokes = 0;
  /** Index in the ring of the bucket that is being filled; older ones lie before it, around the end. */
  current = 0;
  /** Strokes in each bucket. */
  readonly ring: number[] = [];
  /** First instant of core time that is no longer in the current bucket. */
  private currentEndMs = NEVER_MS;
  /** Room for the buckets while the window's length is changed, the current one first. */
  private readonly old: number[] = [];
  private readonly hours: number[] = [];
  private currentHour = 0;
  private hourEndMs = NEVER_MS;

  constructor() {
    for (let i = 0; i < RING_BUCKETS; i++) {
      this.ring.push(0);
      this.old.push(0);
    }
    for (let i = 0; i < HOURS_REMEMBERED; i++) this.hours.push(0);
  }

  /** Begins to count over windows of `windowMs` at `nowMs`, with nothing remembered; what was before `knownFromMs` is not known. */
  begin(windowMs: number, nowMs: number, knownFromMs: number): void {
    this.knownFromMs = knownFromMs;
    for (let i = 0; i < HOURS_REMEMBERED; i++) this.hours[i] = 0;
    this.hourEndMs = (wholeQuotient(nowMs, MS_PER_HOUR) + 1) * MS_PER_HOUR;
    this.emptyRing(windowMs, nowMs);
  }

  /**
   * Changes the window's length. Each bucket goes into the new one that holds its last instant, and so does each hour before the oldest
   * bucket: no sum gets smaller than the truth, and none larger than by what an hour and a bucket hold.
   */
  resize(windowMs: number, nowMs: number): void {
    this.rollTo(nowMs);
    const oldBucketMs = this.bucketMs;
    const oldEndMs = this.currentEndMs;
    const oldestMs = oldEndMs - RING_BUCKETS * oldBucketMs;
    const sharedHourEndMs = (wholeQuotient(oldestMs, MS_PER_HOUR) + 1) * MS_PER_HOUR;
    for (let ago = 0; ago < RING_BUCKETS; ago++) this.old[ago] = this.bucketStrokes(ago);
    this.emptyRing(windowMs, nowMs);
    let inSharedHour = 0;
    for (let ago = 0; ago < RING_BUCKETS; ago++) {
      const endMs = oldEndMs - ago * oldBucketMs;
      this.remember(Math.min(nowMs, endMs - 1), this.old[ago]);
      if (endMs <= sharedHourEndMs) inSharedHour += this.old[ago];
    }
    for (let ago = 0; ago < HOURS_REMEMBERED; ago++) {
      const endMs = this.hourEndMs - ago * MS_PER_HOUR;
      if (endMs - MS_PER_HOUR < oldestMs) {
        const index = this.currentHour - ago;
        const inHour = this.hours[index < 0 ? index + HOURS_REMEMBERED : index];
        this.remember(Math.min(oldestMs, endMs) - 1, endMs > oldestMs ? Math.max(0, inHour - inSharedHour) : inHour);
      }
    }
  }

  /** True when all that a window ending at `nowMs` holds is counted: nothing of it lies before what is known. */
  isKnown(nowMs: number): boolean {
    return nowMs - this.windowMs >= this.knownFromMs;
  }

  /** Lets buckets leave that have left the window by `nowMs`. Costs at most one turn of each ring. */
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
    turns = 0;
    while (nowMs >= this.hourEndMs && turns < HOURS_REMEMBERED) {
      this.currentHour = this.currentHour === HOURS_REMEMBERED - 1 ? 0 : this.currentHour + 1;
      this.hours[this.currentHour] = 0;
      this.hourEndMs += MS_PER_HOUR;
      turns++;
    }
    if (nowMs >= this.hourEndMs) this.hourEndMs = (wholeQuotient(nowMs, MS_PER_HOUR) + 1) * MS_PER_HOUR;
  }

  /** Counts strokes in the current bucket; {@link rollTo} comes first. */
  add(strokes: number): void {
    this.ring[this.current] += strokes;
    this.hours[this.currentHour] += strokes;
    this.strokes += strokes;
  }

  /** End of the current bucket, in ms of core time. */
  bucketEndMs(): number {
    return this.currentEndMs;
  }

  private emptyRing(windowMs: number, nowMs: number): void {
    for (let i = 0; i < RING_BUCKETS; i++) this.ring[i] = 0;
    this.strokes = 0;
    this.current = 0;
    this.windowMs = windowMs;
    this.bucketMs = quotientRoundedUp(windowMs, BUCKETS_IN_WINDOW);
    this.currentEndMs = (wholeQuotient(nowMs, this.bucketMs) + 1) * this.bucketMs;
  }

  /** Counts strokes of the past, none of them later than `lastMs`, in the fresh ring. */
  private remember(lastMs: number, strokes: number): void {
    const ago = wholeQuotient(this.currentEndMs - 1 - lastMs, this.bucketMs);
    if (ago >= RING_BUCKETS) return;
    this.ring[ago === 0 ? 0 : RING_BUCKETS - ago] += strokes;
    this.strokes += strokes;
  }

  /** Strokes in the bucket that is `ago` buckets before the current one; 0 to RING_BUCKETS - 1. */
  private bucketStrokes(ago: number): number {
    const index = this.current - ago;
    return this.ring[index < 0 ? index + RING_BUCKETS : index];
  }
}
