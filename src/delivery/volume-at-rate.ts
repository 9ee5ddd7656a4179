import { quotientRoundedUp } from "../units";

/**
 * Volume that a rate orders in a time, in nL, rounded up (by whole seconds, so never too small and too large by at most
 * one second of the rate plus 1 nL). For forecasts and limits; the step plan itself is exact.
 * Rates to 10^9 nL/day over 100 days stay under 2^53.
 */
export function volumeAtRateNl(rateNlPerDay: number, durationMs: number): number {
  return quotientRoundedUp(rateNlPerDay * quotientRoundedUp(durationMs, 1000), 86400);
}
