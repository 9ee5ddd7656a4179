import type { PumpConfig } from "../../src/config";

/** Volumes as whole numbers of any size: in pL over the full steps of a revolution, in which a stroke is whole. */
export class StrokeUnits {
  /** Units in a stroke. */
  readonly stroke: bigint;
  /** Units in a nL. */
  readonly perNl: bigint;

  constructor(config: PumpConfig) {
    this.stroke = BigInt(config.plPerRevolution) * BigInt(config.fullStepsPerStroke);
    this.perNl = 1000n * BigInt(config.fullStepsPerRevolution);
  }

  /** Whole strokes in a volume. */
  wholeStrokesIn(volumeNl: number): number {
    return Number((BigInt(volumeNl) * this.perNl) / this.stroke);
  }

  /** The volume of a stroke in nL, rounded up. */
  strokeRoundedUpNl(): number {
    return Number((this.stroke + this.perNl - 1n) / this.perNl);
  }
}
