import type { MassSeries } from "./mass-series";
import type { GapFreePart } from "./stretch";

/** One standard deviation of a reading, in g, and where it is from. */
export interface BalanceNoise {
  readonly readingG: number;
  readonly source: string;
  /** The display stood still: nobody can say how noisy it is, and nothing can be judged by it. */
  readonly isFrozen?: boolean | undefined;
}

/**
 * The noise of single readings, from second differences: for each three samples in a row, how far the middle one is from the line through
 * its neighbours, d_i. With even sampling d_i is half the second difference, and s² = mean(d_i² / 1.5) is mean((second difference)²)/6. Slow
 * changes of the flow fall out; doses and rollers do not and make it larger, which is the safe side. Rounding falls out too where a display
 * stands still for many samples: {@link measuredNoise} has a floor for that.
 * Uneven sampling: the pseudo-residuals of Gasser, Sroka and Jennen-Steinmetz, Biometrika 73 (1986) 625. Gaps are not bridged.
 * `undefined`: no three samples stand together.
 */
export function noiseOfSecondDifferences(
  { timeS, massG }: Pick<MassSeries, "timeS" | "massG">,
  parts: readonly GapFreePart[],
): number | undefined {
  let sum = 0;
  let count = 0;
  for (const { first, last } of parts) {
    for (let i = first + 1; i < last; i++) {
      const before = timeS[i - 1] ?? NaN;
      const after = timeS[i + 1] ?? NaN;
      if (!(after > before)) continue;
      const share = (after - (timeS[i] ?? NaN)) / (after - before);
      const distance = share * (massG[i - 1] ?? NaN) + (1 - share) * (massG[i + 1] ?? NaN) - (massG[i] ?? NaN);
      sum += (distance * distance) / (share * share + (1 - share) * (1 - share) + 1);
      count++;
    }
  }
  return count === 0 ? undefined : Math.sqrt(sum / count);
}

/**
 * Noise of the balance in one window, as one standard deviation of its flow error in %: 100 √2 s / (mass rate x P), of two readings.
 * @param massRateGPerH what the set rate weighs in an hour
 */
export function noisePercent(readingG: number, massRateGPerH: number, minutes: number): number {
  return (100 * Math.SQRT2 * readingG) / (massRateGPerH * (minutes / 60));
}

/** The limit that judges windows when none is told, in %. */
export const USUAL_LIMIT_PERCENT = 5;

/** True when twice the noise is at most a third of the limit: the balance can see what the limit asks for. */
export function isJudgeable(noise: number, limitPercent: number | undefined): boolean {
  return 2 * noise <= (limitPercent ?? USUAL_LIMIT_PERCENT) / 3;
}

/** As {@link isJudgeable}, and never by a display that stood still. */
export function canJudge({ isFrozen }: BalanceNoise, noise: number, limitPercent: number | undefined): boolean {
  return isFrozen !== true && isJudgeable(noise, limitPercent);
}
