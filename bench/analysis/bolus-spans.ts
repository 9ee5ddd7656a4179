import type { LoggedBolus, PumpLog } from "./pump-log";
import { firstFrom } from "./stretch";
import type { GapFreePart, Stretch } from "./stretch";

/** A part of a run, as samples: `from` and `to` included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a freed line gives comes within this, in s. */
const RELEASE_S = 600;

/** Boluses nearer to each other than two samples cannot be told apart. A bolus of nothing is none. */
export function bolusGroups(boluses: readonly LoggedBolus[], medianIntervalS: number): LoggedBolus[][] {
  const groups: LoggedBolus[][] = [];
  let endS = -Infinity;
  for (const bolus of boluses) {
    if (!(bolus.orderedUl > 0)) continue;
    const last = groups.at(-1);
    if (last !== undefined && bolus.startS < endS + 2 * medianIntervalS) last.push(bolus);
    else groups.push([bolus]);
    endS = Math.max(endS, bolus.endS);
  }
  return groups;
}

/** From the last sample before the boluses to the first that is a whole median interval after them; it may reach beyond the run. */
export function spanOf(run: Stretch, group: readonly LoggedBolus[]): Span {
  const startS = group[0]?.startS ?? NaN;
  const endS = Math.max(...group.map((bolus) => bolus.endS));
  const at = firstFrom(run.timeS, startS);
  return { from: run.timeS[at] === startS ? at : at - 1, to: firstFrom(run.timeS, endS + run.medianIntervalS) };
}

/** True when the balance saw all of it, without a gap. */
export function isWeighed(run: Stretch, { from, to }: Span): boolean {
  return run.parts.some(({ first, last }) => first <= from && to <= last);
}

/**
 * The occlusions of the log: from the last flow before the alarm until the line has given what it held, or to the end of the run.
 * @param lastFlowS the last flow before an alarm, in s; undefined: not seen
 */
export function occludedSpans(run: Stretch, log: PumpLog, lastFlowS: (alarmS: number) => number | undefined): Span[] {
  return log.occlusions.map(({ alarmS, openS }) => ({
    from: firstFrom(run.timeS, lastFlowS(alarmS) ?? alarmS) - 1,
    to: firstFrom(run.timeS, (openS ?? Infinity) + RELEASE_S),
  }));
}

/** What is left of the parts between gaps without such spans. */
export function partsWithout(run: Stretch, spans: readonly Span[]): GapFreePart[] {
  const taken = [...spans].sort((a, b) => a.from - b.from);
  const left: GapFreePart[] = [];
  for (const part of run.parts) {
    let { first } = part;
    for (const { from, to } of taken) {
      if (to <= first || from >= part.last) continue;
      if (from > first) left.push({ first, last: from });
      first = Math.max(first, to);
    }
    if (first < part.last) left.push({ first, last: part.last });
  }
  return left;
}
