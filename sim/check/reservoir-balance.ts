import type { PumpConfig } from "../../src/config";

/** What is in the reservoir, exactly: volumes in pL times the full steps of a revolution. */
export class ReservoirBalance {
  private content: bigint;
  private readonly strokeVolume: bigint;
  private readonly lowMark: bigint;
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
