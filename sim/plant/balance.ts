import { draughtG, normalAt } from "./balance-noise";
import { FirstOrderResponse } from "./balance-response";

/** What a balance makes of the mass on its pan. */
export interface BalanceModel {
  /** Time constant of its answer, in s; 0 to 60. */
  readonly responseS: number;
  /** Shows so much more for each gram, in %; -10 to 10. */
  readonly sensitivityPercent: number;
  /** Share of a gram of liquid that the lift of the air leaves: `buoyancyShare` of sim/plant/water; above 0, to 1.1. */
  readonly buoyancyShare: number;
  /** Its zero moves by so much, in g/h; any sign. */
  readonly driftGPerH: number;
  /** Standard deviation of a reading (repeatability), in g; 0 or more. */
  readonly repeatabilityG: number;
  /** Draughts an hour; 0 to 360. */
  readonly draughtsPerH: number;
  /** Height of a draught, in g; 0 or more. */
  readonly draughtG: number;
  /** Smallest step that it shows, in g; above 0. */
  readonly resolutionG: number;
  /** Most that may lie on the pan, in g; above 0. */
  readonly capacityG: number;
  /** What lies on it from the start (vessel, water, oil) and is tared away, in g; 0 to the capacity. */
  readonly vesselG: number;
  /** A reading is stable when the pan's load moves by at most this in one time constant, in g; 0 or more. */
  readonly stableWithinG: number;
}

/** Shows what is there, to the nanogram, at once and for ever. */
export const IDEAL_BALANCE: BalanceModel = {
  responseS: 0,
  sensitivityPercent: 0,
  buoyancyShare: 1,
  driftGPerH: 0,
  repeatabilityG: 0,
  draughtsPerH: 0,
  draughtG: 0,
  resolutionG: 1e-9,
  capacityG: 1000,
  vesselG: 0,
  stableWithinG: 1,
};

/** What a balance shows. */
export interface BalanceReading {
  /** Against the tare, in g: a whole number of steps of the resolution. */
  readonly massG: number;
  /** The same with all its places, as `12.3456`. */
  readonly text: string;
  readonly isStable: boolean;
  /** More lies on the pan than it can weigh, or less than nothing: `massG` means nothing then. */
  readonly isOverload: boolean;
  readonly isUnderload: boolean;
}

const MS_PER_H = 3600000;

/** So far below its first zero a balance still shows something, in shares of its capacity; an assumption. */
const UNDERLOAD_SHARE = 0.05;

const RANGES: Readonly<Record<keyof BalanceModel, readonly [least: number, most: number]>> = {
  responseS: [0, 60],
  sensitivityPercent: [-10, 10],
  buoyancyShare: [0.9, 1.1],
  driftGPerH: [-1, 1],
  repeatabilityG: [0, 10],
  draughtsPerH: [0, 360],
  draughtG: [0, 100],
  resolutionG: [1e-9, 1],
  capacityG: [1e-3, 1e5],
  vesselG: [0, 1e5],
  stableWithinG: [0, 100],
};

/**
 * What a balance shows of a mass m(t) on its pan:
 *
 *     tau y' = b m - y                                          answer of cell and filter; b: lift of the air
 *     shown  = round((1 + s) y + D t + draughts + noise - tare) to the resolution
 *
 * with s the error of the sensitivity, D the drift of the zero and white noise of the repeatability's size, a new value each ms. Sources: the
 * parts are those of a balance's uncertainty budget (EURAMET cg-18: repeatability, resolution, sensitivity, buoyancy, drift); the first-order
 * answer is the usual approximation. Not modelled: linearity, eccentricity, a zero that wanders at random, tracking of the zero, vibration.
 *
 * Noise and draughts follow from seed and time alone, not from how often somebody looked.
 */
export class Balance {
  private readonly response: FirstOrderResponse;
  private tareG = 0;

  /** @param restGPerH what the pan's load gains by itself, in g/h: evaporation, negative. Throws `RangeError` outside the ranges. */
  constructor(
    private readonly model: BalanceModel,
    private readonly seed: number,
    restGPerH = 0,
  ) {
    for (const [key, [least, most]] of Object.entries(RANGES)) {
      const value = model[key as keyof BalanceModel];
      if (!(value >= least && value <= most)) throw new RangeError(`${key} is ${value}; it is ${least} to ${most}`);
    }
    this.response = new FirstOrderResponse(1000 * model.responseS, (restGPerH / MS_PER_H) * model.buoyancyShare);
  }

  /** `massG` g of liquid come onto the pan from `fromMs` on, evenly over `forMs`; not before what came last is all there. */
  pour(fromMs: number, forMs: number, massG: number): void {
    this.response.pour(fromMs, forMs, massG * this.model.buoyancyShare);
  }

  /** What it shows at `atMs`, not before the last pouring began. */
  reading(atMs: number): BalanceReading {
    const { capacityG, vesselG } = this.model;
    const massG = this.stepped(this.shownG(atMs) - this.tareG);
    const load = vesselG + this.response.input(atMs);
    return {
      massG,
      text: this.textOf(massG),
      isStable: this.isStable(atMs),
      isOverload: load > capacityG,
      isUnderload: load < -UNDERLOAD_SHARE * capacityG,
    };
  }

  /** What it shows at `atMs` is 0 from now on. Returns the weight that was tared away, in g. */
  tare(atMs: number): number {
    const tared = this.stepped(this.shownG(atMs) - this.tareG);
    this.tareG += tared;
    return tared;
  }

  /** Takes every tare back. */
  clearTare(): void {
    this.tareG = 0;
  }

  /** A mass in g with the places of the resolution. */
  textOf(massG: number): string {
    const places = Math.max(0, Math.ceil(-Math.log10(this.model.resolutionG) - 1e-9));
    const text = massG.toFixed(places);
    return Number(text) === 0 ? text.replace("-", "") : text;
  }

  private shownG(atMs: number): number {
    const { sensitivityPercent, driftGPerH, repeatabilityG, draughtsPerH } = this.model;
    const noise = repeatabilityG === 0 ? 0 : repeatabilityG * normalAt(this.seed, Math.floor(atMs), 0);
    return (
      (1 + sensitivityPercent / 100) * this.response.output(atMs) +
      (driftGPerH * atMs) / MS_PER_H +
      draughtG(this.seed, atMs, draughtsPerH, this.model.draughtG) +
      noise
    );
  }

  /** In one time constant the answer moves by what it still lags behind. */
  private isStable(atMs: number): boolean {
    const { draughtsPerH, stableWithinG } = this.model;
    const lag = this.response.input(atMs) - this.response.output(atMs);
    return Math.abs(lag) + Math.abs(draughtG(this.seed, atMs, draughtsPerH, this.model.draughtG)) <= stableWithinG;
  }

  private stepped(massG: number): number {
    const { resolutionG } = this.model;
    const steps = Math.round(massG / resolutionG);
    // By way of the text, so that 3 steps of 0.1 mg are 0.0003 and not 0.00030000000000000003.
    return Number(this.textOf(steps * resolutionG));
  }
}
