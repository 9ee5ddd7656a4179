import type { BolusResult } from "./flow-analysis";
import type { LoggedBolus, PumpLog } from "./pump-log";
import { firstFrom } from "./stretch";
import type { GapFreePart, Stretch } from "./stretch";

/** What the balance's steps are worked out with. */
export interface StepSettings {
  /** Noise of one reading, in µL: one standard deviation. */
  readonly readingUl: number;
  /** Set rate, in mL/h, where the log has none. */
  readonly rateMlPerH: number;
}

/** The boluses of the log beside the balance's steps, and the steps that the log does not know. */
export interface BolusTable {
  readonly boluses: readonly BolusResult[];
  readonly notes: readonly string[];
}

/**
 * Each bolus of the log with the step that the balance saw: from the last sample before it to the first that is a whole median interval
 * after it, less the basal rate of the log for that time. Boluses that the balance did not see from before to after are left out with a
 * note, and those that run into each other are measured together.
 * @param run times on the log's axis
 */
export function bolusTable(run: Stretch, log: PumpLog, settings: StepSettings): BolusTable {
  const boluses: BolusResult[] = [];
  const notes: string[] = [];
  const spans: Span[] = [];
  for (const group of together(log.boluses, run.medianIntervalS)) {
    const span = spanOf(run, group);
    const startMinutes = (group[0]?.startS ?? 0) / 60;
    const kind = [...new Set(group.map((bolus) => bolus.kind))].join(" + ");
    if (span === undefined) {
      notes.push(`the ${kind} bolus at ${startMinutes.toFixed(1)} min was not weighed from before to after`);
      continue;
    }
    spans.push(span);
    const orderedUl = group.reduce((sum, bolus) => sum + bolus.orderedUl, 0);
    const measuredUl = excessUl(run, span, log, settings);
    boluses.push({
      startMinutes,
      kind: group.length > 1 ? `${kind} (${group.length} together)` : kind,
      orderedUl,
      measuredUl,
      errorPercent: 100 * (measuredUl / orderedUl - 1),
      noisePercent: (100 * Math.SQRT2 * settings.readingUl) / orderedUl,
    });
  }
  return { boluses, notes: [...notes, ...unknownSteps(run, spans, log, settings)] };
}

/** A part of the run, as samples: `from` and `to` included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Boluses nearer to each other than two samples cannot be told apart. A bolus of nothing is none. */
function together(boluses: readonly LoggedBolus[], medianIntervalS: number): LoggedBolus[][] {
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

function spanOf(run: Stretch, group: readonly LoggedBolus[]): Span | undefined {
  const startS = group[0]?.startS ?? NaN;
  const endS = Math.max(...group.map((bolus) => bolus.endS));
  const at = firstFrom(run.timeS, startS);
  const from = run.timeS[at] === startS ? at : at - 1;
  const to = firstFrom(run.timeS, endS + run.medianIntervalS);
  const part = run.parts.find(({ first, last }) => first <= from && to <= last);
  return part === undefined ? undefined : { from, to };
}

/** What came in a span beyond the basal rate, in µL. */
function excessUl(run: Stretch, { from, to }: Span, log: PumpLog, { rateMlPerH }: StepSettings): number {
  const ml = (run.volumeMl[to] ?? NaN) - (run.volumeMl[from] ?? NaN);
  return 1000 * (ml - basalMl(log, run.timeS[from] ?? NaN, run.timeS[to] ?? NaN, rateMlPerH));
}

/** What the basal rates of the log make in a time, in mL. */
function basalMl(log: PumpLog, fromS: number, toS: number, rateMlPerH: number): number {
  if (log.basal.length === 0) return (rateMlPerH * (toS - fromS)) / 3600;
  return log.basal.reduce((sum, { atS, mlPerH }, index) => {
    const until = log.basal[index + 1]?.atS ?? Infinity;
    return sum + (mlPerH * Math.max(0, Math.min(until, toS) - Math.max(atS, fromS))) / 3600;
  }, 0);
}

/** A step counts from this many standard deviations of the difference of two readings. */
const SURE_STEP = 6;
/** What a freed line gives comes within this, in s. */
const RELEASE_S = 600;
/** More unknown steps than this are no list for people. */
const MOST_STEPS = 20;

/**
 * Steps where the log has no bolus and no released occlusion: at least half the smallest bolus more than basal, within the time of the
 * longest one.
 */
function unknownSteps(run: Stretch, known: readonly Span[], log: PumpLog, settings: StepSettings): string[] {
  const given = log.boluses.filter(({ orderedUl }) => orderedUl > 0);
  if (given.length === 0) return [];
  const smallestUl = Math.min(...given.map(({ orderedUl }) => orderedUl));
  const longestS = Math.max(...given.map(({ startS, endS }) => endS - startS));
  const leastUl = Math.max(smallestUl / 2, SURE_STEP * Math.SQRT2 * settings.readingUl);
  const lengthS = longestS + run.medianIntervalS;
  const notes: string[] = [];
  for (const { first, last } of unknownParts(run, known, log)) {
    let to = first;
    for (let from = first; from < last; from++) {
      while (to < last && (run.timeS[to] ?? NaN) - (run.timeS[from] ?? NaN) < lengthS) to++;
      const ul = excessUl(run, { from, to }, log, settings);
      // It is told where it lies wholly in the time, when the next start would see less of it.
      if (ul < leastUl || (to < last && excessUl(run, { from: from + 1, to: to + 1 }, log, settings) > ul)) continue;
      const minutes = ((run.timeS[from] ?? NaN) / 60).toFixed(1);
      notes.push(`a step of ${ul.toPrecision(3)} µL at ${minutes} min that the pump's log does not know`);
      from = to;
    }
  }
  return notes.length <= MOST_STEPS ? notes : [`${notes.length} steps that the pump's log does not know`];
}

/** What is left of the parts between gaps without boluses and freed lines. */
function unknownParts(run: Stretch, known: readonly Span[], log: PumpLog): GapFreePart[] {
  const taken = [...known];
  for (const { openS } of log.occlusions) {
    if (openS === undefined) continue;
    taken.push({ from: firstFrom(run.timeS, openS) - 1, to: firstFrom(run.timeS, openS + RELEASE_S) });
  }
  taken.sort((a, b) => a.from - b.from);
  const left: GapFreePart[] = [];
  for (const part of run.parts) {
    let first = part.first;
    for (const { from, to } of taken) {
      if (to <= first || from >= part.last) continue;
      if (from > first) left.push({ first, last: from });
      first = Math.max(first, to);
    }
    if (first < part.last) left.push({ first, last: part.last });
  }
  return left;
}
