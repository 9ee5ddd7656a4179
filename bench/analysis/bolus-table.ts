import { blankWindows } from "./blank-windows";
import type { BlankWindows } from "./blank-windows";
import { bolusGroups, isWeighed, occludedSpans, partsWithout, spanOf } from "./bolus-spans";
import type { Span } from "./bolus-spans";
import { rollersUl } from "./dose-cycle";
import type { RollerHead } from "./dose-cycle";
import type { BolusResult } from "./flow-analysis";
import { measuredBasal, strokeUl } from "./measured-basal";
import type { Basal } from "./measured-basal";
import { lastFlowBefore } from "./occlusion-table";
import type { LoggedBolus, PumpLog } from "./pump-log";
import type { Stretch } from "./stretch";
import { unknownSteps } from "./unknown-steps";
import type { UnknownStep } from "./unknown-steps";

/** What the balance's steps are worked out with. */
export interface StepSettings {
  /** Noise of one reading, in µL: one standard deviation. */
  readonly readingUl: number;
  /** Set rate, in mL/h, where the log has none. */
  readonly rateMlPerH: number;
  /** The pump's rollers, when they are known. */
  readonly head?: RollerHead | undefined;
}

/** The boluses of the log beside the balance's steps, and the steps that the log does not know. */
export interface BolusTable {
  readonly boluses: readonly BolusResult[];
  readonly notes: readonly string[];
}

/**
 * Each bolus of the log with the step that the balance saw: from the last sample before it to the first that is a whole median interval
 * after it, less the basal flow as it was measured without boluses. Boluses that the balance did not see from before to after are left out
 * with a note, and those that run into each other are measured together.
 * @param run times on the log's axis
 */
export function bolusTable(run: Stretch, log: PumpLog, settings: StepSettings): BolusTable {
  const groups = bolusGroups(log.boluses, run.medianIntervalS);
  if (groups.length === 0) return { boluses: [], notes: [] };
  const { basal, steps, blankOf } = boluslessTime(run, log, groups, settings);
  const stroke = strokeUl(log, settings.rateMlPerH);
  const boluses: BolusResult[] = [];
  const notes: string[] = [];
  for (const group of groups) {
    const span = spanOf(run, group);
    const startMinutes = (group[0]?.startS ?? 0) / 60;
    const kind = [...new Set(group.map((bolus) => bolus.kind))].join(" + ");
    if (!isWeighed(run, span)) {
      notes.push(`the ${kind} bolus at ${startMinutes.toFixed(1)} min was not weighed from before to after`);
      continue;
    }
    const orderedUl = group.reduce((sum, bolus) => sum + bolus.orderedUl, 0);
    const measuredUl = basal.excessUl(span.from, span.to);
    const lengthS = windowOf(run, group);
    const standardUl = bolusStandardUl(blanksUpTo(lengthS, orderedUl, basal, blankOf), basal, span, {
      readingUl: settings.readingUl,
      strokeUl: stroke,
      rollersUl: settings.head === undefined ? 0 : rollersUl(settings.head, stroke),
    });
    boluses.push({
      startMinutes,
      kind: group.length > 1 ? `${kind} (${group.length} together)` : kind,
      orderedUl,
      measuredUl,
      errorPercent: 100 * (measuredUl / orderedUl - 1),
      noisePercent: (100 * standardUl) / orderedUl,
    });
  }
  if (boluses.length > 0) notes.push(`the basal flow that is taken off the boluses is ${basal.text}`);
  return { boluses, notes: [...notes, ...stepNotes(run, log, steps)] };
}

/** How long a bolus is to the balance, in s. */
function windowOf({ medianIntervalS }: Stretch, group: readonly LoggedBolus[]): number {
  return Math.max(...group.map(({ endS }) => endS)) - (group[0]?.startS ?? NaN) + medianIntervalS;
}

/** What is known of the time without boluses. */
interface BoluslessTime {
  readonly basal: Basal;
  readonly steps: readonly UnknownStep[];
  readonly blankOf: (lengthS: number) => BlankWindows;
}

/** How often basal flow and unknown steps are worked out: a step that is found belongs to no basal flow. */
const PASSES = 2;

function boluslessTime(
  run: Stretch,
  log: PumpLog,
  groups: readonly (readonly LoggedBolus[])[],
  { readingUl, rateMlPerH }: StepSettings,
): BoluslessTime {
  const known = [
    ...groups.map((group) => spanOf(run, group)),
    ...occludedSpans(run, log, (alarmS) => lastFlowBefore(run, alarmS, readingUl)),
  ];
  const lengths = [...new Set(groups.map((group) => windowOf(run, group)))].sort((a, b) => b - a);
  const stroke = strokeUl(log, rateMlPerH);
  let steps: readonly UnknownStep[] = [];
  for (let pass = 0; ; pass++) {
    const parts = partsWithout(run, [...known, ...steps]);
    const basal = measuredBasal(run, parts, log, rateMlPerH);
    const blankOf = (lengthS: number): BlankWindows => blankWindows(run, parts, basal, lengthS);
    if (pass === PASSES) return { basal, steps, blankOf };
    const windows = lengths.map((lengthS) => ({ lengthS, blank: blankOf(lengthS) }));
    steps = unknownSteps({ run, known, basal, windows, readingUl, strokeUl: stroke });
  }
}

/** Fewer windows without a bolus do not show strokes and rollers. */
const FEWEST_BLANKS = 10;

/**
 * Windows as long as the bolus, and twice, four times ... as long until the basal flow alone turns the head as far as the bolus did: rollers
 * pulse by volume, and a slow basal flow does not show them in the time of a bolus.
 */
function blanksUpTo(
  lengthS: number,
  orderedUl: number,
  basal: Basal,
  blankOf: (lengthS: number) => BlankWindows,
): BlankWindows[] {
  const longestS = basal.flowUlPerS > 0 ? Math.max(lengthS, orderedUl / basal.flowUlPerS) : lengthS;
  const blanks: BlankWindows[] = [];
  for (let oneS = lengthS; oneS <= longestS; oneS *= 2) {
    const blank = blankOf(oneS);
    if (blank.count < FEWEST_BLANKS) break;
    blanks.push(blank);
  }
  return blanks;
}

/**
 * One standard deviation of a bolus: two readings at least, with strokes and rollers as windows without a bolus show them (else one stroke) or
 * the head is known to have them, and the basal flow that is taken off, whose own ends are as uncertain.
 */
function bolusStandardUl(
  blanks: readonly BlankWindows[],
  basal: Basal,
  { from, to }: Span,
  known: { readonly readingUl: number; readonly strokeUl: number; readonly rollersUl: number },
): number {
  const readingsUl = Math.SQRT2 * known.readingUl;
  const endsUl = Math.max(
    Math.hypot(readingsUl, known.rollersUl, blanks.length === 0 ? known.strokeUl : 0),
    ...blanks.map(({ standardUl }) => standardUl),
  );
  return Math.hypot(endsUl, endsUl * Math.sqrt(basal.parts) * basal.shareBetween(from, to));
}

/** More unknown steps than this are no list for people. */
const MOST_STEPS = 20;

/** Smaller steps than half the smallest bolus are left out of the basal flow, and are not told: they are drops, draughts and drift. */
function stepNotes(run: Stretch, { boluses }: PumpLog, all: readonly UnknownStep[]): string[] {
  const smallestUl = Math.min(...boluses.map(({ orderedUl }) => orderedUl).filter((ul) => ul > 0));
  const steps = all.filter(({ ul }) => ul >= smallestUl / 2);
  if (steps.length > MOST_STEPS) return [`${steps.length} steps that the pump's log does not know`];
  return steps.map(({ from, ul }) => {
    const minutes = ((run.timeS[from] ?? NaN) / 60).toFixed(1);
    return `a step of ${ul.toPrecision(3)} µL at ${minutes} min that the pump's log does not know`;
  });
}
