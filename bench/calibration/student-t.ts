import { incompleteBeta } from "./incomplete-beta";

/** Probability that Student's t of `freedom` degrees is farther from 0 than `t`, on either side (Abramowitz and Stegun 26.7.1). */
export function studentTails(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * The t of `freedom` degrees beyond which, on both sides together, lies the share `tails`: `tails` 0.05 for an interval of 95 %. By bisection.
 * @param tails above 0, below 1 @param freedom 1 or more
 */
export function studentLimit(tails: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentTails(high, freedom) > tails) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, freedom) > tails) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability that Fisher's F of `upper` and `lower` degrees is above `f` (Abramowitz and Stegun 26.6.2). */
export function fisherTail(f: number, upper: number, lower: number): number {
  return f <= 0 ? 1 : incompleteBeta(lower / (lower + upper * f), lower / 2, upper / 2);
}
