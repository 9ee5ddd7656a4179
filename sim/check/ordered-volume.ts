import type { PumpConfig } from "../../src/config";

/** 1 nL/day during 1 ms is 1/86,400 pL. */
const PER_PL = 86400n;

/**
 * What is ordered and not yet given, integrated exactly in whole numbers of 1/(86,400 x full steps per revolution) pL, straight from the
 * rates: nothing is shared with the core's own arithmetic. A bolus orders whole nL/day until its end and the rest there, as the core's
 * documentation says, so each stroke has exactly one right millisecond. Two bounds are kept, because a controller that came late gives up
 * a volume that only it knows: until then both are the same.
 */
export class OrderedVolume {
  private readonly strokeUnits: bigint;
  private readonly unitsPerRateMs: bigint;
  private leastOwed = 0n;
  private mostOwed = 0n;
  private rateNlPerDay = 0n;
  private atMs: number;

  constructor(config: PumpConfig, atMs: number) {
    this.strokeUnits = BigInt(config.plPerRevolution) * BigInt(config.fullStepsPerStroke) * PER_PL;
    this.unitsPerRateMs = BigInt(config.fullStepsPerRevolution);
    this.atMs = atMs;
  }

  /** Orders `nlPerDay` from now on. */
  setRate(nlPerDay: bigint): void {
    this.rateNlPerDay = nlPerDay;
  }

  /** Lets time pass. False: a whole stroke was owed for at least a millisecond and had not come. */
  passTo(atMs: number): boolean {
    if (atMs === this.atMs) return true;
    const perMs = this.rateNlPerDay * this.unitsPerRateMs;
    const passed = perMs * BigInt(atMs - this.atMs);
    const prompt = this.leastOwed + passed - perMs < this.strokeUnits;
    this.leastOwed += passed;
    this.mostOwed += passed;
    this.atMs = atMs;
    return prompt;
  }

  /** Orders a rest, in nL/day times ms. */
  addRest(nlMsPerDay: bigint): void {
    this.leastOwed += nlMsPerDay * this.unitsPerRateMs;
    this.mostOwed += nlMsPerDay * this.unitsPerRateMs;
  }

  /** One stroke was given, or dropped for good. False: a whole one was not owed. */
  takeStroke(): boolean {
    const owed = this.mostOwed >= this.strokeUnits;
    this.leastOwed = this.leastOwed > this.strokeUnits ? this.leastOwed - this.strokeUnits : 0n;
    this.mostOwed = owed ? this.mostOwed - this.strokeUnits : 0n;
    return owed;
  }

  /**
   * Nothing moves any more: whole strokes that still wait are given up for good. Returns how many surely are, and how many at most: where the
   * pump alone knows how much it gave up before, these differ.
   */
  giveUpWhole(): { surely: number; atMost: number } {
    const surely = Number(this.leastOwed / this.strokeUnits);
    const atMost = Number(this.mostOwed / this.strokeUnits);
    this.leastOwed %= this.strokeUnits;
    if (atMost > surely) this.forfeit();
    else this.mostOwed %= this.strokeUnits;
    return { surely, atMost };
  }

  /** Some of what is owed was given up for good: less than one stroke is left, nobody but the pump knows how much. */
  forfeit(): void {
    this.leastOwed = 0n;
    if (this.mostOwed >= this.strokeUnits) this.mostOwed = this.strokeUnits - 1n;
  }
}
