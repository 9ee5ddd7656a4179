import type { PumpConfig } from "../../src/config";

/** What is in the reservoir, exactly: volumes in pL times the full steps of a revolution. */
export class ReservoirBalance {
  private content: bigint;
  private readonly strokeVolume: bigint;
  private lowMark: bigint;
  private readonly emptyMark: bigint;
  private readonly perNl: bigint;

  constructor(config: PumpConfig, contentNl: number) {
    this.perNl = 1000n * BigInt(config.fullStepsPerRevolution);
    this.strokeVolume = BigInt(config.plPerRevolution) * BigInt(config.fullStepsPerStroke);
    this.lowMark = BigInt(config.lowNl) * this.perNl;
    this.emptyMark = BigInt(config.emptyNl) * this.perNl;
    this.content = BigInt(contentNl) * this.perNl;
  }

  /** Holds `contentNl` now. */
  fill(contentNl: number): void {
    this.content = BigInt(contentNl) * this.perNl;
  }

  /** The low mark is `lowNl` from now on. */
  setLow(lowNl: number): void {
    this.lowMark = BigInt(lowNl) * this.perNl;
  }

  /** What lies above the low mark, in nL, rounded down; 0 at or below it. */
  usableNl(): number {
    const left = this.content > this.lowMark ? this.content - this.lowMark : 0n;
    return Number(left / this.perNl);
  }

  /** What is in it, in nL, rounded down; never negative. */
  contentNl(): number {
    return this.content < 0n ? 0 : Number(this.content / this.perNl);
  }

  /** One stroke leaves. False: it drew below the empty mark. */
  draw(): boolean {
    this.content -= this.strokeVolume;
    return this.content >= this.emptyMark;
  }

  /** True at or below the low mark. */
  isLow(): boolean {
    return this.content <= this.lowMark;
  }

  /** True when another stroke would draw below the empty mark. */
  isEmpty(): boolean {
    return this.content - this.strokeVolume < this.emptyMark;
  }
}
