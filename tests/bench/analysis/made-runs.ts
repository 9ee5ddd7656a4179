import { madeSeries } from "../../../bench/analysis/mass-series";
import type { MassSeries } from "../../../bench/analysis/mass-series";
import { normalAt } from "../../../sim/plant/balance-noise";

/** Density of the made runs, in g/mL: that of the usual convention. */
export const DENSITY = 0.998;

/** What a made run looks like; sampled every 30 s without noise unless told. */
export interface MadeRun {
  readonly minutes: number;
  readonly intervalS?: number;
  /** Noise of one reading, in g, and its seed. */
  readonly noiseG?: number;
  readonly seed?: number;
}

/** A run of even sampling: `volumeMl` of the minutes since the start, on a balance. */
export function evenRun(made: MadeRun, volumeMl: (minutes: number) => number): MassSeries {
  const { minutes, intervalS = 30, noiseG = 0, seed = 1 } = made;
  const count = Math.round((minutes * 60) / intervalS) + 1;
  const timeS = Array.from({ length: count }, (_, i) => i * intervalS);
  return madeSeries(
    timeS,
    timeS.map((time, i) => DENSITY * volumeMl(time / 60) + noiseG * normalAt(seed, i, 1)),
  );
}
