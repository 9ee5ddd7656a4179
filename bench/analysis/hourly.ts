import { errorBetween, firstFrom, nearestWithin } from "./stretch";
import type { Stretch } from "./stretch";
import type { HourResult } from "./flow-analysis";

const S_PER_HOUR = 3600;

/**
 * Mean flow errors of the full hours since the pump was started, each between the samples nearest to its ends (within half a median
 * interval) by their true times. An hour whose ends nobody saw is left out. Hours without samples cost nothing.
 */
export function hourlyErrors(run: Stretch, rateMlPerH: number): HourResult[] {
  const hours: HourResult[] = [];
  const { timeS } = run;
  const firstHour = Math.max(0, Math.floor((timeS[0] ?? 0) / S_PER_HOUR));
  const lastHour = Math.ceil((timeS[timeS.length - 1] ?? 0) / S_PER_HOUR);
  for (let hour = firstHour; hour < lastHour; hour = nextHour(run, hour)) {
    const from = nearestWithin(run, hour * S_PER_HOUR);
    const to = nearestWithin(run, (hour + 1) * S_PER_HOUR);
    if (from === undefined || to === undefined || !((timeS[to] ?? 0) > (timeS[from] ?? 0))) continue;
    hours.push({ fromMinutes: hour * 60, errorPercent: errorBetween(run, from, to, rateMlPerH) });
  }
  return hours;
}

/** The next hour that may hold a sample: the one after, or that before the next sample's, whose end it may be. */
function nextHour({ timeS }: Stretch, hour: number): number {
  const next = timeS[firstFrom(timeS, (hour + 1) * S_PER_HOUR)] ?? Infinity;
  return Math.max(hour + 1, Math.floor(next / S_PER_HOUR) - 1);
}

/** Mean of the hours that lie in a stretch, and their standard deviation (n - 1); null where there are too few. */
export function spreadOfHours(
  hours: readonly HourResult[],
  stretch: { readonly fromMinutes: number; readonly toMinutes: number },
): { meanPercent: number | null; sdPercent: number | null } {
  // An edge sample may be up to a second off the full hour.
  const slack = 1 / 60;
  const inside = hours
    .filter(({ fromMinutes }) => fromMinutes >= stretch.fromMinutes - slack)
    .filter(({ fromMinutes }) => fromMinutes + 60 <= stretch.toMinutes + slack)
    .map(({ errorPercent }) => errorPercent);
  if (inside.length === 0) return { meanPercent: null, sdPercent: null };
  const meanPercent = inside.reduce((sum, error) => sum + error, 0) / inside.length;
  if (inside.length < 2) return { meanPercent, sdPercent: null };
  const squares = inside.reduce((sum, error) => sum + (error - meanPercent) ** 2, 0);
  return { meanPercent, sdPercent: Math.sqrt(squares / (inside.length - 1)) };
}
