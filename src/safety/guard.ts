import { breathe } from "../breath";
import type { PumpConfig } from "../config";
import { BucketRing, RING_BUCKETS } from "../delivery/bucket-ring";
import { EventKind, LATE_MS } from "../events";
import type { StrokeVolume } from "../motion/stroke";
import { BUCKET_CELLS, BUCKETS_PLACE, GUARD_FIELDS, GUARD_PLACE } from "../record/memory-map";
import type { StateRecord } from "../record/state-record";
import type { Store } from "../record/store";
import { readCell, SlotFind, TwoSlotRecord, writeCell } from "../record/two-slot-record";
import { isWhole, wholeQuotient } from "../units";

/** Why the guard took EN away for good. */
export enum GuardTrip {
  none = 0,
  /** A stroke after a stop, or before any start. */
  notOrdered = 1,
  /** A stroke that no durable reservation covers. */
  notReserved = 2,
  /** Strokes come faster than the hard limit of the rate. */
  tooFast = 3,
  /** The next stroke would pass the hard limit of the window. */
  windowFull = 4,
  /** Time ran backwards. */
  timeBackwards = 5,
  /** A stroke had more pulses than it has, or fewer without being cut off. */
  wrongPulses = 6,
}

/**
 * The second opinion. It knows nothing of programs: it counts strokes itself where they are made, in its own ring and its own record, and
 * the step driver asks it before each stroke whether EN may go on. What a right controller orders it never refuses; what it refuses once,
 * it refuses for good.
 *
 * Start and stop reach it from the inbox, not from the controller. After a power cut its reservation counts as delivered, and so does what
 * the ledger knows and its own record does not.
 */
export class Guard {
  /** Why it has tripped. A plain field: it is read at every wake. */
  trip = GuardTrip.none;
  /** Pulses of the stroke under way, counted by whoever makes them. */
  pulses = 0;
  /** Strokes that were ordered and are not begun, told by whoever makes them: the ledger counts them already. */
  waiting = 0;
  /** Strokes since the pump was made. */
  strokes: number;
  /** Its own rolling sum over the hard limit's window. */
  readonly window = new BucketRing();
  /** Most strokes in that window. */
  readonly limitStrokes: number;
  /** Number of the bucket that is being filled, and of the last whose cell has been written. */
  private bucket: number;
  private writtenBucket: number;

  /** Strokes are possible: started, and not stopped since. */
  isOrdered = false;
  private left = 0;
  private asked = 0;
  private askedAtStrokes = 0;
  private lastMs: number;
  /** When strokes as fast as allowed would have come to, in ms. */
  private paceMs = 0;
  private readonly paceOfStrokeMs: number;
  private readonly record = new TwoSlotRecord(GUARD_PLACE, GUARD_FIELDS);

  /** `memory`: what was read from the store; empty: nothing. `ledger`: what the ledger says, for which its own record stands in only where it knows more. */
  constructor(config: PumpConfig, stroke: StrokeVolume, memory: readonly number[], ledger: StateRecord) {
    const window = this.window;
    const nowMs = ledger.coreMs;
    this.limitStrokes = stroke.wholeStrokesIn(config.maxWindowNl);
    this.paceOfStrokeMs = wholeQuotient(stroke.strokeUnits, config.maxRateNlPerDay * stroke.unitsPerRateMs);
    this.lastMs = nowMs;
    window.emptyRing(config.windowMs, nowMs);
    this.bucket = wholeQuotient(nowMs, window.bucketMs);
    this.writtenBucket = this.bucket - RING_BUCKETS - 1;
    const counted = ledger.totalStrokes + ledger.reservedStrokes;
    this.strokes = counted;
    if (memory.length === 0) return;
    const fields = this.record.numbers;
    // Its record is written behind the ledger's. When the power failed between them, the ledger knows of the last start or stop.
    this.isOrdered = ledger.mode !== 0;
    if (this.record.readFrom(memory, -1) === SlotFind.record) {
      if (fields[2] >= ledger.sequence) this.isOrdered = fields[6] !== 0;
      this.strokes = Math.max(counted, fields[4] + fields[5]);
    }
    // Each bucket's strokes; those between two that are known count in the later one.
    let later = this.strokes;
    let laterAgo = 0;
    for (let ago = 1; ago <= RING_BUCKETS; ago++) {
      if ((ago & 15) === 15) breathe();
      let ended = 0;
      if (this.bucket >= ago) ended = readCell(memory, BUCKETS_PLACE, BUCKET_CELLS, this.bucket - ago);
      if (isWhole(ended, 0, later)) {
        window.remember(Math.min(nowMs, window.endMs - 1 - laterAgo * window.bucketMs), later - ended);
        later = ended;
        laterAgo = ago;
      }
    }
    // What is not known to be older is not.
    if (laterAgo !== RING_BUCKETS)
      window.remember(Math.min(nowMs, window.endMs - 1 - laterAgo * window.bucketMs), later);
  }

  /** An input that reached the pump: a start makes strokes possible, a stop impossible. */
  heard(kind: EventKind): void {
    switch (kind) {
      case EventKind.stop:
        this.isOrdered = false;
        break;
      case EventKind.start:
      case EventKind.hold:
      case EventKind.confirmPrime:
        this.isOrdered = true;
        break;
      default:
    }
  }

  /** May the driver switch EN on at `nowMs` and make one stroke? True: it is counted. */
  permits(nowMs: number): boolean {
    const window = this.window;
    if (this.trip !== GuardTrip.none) return false;
    if (nowMs >= window.endMs) this.endBucket(nowMs);
    // Of several reasons the last one counts.
    let trip = GuardTrip.none;
    if (window.strokes >= this.limitStrokes) trip = GuardTrip.windowFull;
    if (this.paceMs - nowMs > LATE_MS + this.paceOfStrokeMs) trip = GuardTrip.tooFast;
    if (this.left <= 0) trip = GuardTrip.notReserved;
    if (!this.isOrdered) trip = GuardTrip.notOrdered;
    if (nowMs < this.lastMs) trip = GuardTrip.timeBackwards;
    this.trip = trip;
    if (trip !== GuardTrip.none) return false;
    this.lastMs = nowMs;
    this.paceMs = Math.max(this.paceMs, nowMs) + this.paceOfStrokeMs;
    this.left = this.left - 1;
    this.strokes = this.strokes + 1;
    this.pulses = 0;
    window.ring[window.current] = window.ring[window.current] + 1;
    window.strokes = window.strokes + 1;
    return true;
  }

  /**
   * A stroke is over: it should have had `expected` pulses, or fewer when it was cut off.
   * @devsWhenUsed
   */
  strokeOver(expected: number, wasCutOff: boolean): void {
    let least = expected;
    if (wasCutOff) least = 0;
    if (!isWhole(this.pulses, least, expected)) this.trip = GuardTrip.wrongPulses;
  }

  /** Writes its record beside the ledger's of number `sequence`: `reserved` strokes may follow. */
  writeTo(store: Store, sequence: number, reserved: number, nowMs: number): void {
    const window = this.window;
    const n = this.record.numbers;
    if (nowMs >= window.endMs) this.endBucket(nowMs);
    // The buckets that have ended since, the last one first: each cell says how many strokes there were at its end.
    let ended = this.strokes;
    let slot = window.current;
    const firstBucket = Math.max(this.writtenBucket, this.bucket - RING_BUCKETS - 1);
    for (let bucket = this.bucket - 1; bucket > firstBucket; bucket--) {
      ended -= window.ring[slot];
      if (bucket >= 0) writeCell(store, BUCKETS_PLACE, BUCKET_CELLS, bucket, ended);
      if (slot === 0) slot = RING_BUCKETS;
      slot--;
    }
    this.writtenBucket = this.bucket - 1;
    this.asked = reserved + this.waiting;
    this.askedAtStrokes = this.strokes;
    this.left = Math.min(this.left, this.asked);
    n[2] = sequence;
    n[3] = nowMs;
    n[4] = this.strokes;
    n[5] = this.asked;
    n[6] = +this.isOrdered;
    this.record.writeTo(store);
  }

  /** That record is durable. */
  stored(): void {
    this.left = this.asked + this.askedAtStrokes - this.strokes;
  }

  /** Lets buckets leave its window that have left by `nowMs`; only when the current one has ended. */
  endBucket(nowMs: number): void {
    const window = this.window;
    window.rollRing(nowMs);
    this.bucket = wholeQuotient(nowMs, window.bucketMs);
  }
}
