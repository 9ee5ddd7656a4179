import type { BadInput } from "../../config/bad-input";
import { inOneLine } from "../../config/bad-input";
import type { KeyPath } from "../../config/document";
import { didYouMean } from "../../config/nearest-word";
import { checkSchema } from "../../config/schema-check";
import { shownValue, wordList } from "../../config/schema-words";
import { EXPECT_SCHEMAS } from "./expect-schema";
import type { Expectation, Expected, Span, Tolerance } from "./expectation";
import type { Moment } from "./moment";
import { unknownRequest } from "./names";
import { readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";
import { EXPECT_WORDS } from "./words";
import type { ExpectWord } from "./words";

const WORDS = Object.keys(EXPECT_WORDS) as ExpectWord[];
const ONE_STROKE: Tolerance = { strokes: 1 };

/** Reads the entries of `expect`. Throws `BadInput` for the first that cannot be judged. @param names the named requests */
export function readExpectations(
  frame: TimeFrame,
  entries: readonly unknown[],
  names: readonly string[],
): Expectation[] {
  const known = new Set(names);
  return entries.map((value, index) => {
    const path = ["expect", index];
    const expected = readExpected(frame, path, wordOf(frame, path, value));
    for (const [key, name] of requestsIn(expected))
      if (!known.has(name)) throw frame.document.refuse([...path, key], unknownRequest(name, names));
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

function readExpected(frame: TimeFrame, path: KeyPath, word: ExpectWord): Expected {
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
    case "reservoir": {
      const { at, reservoir, within } = checkSchema(document, EXPECT_SCHEMAS.reservoir, path);
      return { about: word, at: moment("at", at), volumeNl: reservoir, within: within ?? ONE_STROKE };
    }
    case "occurs": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.occurs, path);
      return { about: word, event: entry.occurs, span: readSpan(frame, path, entry), times: entry.times };
    }
    case "never": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.never, path);
      return { about: word, event: entry.never, span: readSpan(frame, path, entry) };
    }
    case "alarm": {
      const entry = checkSchema(document, EXPECT_SCHEMAS.alarm, path);
      if (entry.at !== undefined && (entry.from !== undefined || entry.to !== undefined))
        throw document.refuse([...path, "at"], "say either at, or from and to");
      const at = entry.at === undefined ? undefined : moment("at", entry.at);
      return { about: word, alarm: entry.alarm, at, span: readSpan(frame, path, entry) };
    }
    case "state": {
      const { at, state } = checkSchema(document, EXPECT_SCHEMAS.state, path);
      return { about: word, at: moment("at", at), state };
    }
  }
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
  const pairs = Object.entries(value as Record<string, unknown>).map(([key, text]) => `${key}: ${String(text)}`);
  return inOneLine(`{ ${pairs.join(", ")} }`, 200);
}
