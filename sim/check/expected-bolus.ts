import type { BolusKind } from "../../src/delivery/bolus-run";

const MS_PER_DAY = 86400000n;

function roundedUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/**
 * A bolus as the core's documentation defines it, in whole numbers of any size: a volume over a time. It orders the whole nL/day that give
 * what is left in the time that is left, or in the longer time that the room below the maximum rate asks for; never more than it began to
 * want. At its end the rest is ordered. It can be suspended, and keeps what is left of volume and time.
 */
export class ExpectedBolus {
  /** What it orders now, in nL/day. */
  rateNlPerDay = 0n;
  /** Its end if nothing changes, in ms; `undefined`: it stands still. */
  endMs: number | undefined;
  suspended = false;
  /** Not ordered yet, in nL/day times ms. */
  left: bigint;
  private leftMs: number;
  private readonly wanted: bigint;
  private passedToMs: number;

  constructor(
    readonly kind: BolusKind,
    /** Request id; 0: nobody asked. */
    readonly id: number,
    readonly volumeNl: number,
    overMs: number,
    readonly startMs: number,
  ) {
    this.left = BigInt(volumeNl) * MS_PER_DAY;
    this.leftMs = overMs;
    this.wanted = roundedUp(this.left, BigInt(overMs));
    this.passedToMs = startMs;
  }

  /** From `atMs` on `roomNlPerDay` is left below the maximum rate. */
  setRoom(roomNlPerDay: bigint, atMs: number): void {
    this.passTo(atMs);
    const most = roomNlPerDay < this.wanted ? roomNlPerDay : this.wanted;
    this.rateNlPerDay = 0n;
    this.endMs = undefined;
    if (this.suspended || most <= 0n) return;
    const wantedMs = Math.max(1, this.leftMs);
    // Less than 1 nL behind comes at the end.
    const lastsMs = this.left - most * BigInt(wantedMs) > MS_PER_DAY ? Number(roundedUp(this.left, most)) : wantedMs;
    const rate = this.left / BigInt(lastsMs);
    this.rateNlPerDay = rate < most ? rate : most;
    this.endMs = atMs + lastsMs;
  }

  /** Stands still from `atMs` on, or goes on. */
  suspend(suspended: boolean, atMs: number): void {
    this.passTo(atMs);
    this.suspended = suspended;
    if (!suspended) return;
    this.rateNlPerDay = 0n;
    this.endMs = undefined;
  }

  /** Counts what was ordered up to `atMs`. */
  passTo(atMs: number): void {
    const passedMs = atMs - this.passedToMs;
    this.passedToMs = atMs;
    this.left -= this.rateNlPerDay * BigInt(passedMs);
    if (!this.suspended) this.leftMs = Math.max(0, this.leftMs - passedMs);
  }

  /** What was ordered so far, in nL, rounded down. */
  orderedNl(): number {
    return Number((BigInt(this.volumeNl) * MS_PER_DAY - this.left) / MS_PER_DAY);
  }

  /** What has still to be ordered, in nL, rounded up. */
  leftNl(): number {
    return Number(roundedUp(this.left, MS_PER_DAY));
  }
}
