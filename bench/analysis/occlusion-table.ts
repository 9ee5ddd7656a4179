import type { OcclusionResult } from "./flow-analysis";
import type { PumpLog } from "./pump-log";
import { firstFrom } from "./stretch";
import type { Stretch } from "./stretch";

/** A change counts as flow from this many standard deviations of the difference of two readings. */
const SURE_FLOW = 3;

/** What a freed line gives is weighed for at most this long, in s: later changes are the balance's or the room's. */
const LONGEST_RELEASE_S = 3600;

/**
 * Each occlusion of the log as the balance saw it: how long before the alarm the last flow was, and what came when the line was free again
 * before the pump's next stroke. @param run times on the log's axis; @param readingUl noise of one reading, one standard deviation
 */
export function occlusionTable(run: Stretch, log: PumpLog, readingUl: number): OcclusionResult[] {
  return log.occlusions.map(({ alarmS, openS }) => {
    const lastFlowS = lastFlowBefore(run, alarmS, readingUl);
    return {
      alarmMinutes: alarmS / 60,
      minutesToAlarm: lastFlowS === undefined ? null : (alarmS - lastFlowS) / 60,
      releasedUl: openS === undefined ? null : releasedUl(run, log, openS),
    };
  });
}

/** The end of the last interval before `alarmS` after which no more came than noise is. */
export function lastFlowBefore(
  { timeS, volumeMl, parts }: Stretch,
  alarmS: number,
  readingUl: number,
): number | undefined {
  const atAlarm = firstFrom(timeS, alarmS + 1e-6) - 1;
  const part = parts.find(({ first, last }) => first <= atAlarm && atAlarm <= last);
  if (part === undefined) return undefined;
  const least = Math.max((SURE_FLOW * Math.SQRT2 * readingUl) / 1000, 1e-12);
  for (let i = atAlarm - 1; i >= part.first; i--) {
    if ((volumeMl[atAlarm] ?? NaN) - (volumeMl[i] ?? NaN) > least) return timeS[i + 1];
  }
  return undefined;
}

function releasedUl({ timeS, volumeMl, parts }: Stretch, log: PumpLog, openS: number): number | null {
  const nextStrokeS = log.strokes.find(({ atS }) => atS >= openS)?.atS ?? Infinity;
  const from = firstFrom(timeS, openS) - 1;
  const to = firstFrom(timeS, Math.min(nextStrokeS, openS + LONGEST_RELEASE_S) + 1e-6) - 1;
  const isSeen = parts.some(({ first, last }) => first <= from && to <= last);
  if (!isSeen || to <= from) return null;
  return 1000 * ((volumeMl[to] ?? NaN) - (volumeMl[from] ?? NaN));
}
