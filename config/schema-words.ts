import type { z } from "zod";
import { globalRegistry, ZodObject } from "zod";
import { inOneLine } from "./bad-input";
import { didYouMean } from "./nearest-word";

/** A complaint of zod's before it has words: what it carries depends on its `code`. */
export type RawIssue = z.core.$ZodRawIssue;

const WANTED: Partial<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "keys with values (key: value)",
  record: "keys with values (key: value)",
  array: "a list ([...] or lines that begin with -)",
  tuple: "a list ([...] or lines that begin with -)",
};

/** A value of a document as it may be shown in a message. */
export function shownValue(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "keys with values";
  const line = inOneLine(String(value), 40);
  return line === "" ? "an empty text" : line;
}

/** A list of words for a message, cut where it would drown the rest. */
export function wordList(words: readonly unknown[]): string {
  const shown = words.slice(0, 40).map((word) => String(word));
  return shown.join(", ") + (words.length > shown.length ? ", ..." : "");
}

/** The keys that an object schema knows, without those that are for editors only. */
export function knownKeys(schema: unknown): string[] {
  return schema instanceof ZodObject ? Object.keys(schema.shape).filter((key) => !key.startsWith("$")) : [];
}

function exampleOf(issue: RawIssue): string {
  const schema = issue.inst as z.core.$ZodType | undefined;
  const examples = schema === undefined ? undefined : globalRegistry.get(schema)?.examples;
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (typeof first === "string" || typeof first === "number") return `, for example ${first}`;
  return issue.code === "invalid_value" ? ` (${wordList(issue.values)})` : "";
}

/** What is wrong and what would be right, in words of ours; `undefined` keeps the words of the schema itself. */
export function wordsFor(issue: RawIssue): string | undefined {
  const value = issue.input;
  const missing = value === undefined ? "it is missing" : "it has no value";
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined || value === null) return `${missing}${exampleOf(issue)}`;
      return `${WANTED[issue.expected] ?? issue.expected} is wanted, not ${shownValue(value)}${exampleOf(issue)}`;
    case "invalid_value":
      if (value === undefined || value === null) return `${missing}${exampleOf(issue)}`;
      return notOneOf(value, issue.values);
    case "too_small":
      return `${amount(issue.origin, value)} is too ${small(issue.origin)}; the least is ${issue.minimum}`;
    case "too_big":
      // Beyond the whole numbers that are exact; the key's own bound is judged only after that.
      if (issue.note !== undefined) return `${shownValue(value)} is too large`;
      return `${amount(issue.origin, value)} is too ${large(issue.origin)}; the most is ${issue.maximum}`;
    case "invalid_format":
      return `${shownValue(value)} is not of the right form${exampleOf(issue)}`;
    case "invalid_union":
      return wordsForUnion(issue);
    default:
      return undefined;
  }
}

/** The complaint about a value that is none of the words allowed, with the nearest. */
export function notOneOf(value: unknown, words: readonly unknown[]): string {
  const texts = words.map((word) => String(word));
  const hint = typeof value === "string" ? didYouMean(value, texts) : "";
  const rightHere = texts.length === 1 ? `it must be ${texts[0]}` : `it must be one of ${wordList(texts)}`;
  return `${shownValue(value)} is not known here${hint === "" ? `; ${rightHere}` : `${hint} (${rightHere})`}`;
}

function wordsForUnion(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string | undefined {
  const { discriminator, options } = issue as { discriminator?: string; options?: unknown[] };
  if (discriminator === undefined || options === undefined) return undefined;
  const given = (issue.input as Record<string, unknown>)[discriminator];
  return given === undefined ? `it is missing; it must be one of ${wordList(options)}` : notOneOf(given, options);
}

function amount(origin: string, value: unknown): string {
  if (origin === "array") return `a list of ${(value as unknown[]).length}`;
  if (origin === "string") return `a text of ${(value as string).length} characters`;
  return shownValue(value);
}

function small(origin: string): string {
  return origin === "array" || origin === "string" ? "short" : "small";
}

function large(origin: string): string {
  return origin === "array" || origin === "string" ? "long" : "large";
}
