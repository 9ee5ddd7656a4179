import { windowEnd } from "./blank-windows";
import type { BlankWindows } from "./blank-windows";
import { partsWithout } from "./bolus-spans";
import type { Span } from "./bolus-spans";
import type { Basal } from "./measured-basal";
import type { Stretch } from "./stretch";

/** A step in the mass that no bolus of the log is. */
export interface UnknownStep extends Span {
  readonly ul: number;
}

/** What steps are looked for with. */
export interface StepSearch {
  readonly run: Stretch;
  /** Boluses, occlusions: no steps are looked for in them. */
  readonly known: readonly Span[];
  readonly basal: Basal;
  /** Lengths of the log's boluses, in s, the longest first, and what is there without any. */
  readonly windows: readonly { readonly lengthS: number; readonly blank: BlankWindows }[];
  /** Noise of one reading, one standard deviation. */
  readonly readingUl: number;
  readonly strokeUl: number;
}

/** A step counts from this many standard deviations of the difference of two readings. */
const SURE_STEP = 6;
/**
 * Pulsation and noise go as far above the basal flow as below it, and a step only above: it counts from this many times the lowest twentieth.
 * Of a sine that is 2.5 times its amplitude, of normal noise 4.1 standard deviations.
 */
const SURE_DIPS = 2.5;
/** Fewer windows without a bolus say nothing of what is usual. */
const FEWEST_BLANKS = 20;

/**
 * Steps where the log has no bolus and no occlusion: in a window as long as one of its boluses came more beyond the basal flow than
 * noise, strokes and rollers make of it.
 */
export function unknownSteps(search: StepSearch): UnknownStep[] {
  const steps: UnknownStep[] = [];
  for (const { lengthS, blank } of search.windows) {
    if (blank.count < FEWEST_BLANKS) continue;
    const leastUl = Math.max(SURE_STEP * Math.SQRT2 * search.readingUl, SURE_DIPS * blank.dipUl + search.strokeUl);
    steps.push(...stepsOfLength(search, steps, lengthS, leastUl));
  }
  return steps.sort((a, b) => a.from - b.from);
}

function stepsOfLength(
  { run, known, basal }: StepSearch,
  found: readonly Span[],
  lengthS: number,
  leastUl: number,
): UnknownStep[] {
  const steps: UnknownStep[] = [];
  for (const { first, last } of partsWithout(run, [...known, ...found])) {
    let to = first;
    for (let from = first; from < last; from++) {
      to = Math.min(windowEnd(run, from, to, last, lengthS), last);
      const ul = basal.excessUl(from, to);
      // It is told where it lies wholly in the time, when the next start would see less of it.
      if (ul < leastUl || (to < last && basal.excessUl(from + 1, to + 1) > ul)) continue;
      steps.push({ from, to, ul });
      from = to - 1;
    }
  }
  return steps;
}
