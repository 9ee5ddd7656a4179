import { ENTRY_WORDS, entryFields } from "../log/entry-words";
import type { PumpReport } from "./report";
import type { Row, Rows } from "./rows";

const CODES: ReadonlyMap<string, number> = new Map(
  Object.entries(ENTRY_WORDS).map(([code, { event }]) => [event, Number(code)]),
);

/** One entry of the pump's own event log: its time, its event, and its first two numbers under the keys of the log. */
export function eventReport(row: Row, rows: Rows): PumpReport["eventLog"][number] {
  const event = row.word("logged");
  const atMs = row.number("whenMs");
  const report: Record<string, number | string | null> = { atMs, at: rows.wall(atMs), event };
  const fields = entryFields(CODES.get(event) ?? 0, row.number("a"));
  for (const [index, key] of (["a", "b"] as const).entries()) {
    const field = fields[index] ?? null;
    if (field === null) continue;
    const [name, words] = field;
    const value = row.number(key);
    report[name] = words?.[value] ?? value;
  }
  return report;
}
