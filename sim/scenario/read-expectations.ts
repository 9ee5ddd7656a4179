import type { BadInput } from "../../config/bad-input";
import { inOneLine } from "../../config/bad-input";
import type { KeyPath } from "../../config/document";
import { didYouMean } from "../../config/nearest-word";
import { checkSchema } from "../../config/schema-check";
import { shownValue, wordList } from "../../config/schema-words";
import { reportLeaf } from "../interrogation/report-path";
import { readReportValue, readTolerance } from "../interrogation/report-value";
import { fieldsOf, LOG_EVENTS } from "../log/words";
import { EXPECT_SCHEMAS } from "./expect-schema";
import type { Expectation, Expected, Span, Tolerance, WantedFields } from "./expectation";
import type { Moment } from "./moment";
import { wrongInterrogation, wrongRequest } from "./names";
import type { Names } from "./names";
import { located, readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";
import { readPlantExpected } from "./read-plant-expectations";
import type { KnownDrugs } from "./read-plant-expectations";
import { EXPECT_WORDS } from "./words";
import type { ExpectWord } from "./words";

const WORDS = Object.keys(EXPECT_WORDS) as ExpectWord[];
const ONE_STROKE: Tolerance = { strokes: 1 };

/** Reads the entries of `expect`. Throws `BadInput` for the first that cannot be judged. */
export function readExpectations(
  frame: TimeFrame,
  entries: readonly unknown[],
  names: Names,
  drugs: KnownDrugs,
): Expectation[] {
  return entries.map((value, index) => {
    const path = ["expect", index];
    const expected = readExpected(frame, path, wordOf(frame, path, value), drugs);
    for (const [key, name] of requestsIn(expected)) {
      const wrong = wrongRequest(name, names);
      if (wrong !== undefined) throw frame.document.refuse([...path, key], wrong);
    }
    if (expected.about === "report") {
      const wrong = wrongInterrogation(expected.name, names);
      if (wrong !== undefined) throw frame.document.refuse([...path, "report"], wrong);
    }
    return { line: frame.document.lineOf(path), text: entryText(value), expected };
  });
}

/** The one word that an entry is about. */
function wordOf(frame: TimeFrame, path: KeyPath, value: unknown): ExpectWord {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw frame.document.refuse(
      path,
      `keys with values are wanted, as { request: first, is: granted }, not ${shownValue(value)}`,
    );
  const keys = Object.keys(value);
  const [word, second] = WORDS.filter((one) => keys.includes(one));
  if (word === undefined) throw aboutNothing(frame, path, keys);
  if (second !== undefined)
    throw frame.document.refuse([...path, second], `an entry is about one thing; this one is about ${word} already`);
  return word;
}

function aboutNothing(frame: TimeFrame, path: KeyPath, keys: readonly string[]): BadInput {
  const about = `an entry is about one of ${wordList(WORDS)}`;
  for (const key of keys) {
    const hint = didYouMean(key, WORDS);
    if (hint !== "") return frame.document.refuse([...path, key], `no such key here${hint} (${about})`);
  }
  return frame.document.refuse(path, `${about}; this one is about none of them`);
}

function readExpected(frame: TimeFrame, path: KeyPath, word: ExpectWord, drugs: KnownDrugs): Expected {
  const { document } = frame;
  const moment = (key: string, text: string): Moment => readMoment(frame, [...path, key], text);
  switch (word) {
    case "request": {
      const { request, is } = checkSchema(document, EXPECT_SCHEMAS.request, path);
      return { about: word, name: request, is };
    }
    case "delivered": {
      const { at, delivered, within } = checkSchema(document, EXPECT_SCHEMAS.delivered, path);
      return { about: word, at: moment("at", at), volumeNl: delivered, within: within ?? ONE_STROKE };
    }
    case "outlet":
    case "pressure":
    case "tip":
    case "charge":
      return readPlantExpected(frame, path, word, drugs);
    case "reservoir": {
      const { at, reservoir, within } = checkSchema(document, EXPECT_SCHEMAS.reservoir, path);
      return { about: word, at: moment("at", at), volumeNl: reservoir, within: within ?? ONE_STROKE };
    }
    case "rate": {
      const { at, rate, within } = checkSchema(document, EXPECT_SCHEMAS.rate, path);
      return { about: word, at: moment("at", at), nlPerDay: rate, withinNlPerDay: within ?? 0 };
    }
    case "occurs": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.occurs, path);
      const fields = readFields(frame, path, entry.occurs, entry.with);
      return { about: word, event: entry.occurs, fields, span: readSpan(frame, path, entry), times: entry.times };
    }
    case "never": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.never, path);
      const fields = readFields(frame, path, entry.never, entry.with);
      return { about: word, event: entry.never, fields, span: readSpan(frame, path, entry) };
    }
    case "alarm": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.alarm, path);
      if (entry.at !== undefined && (entry.from !== undefined || entry.to !== undefined))
        throw document.refuse([...path, "at"], "say either at, or from and to");
      const at = entry.at === undefined ? undefined : moment("at", entry.at);
      return { about: word, alarm: entry.alarm, at, span: readSpan(frame, path, entry) };
    }
    case "signal": {
      const { at, signal, silenced } = checkSchema(document, EXPECT_SCHEMAS.signal, path);
      return { about: word, at: moment("at", at), signal, silenced };
    }
    case "report": {
      const { report, field, is, within } = checkSchema(document, EXPECT_SCHEMAS.report, path);
      const leaf = located(document, [...path, "field"], () => reportLeaf(field));
      return {
        about: word,
        name: report,
        field,
        is: located(document, [...path, "is"], () => readReportValue(leaf, is)),
        within: within === undefined ? 0 : located(document, [...path, "within"], () => readTolerance(leaf, within)),
      };
    }
    case "state": {
      const { at, state } = checkSchema(document, EXPECT_SCHEMAS.state, path);
      return { about: word, at: moment("at", at), state };
    }
  }
}

/** The fields that a line of `event` is to have. Throws `BadInput` for a key or a word that no such line has. */
function readFields(
  frame: TimeFrame,
  path: KeyPath,
  event: string,
  wanted: Readonly<Record<string, number | string>> | undefined,
): WantedFields {
  const known = fieldsOf(LOG_EVENTS.includes(event) ? event : "alarmRaised");
  for (const [key, value] of Object.entries(wanted ?? {})) {
    const at = [...path, "with", key];
    const keys = [...known.keys()];
    if (!known.has(key)) {
      const has = keys.length === 0 ? "it has none" : `it has ${wordList(keys)}`;
      throw frame.document.refuse(at, `${event} has no such field${didYouMean(key, keys)} (${has})`);
    }
    const words = known.get(key);
    if (words === undefined ? !Number.isInteger(value) : !words.includes(String(value))) {
      const right = words === undefined ? "a whole number is wanted" : `it is one of ${wordList(words)}`;
      throw frame.document.refuse(at, `${shownValue(value)} is not what the log says there; ${right}`);
    }
  }
  return wanted ?? {};
}

function readSpan(
  frame: TimeFrame,
  path: KeyPath,
  written: { readonly from?: string | undefined; readonly to?: string | undefined },
): Span {
  const from = written.from === undefined ? undefined : readMoment(frame, [...path, "from"], written.from);
  const to = written.to === undefined ? undefined : readMoment(frame, [...path, "to"], written.to);
  if (from !== undefined && to !== undefined && isAfter(from, to))
    throw frame.document.refuse([...path, "to"], `${to.text} comes before from: ${from.text}`);
  return { from, to };
}

/** True when both count from the same instant and the first is later. */
function isAfter(a: Moment, b: Moment): boolean {
  return a.from?.name === b.from?.name && a.from?.time === b.from?.time && a.offsetMs > b.offsetMs;
}

/** The requests that an expectation speaks of, with the key that does. */
function requestsIn(expected: Expected): [key: string, name: string][] {
  const found: [string, string][] = [];
  const add = (key: string, moment: Moment | undefined): void => {
    if (moment?.from !== undefined) found.push([key, moment.from.name]);
  };
  if (expected.about === "request") found.push(["request", expected.name]);
  if ("at" in expected) add("at", expected.at);
  if ("span" in expected) {
    add("from", expected.span.from);
    add("to", expected.span.to);
  }
  return found;
}

/** An entry in one line, in the words of the file. */
function entryText(value: unknown): string {
  return inOneLine(mapText(value), 200);
}

function mapText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${key}: ${mapText(inner)}`);
  return `{ ${pairs.join(", ")} }`;
}
