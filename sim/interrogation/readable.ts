import type { Interrogation } from "./interrogation";
import { valueText } from "./report-value";

const UNIT = /(?:NlPerDay|NgPerDay|NgPerUl|PerMille|Nl|Pl|Ng|Ms|Mv|Days)$/;
/** Entries of a list that are shown; the rest is counted. */
const MOST_ENTRIES = 14;
const LABEL_WIDTH = 24;

/** A report for people: a heading for each part, a line for each value and for each entry of a list. */
export function readableReport({ name, report }: Interrogation): string {
  const title = `Interrogation${name === undefined ? "" : ` ${name}`} at ${report.clock.wall ?? valueText("coreMs", report.clock.coreMs)}`;
  const parts = Object.entries(report).flatMap(([part, content]) => ["", labelOf(part), ...linesOf(content, "  ")]);
  return `${[title, ...parts].join("\n")}\n`;
}

/** `leastNl` as `least`, `primaryDrug` as `primary drug`. */
export function labelOf(key: string): string {
  const plain = key.replace(UNIT, "") || key;
  return plain
    .replace(/([a-z])([A-Z0-9])|([0-9])([A-Z])/g, "$1$3 $2$4")
    .replace(/(\d)h\b/, "$1 h")
    .toLowerCase();
}

function linesOf(content: unknown, indent: string): string[] {
  if (Array.isArray(content)) return listLines(content, indent);
  if (typeof content !== "object" || content === null) return [`${indent}none`];
  return shownPairs(content).flatMap(([key, value]) => {
    if (typeof value !== "object" || value === null)
      return [`${indent}${labelOf(key).padEnd(LABEL_WIDTH - indent.length)}${valueText(key, value)}`];
    const inner = linesOf(value, `${indent}  `);
    return inner.length === 0 ? [] : [`${indent}${labelOf(key)}`, ...inner];
  });
}

function listLines(list: readonly unknown[], indent: string): string[] {
  if (list.length === 0) return [`${indent}none`];
  const lines = list.slice(0, MOST_ENTRIES).map((entry) => `${indent}${entryText(entry)}`);
  const more = list.length - lines.length;
  return more === 0 ? lines : [...lines, `${indent}and ${more} more`];
}

/** An entry of a list in one line: its words as they are, its numbers with what they are. */
function entryText(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry);
  return shownPairs(entry)
    .map(([key, value]) => pairText(key, value))
    .join(", ");
}

/** A key and its value in one phrase: a word as it is, a number with what it is. */
export function pairText(key: string, value: unknown): string {
  const text = valueText(key, value);
  return typeof value === "string" ? text : `${labelOf(key)} ${text}`;
}

/** The pairs of an object, without a core time beside which its date is known, and without a date that is not. */
function shownPairs(content: object): [key: string, value: unknown][] {
  const pairs = Object.entries(content) as [string, unknown][];
  const values = new Map(pairs);
  return pairs.filter(([key, value]) => {
    const date = key.endsWith("Ms") ? values.get(key.slice(0, -2)) : undefined;
    if (typeof date === "string") return false;
    return value !== null || !values.has(`${key}Ms`);
  });
}
