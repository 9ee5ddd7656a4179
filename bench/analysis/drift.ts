import type { Stretch } from "./stretch";

/**
 * How the flow error changes, in % of the set rate per hour: a parabola is fitted to volume against time by least squares over all samples,
 * and the flow's slope is twice its quadratic coefficient. 0 where fewer than three times differ.
 */
export function driftPercentPerHour({ timeS, volumeMl }: Stretch, rateMlPerH: number): number {
  const { length } = timeS;
  const meanS = mean(timeS);
  const meanMl = mean(volumeMl);
  let second = 0;
  let third = 0;
  for (const time of timeS) {
    const x = (time - meanS) / 3600;
    second += x * x;
    third += x * x * x;
  }
  // Orthogonal polynomials on the times themselves: p2 = x² - a x - b has no share in 1 and x.
  const a = second > 0 ? third / second : 0;
  const b = second / length;
  let square = 0;
  let product = 0;
  for (let i = 0; i < length; i++) {
    const x = ((timeS[i] ?? NaN) - meanS) / 3600;
    const p = x * x - a * x - b;
    square += p * p;
    product += p * ((volumeMl[i] ?? NaN) - meanMl);
  }
  // What rounding leaves of a polynomial that is zero at all times.
  if (square <= 1e-20 * second * second) return 0;
  return ((2 * product) / square / rateMlPerH) * 100;
}

function mean(values: Float64Array): number {
  const [first = 0] = values;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}
