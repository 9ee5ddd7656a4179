import { noPump } from "../../src/config";
import { PRESCRIPTION_FIELDS } from "../../src/prescription/prescription";
import { ReportRow } from "../../src/record/report-row";
import { didYouMean } from "../../config/nearest-word";
import { QuantityError } from "../../config/quantities";
import { wordList } from "../../config/schema-words";
import { ROW_WORDS } from "../log/row-words";
import { describeEntry } from "../log/words";
import { readReport } from "./read-report";
import type { PumpReport } from "./report";

/** A value at the end of a path: what can be expected of it depends on its key and its type. */
export interface ReportLeaf {
  /** The last key of the path. */
  readonly key: string;
  readonly type: "number" | "boolean" | "string";
}

const EXAMPLE = "for example reservoir.leastNl or alarms.lowReservoir.hasCause";

/** The list whose entries have keys of their own: those of the event log. */
const FREE_LIST = "eventLog";

let template: PumpReport | undefined;

/** A report in which everything that can be there is there, and nothing is `null`: its shape is that of all reports. */
export function reportTemplate(): PumpReport {
  if (template !== undefined) return template;
  const lines = Object.keys(ROW_WORDS).flatMap((code) => {
    const row = Number(code);
    if (row !== ReportRow.field) return [describeEntry(row, 0, 1, 1, 1, 1)];
    return Array.from({ length: PRESCRIPTION_FIELDS }, (_, place) =>
      describeEntry(row, 0, place, place + 1, place + 2, 0),
    );
  });
  const config = { plPerRevolution: 1, fullStepsPerRevolution: 1, fullStepsPerStroke: 1 };
  template = readReport(lines, { config: { ...noPump(), ...config }, drugs: [] });
  return template;
}

/**
 * What stands at a path such as `reservoir.leastNl`: keys with points between them; an entry of a list by its number from 0, or by a word that it
 * holds. Throws `QuantityError` for a path that leads nowhere in any report.
 */
export function reportLeaf(path: string): ReportLeaf {
  let value: unknown = reportTemplate();
  let key = "";
  let isFree = false;
  for (const segment of path.split(".")) {
    key = segment;
    if (Array.isArray(value)) {
      isFree ||= value === reportTemplate()[FREE_LIST];
      value = value[0];
    } else if (typeof value === "object" && value !== null) {
      if (isFree) return { key, type: "string" };
      const keys = Object.keys(value);
      if (!keys.includes(segment))
        throw new QuantityError(`a report has no ${path}${didYouMean(segment, keys)} (there it has ${wordList(keys)})`);
      value = (value as Record<string, unknown>)[segment];
    } else throw new QuantityError(`a report has no ${path}; it ends before .${segment}`);
  }
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string")
    return { key, type: typeof value as ReportLeaf["type"] };
  throw new QuantityError(`${path} is no single value; go on to one, ${EXAMPLE}`);
}

/** The value at a path of a report; `undefined` when its list has no such entry. */
export function valueAt(report: PumpReport, path: string): unknown {
  let value: unknown = report;
  for (const segment of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Array.isArray(value) ? entryOf(value, segment) : (value as Record<string, unknown>)[segment];
  }
  return value;
}

function entryOf(list: readonly unknown[], segment: string): unknown {
  if (/^[0-9]+$/.test(segment)) return list[Number(segment)];
  return list.find((entry) => typeof entry === "object" && entry !== null && Object.values(entry).includes(segment));
}
