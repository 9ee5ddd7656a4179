import { labelOf, pairText } from "../../sim/interrogation/readable";
import { describeEntry } from "../../sim/log/words";
import { ENTRY_WORDS, entryFields } from "../../sim/log/entry-words";
import type { LogLine } from "../../sim/log/words";
import type { Entry } from "../../link/entries";
import { BadAnswer } from "../../link/link-errors";
import type { LogEntry } from "../../link/log-entries";

/** What the pump said, in the words of the event log. Throws {@link BadAnswer} for what this program has no words for. */
export function linesOf(entries: readonly Entry[], atMs: number): LogLine[] {
  return entries.map(({ code, a, b, c, d }) => {
    try {
      return describeEntry(code, atMs, a, b, c, d);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new BadAnswer(`the pump says what this program does not know (${what}): is its firmware another version?`);
    }
  });
}

/** An entry of the pump's journal as it is kept: its words, as far as its numbers are kept. */
export function keptEntry(entry: LogEntry): Record<string, number | string> {
  const words = ENTRY_WORDS[entry.code];
  const line: Record<string, number | string> = { event: words?.event ?? `code ${entry.code}` };
  for (const [index, field] of entryFields(entry.code, entry.numbers[0]).entries()) {
    const value = entry.numbers[index];
    if (field === null || value === undefined) continue;
    const [key, names] = field;
    line[key] = names?.[value] ?? value;
  }
  return line;
}

/** A line in words: `bolus granted, id 3, volume 30 µL`. */
export function lineText(line: Readonly<Record<string, number | string>>): string {
  const { event = "", atMs: _, ...fields } = line;
  const more = Object.entries(fields).map(([key, value]) => pairText(key, value));
  return [labelOf(String(event)), ...more].join(", ");
}
