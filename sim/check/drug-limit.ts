import type { PumpConfig } from "../../src/config";
import type { StrokeUnits } from "./stroke-units";

const WINDOW_MS = 86400000;
/** The pump counts in buckets of this length. */
const BUCKET_MS = 1800000;

interface Dose {
  readonly atMs: number;
  readonly mass: bigint;
}

/** The mass of one drug in a rolling window, dose by dose. */
class MassWindow {
  private readonly doses: Dose[] = [];
  private first = 0;
  private sum = 0n;

  constructor(private readonly windowMs: number) {}

  add(atMs: number, mass: bigint): void {
    this.doses.push({ atMs, mass });
    this.sum += mass;
  }

  /** What lies in the window that ends with `atMs`. */
  massAt(atMs: number): bigint {
    for (let dose = this.doses[this.first]; dose !== undefined && dose.atMs <= atMs - this.windowMs;) {
      this.sum -= dose.mass;
      dose = this.doses[++this.first];
    }
    return this.sum;
  }
}

/** The library's hard limit of one drug: its mass in any 24 h, exactly. */
export class DrugLimit {
  private readonly day = new MassWindow(WINDOW_MS);
  private readonly counted = new MassWindow(WINDOW_MS + BUCKET_MS);
  private readonly limit: bigint;

  constructor(
    config: PumpConfig,
    private readonly units: StrokeUnits,
    readonly place: number,
  ) {
    // 1 pL at 1 ng/µL is 10^-6 ng.
    const limitNg = BigInt(config.library[place]?.hardDayNg ?? 0);
    this.limit = limitNg * 1000000n * BigInt(config.fullStepsPerRevolution);
  }

  /** A stroke with `mass` of it reaches the patient: what is wrong with that, or `undefined`. */
  wrongStroke(atMs: number, mass: bigint): string | undefined {
    if (mass === 0n) return undefined;
    this.day.add(atMs, mass);
    this.counted.add(atMs, mass);
    if (this.day.massAt(atMs) <= this.limit) return undefined;
    return `more than the library's limit of drug ${this.place} in 24 h`;
  }

  /** A stroke with `mass` of it was dropped for its sake: what is wrong with that, or `undefined`. */
  wrongDrop(atMs: number, mass: bigint): string | undefined {
    // The pump's own limit is rounded down to whole strokes at 1 ng/µL, and one less.
    const least = this.limit - mass - 2n * this.units.stroke;
    return this.counted.massAt(atMs) < least ? `a stroke was dropped although drug ${this.place} had room` : undefined;
  }
}
