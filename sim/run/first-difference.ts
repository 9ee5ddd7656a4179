import { differingLine } from "../log/differing-line";
import type { KeptLine } from "./outcome";

/** Where two logs part. */
export interface LogDifference {
  /** Number of the line from 0. */
  readonly index: number;
  /** The last lines that both have. */
  readonly before: readonly string[];
  /** The line of the first log; `undefined`: it has ended. */
  readonly a: string | undefined;
  /** The line of the second log; `undefined`: it has ended. */
  readonly b: string | undefined;
}

const LINES_BEFORE = 3;

/** The first line in which two logs differ, with the last ones that they share; `undefined` when they are the same. */
export function firstDifference(a: readonly KeptLine[], b: readonly KeptLine[]): LogDifference | undefined {
  const one = a.map(({ text }) => text);
  const other = b.map(({ text }) => text);
  const index = differingLine(one, other);
  if (index === undefined) return undefined;
  return { index, before: one.slice(Math.max(0, index - LINES_BEFORE), index), a: one[index], b: other[index] };
}
