import type { BolusAnswer } from "../../src/delivery/judge-bolus";
import { JournalCode } from "../../src/record/journal";
import { ANSWER_FIELDS, COMMAND_KEY, ENTRY_WORDS, entryFields, fieldsOfEvent, UNKNOWN_EVENT } from "./entry-words";
import type { Field } from "./entry-words";
import { REPORT_EVENT, ROW_WORDS, rowNames } from "./row-words";

/** One line of the event log: first keys `atMs` and `event`, then integers and fixed words only. */
export interface LogLine {
  /** Plant time: ms since the run began. What an entry itself says of times is core time. */
  readonly atMs: number;
  readonly event: string;
  readonly [key: string]: number | string;
}

/** Every word that can stand under `event` in a log, strokes included. */
export const LOG_EVENTS: readonly string[] = [
  "strokes",
  ...Object.values(ENTRY_WORDS).map(({ event }) => event),
  REPORT_EVENT,
];

/** An entry in words. Throws on a code or a value that has no word: the two engines would differ silently otherwise. */
export function describeEntry(code: number, atMs: number, a: number, b: number, c: number, d: number): LogLine {
  const numbers = [a, b, c, d];
  const row = ROW_WORDS[code];
  const words = row ?? ENTRY_WORDS[code];
  if (words === undefined) throw new Error(`no words for journal code ${code}`);
  const event = row === undefined ? words.event : REPORT_EVENT;
  const line: Record<string, number | string> & { atMs: number; event: string } = { atMs, event };
  if (row !== undefined) line["row"] = row.event;
  const put = (field: Field, value: number): void => {
    if (field !== null) line[field[0]] = wordFor(words.event, field, value);
  };
  (row?.fields ?? entryFields(code, a)).forEach((field, index) => put(field, numbers[index] ?? 0));
  if (isInput(code) && d !== 0) line[COMMAND_KEY] = d;
  if (code === JournalCode.bolusDenied)
    ANSWER_FIELDS[b as BolusAnswer]?.forEach((field, index) => put(field, numbers[index + 2] ?? 0));
  return line;
}

/** True for the code of something that was handed to the pump. */
function isInput(code: number): boolean {
  return code <= UNKNOWN_EVENT;
}

function wordFor(event: string, [key, names]: NonNullable<Field>, value: number): number | string {
  const word = names === undefined ? value : names[value];
  if (word === undefined) throw new Error(`no word for ${key} ${value} of ${event}`);
  return word;
}

/** The keys of an event's lines beside `atMs` and `event`, with the words that each can hold; `undefined`: it holds a number. */
export function fieldsOf(event: string): ReadonlyMap<string, readonly string[] | undefined> {
  const fields: readonly Field[] =
    event === REPORT_EVENT
      ? [["row", rowNames()], ...Object.values(ROW_WORDS).flatMap((row) => row.fields)]
      : fieldsOfEvent(event);
  const more: Field[] = event === "bolusDenied" ? Object.values(ANSWER_FIELDS).flat() : [];
  const inputs = Object.entries(ENTRY_WORDS).filter(([code]) => isInput(Number(code)));
  if (inputs.some(([, one]) => one.event === event)) more.push([COMMAND_KEY]);
  return new Map(
    [...fields, ...more].flatMap((field) => (field === null ? [] : [[field[0], wordsOf(field)] as const])),
  );
}

function wordsOf([, names]: NonNullable<Field>): string[] | undefined {
  if (names === undefined) return undefined;
  return Object.entries(names).flatMap(([value, word]) => (Number.isInteger(Number(value)) ? [word] : []));
}
