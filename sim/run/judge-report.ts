import { interrogationsOf } from "../interrogation/interrogation";
import type { Interrogation } from "../interrogation/interrogation";
import { valueAt } from "../interrogation/report-path";
import { valueText } from "../interrogation/report-value";
import type { Expected } from "../scenario/expectation";
import { whyNotAsked } from "./resolve-moment";
import type { RunRecord, Shortfall } from "./run-record";

/** A run may expect much of its interrogations; they are read once. */
const known = new WeakMap<RunRecord, readonly Interrogation[]>();

function interrogationsIn(record: RunRecord): readonly Interrogation[] {
  const read = known.get(record) ?? interrogationsOf(record);
  known.set(record, read);
  return read;
}

/** Judges what a named interrogation says under one of its keys. */
export function judgeReport(record: RunRecord, wanted: Extract<Expected, { about: "report" }>): Shortfall | undefined {
  const { name, field, is, within } = wanted;
  const key = field.slice(field.lastIndexOf(".") + 1);
  const expected = `${field} ${valueText(key, is)}${within === 0 ? "" : ` within ${valueText(key, within)}`}`;
  const interrogation = interrogationsIn(record).find((one) => one.name === name);
  if (interrogation === undefined) return { expected, actual: whyNotAsked(record, name), atMs: null };
  const actual = valueAt(interrogation.report, field);
  if (isAsWanted(actual, is, within)) return undefined;
  return { expected, actual: valueText(key, actual), atMs: interrogation.atMs };
}

function isAsWanted(actual: unknown, is: Extract<Expected, { about: "report" }>["is"], within: number): boolean {
  if (typeof actual === "number" && typeof is === "number") return Math.abs(actual - is) <= within;
  // What is not there is `none`, whatever its type would be.
  if (actual === null || actual === undefined) return is === null || is === "none";
  return actual === is || (typeof is === "string" && String(actual) === is);
}
