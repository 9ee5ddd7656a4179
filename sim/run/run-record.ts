import type { Scenario } from "../scenario/scenario";
import type { KeptLine, ResolvedInput, RunFailure } from "./outcome";
import type { DarkSpan } from "./power";
import type { FluidRecord } from "./fluid-record";
import type { RequestBook } from "./request-book";
import type { StrokeTimes } from "./stroke-times";

/** What a run left behind for its verdict. */
export interface RunRecord {
  readonly scenario: Scenario;
  readonly lines: readonly KeptLine[];
  readonly strokeTimes: StrokeTimes;
  readonly book: RequestBook;
  readonly resolvedInputs: readonly ResolvedInput[];
  /** When the pump was without power, or starting. */
  readonly dark: readonly DarkSpan[];
  /** Those of the scenario's inputs that fell into such a time and reached nobody, by their place. */
  readonly lost: ReadonlySet<number>;
  /** What the plant did; `undefined`: the scenario says nothing of it. */
  readonly fluid: FluidRecord | undefined;
}

/** What was wanted and what was there, before it is placed in the scenario. */
export interface Shortfall {
  readonly expected: string;
  readonly actual: string;
  readonly atMs: number | null;
}

const LINES_BEFORE = 3;
const LINES_AFTER = 2;

/** The last lines up to `atMs` and the first after it; the end of the log for `null`. */
export function logAround(record: RunRecord, atMs: number | null): string[] {
  let after = atMs === null ? -1 : record.lines.findIndex(({ line }) => line.atMs > atMs);
  if (after < 0) after = record.lines.length;
  return record.lines.slice(Math.max(0, after - LINES_BEFORE), after + LINES_AFTER).map(({ text }) => text);
}

/** A failure in the words of the outcome. @param expect the scenario's own text */
export function failureOf(record: RunRecord, line: number, expect: string, shortfall: Shortfall): RunFailure {
  return { line, expect, ...shortfall, logAround: logAround(record, shortfall.atMs) };
}
