import type { z } from "zod";
import type { BadInput } from "./bad-input";
import { pathText } from "./document";
import type { Document, KeyPath } from "./document";
import { inOneLine } from "./bad-input";
import { didYouMean, nearestWord } from "./nearest-word";
import { knownKeys, notOneOf, wordList, wordsFor } from "./schema-words";
import type { RawIssue } from "./schema-words";

interface Problem {
  readonly path: KeyPath;
  readonly message: string;
  /** For a key that is not known: the key that was probably meant. That one is then not called missing as well. */
  readonly meant?: KeyPath | undefined;
}

type Issue = z.core.$ZodIssue;

// The keys that were known where a key was not, handed from zod's error map to here in the issue's own message.
const KEYS_BEGIN = "keys:";

/**
 * Judges what stands at `path` of `document` by a schema and returns what the schema makes of it. Throws the first
 * problem, by line, as {@link BadInput}: the key, what is wrong and what would be right.
 */
export function checkSchema<T>(document: Document, schema: z.ZodType<T>, path: KeyPath = []): T {
  const result = schema.safeParse(document.valueAt(path), { error: wordsOrKeys, reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, path));
  throw firstProblem(document, problems);
}

/**
 * Of several complaints the one that stands first in the file that the person named; those about other files (which it
 * builds on) come after.
 */
function firstProblem(document: Document, problems: readonly Problem[]): BadInput {
  const meant = new Set(problems.flatMap((problem) => (problem.meant === undefined ? [] : [pathText(problem.meant)])));
  const placed = problems
    .filter((problem) => !meant.has(pathText(problem.path)) || document.nodeAt(problem.path) !== undefined)
    .map((problem) => ({ ...problem, place: document.placeOf(problem.path) }));
  placed.sort((a, b) => {
    const foreign = Number(a.place.file !== document.file) - Number(b.place.file !== document.file);
    return foreign !== 0 ? foreign : a.place.line - b.place.line;
  });
  const first = placed[0];
  if (first === undefined) throw new Error("a schema refused a value without saying why");
  return document.refuse(first.path, first.message);
}

function wordsOrKeys(issue: RawIssue): string | undefined {
  return issue.code === "unrecognized_keys" ? KEYS_BEGIN + knownKeys(issue.inst).join(",") : wordsFor(issue);
}

function problemsOf(issue: Issue, above: KeyPath): Problem[] {
  const path: KeyPath = [...above, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.startsWith(KEYS_BEGIN) ? issue.message.slice(KEYS_BEGIN.length).split(",") : [];
    return issue.keys.map((key) => unknownKey([...path, key], key, path, known));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) return problemsOfUnion(issue, path);
  return [{ path, message: issue.message }];
}

function unknownKey(at: KeyPath, key: string, map: KeyPath, known: readonly string[]): Problem {
  const nearest = nearestWord(key, known);
  return {
    path: at,
    message: `no such key here${didYouMean(key, known)} (the keys are ${wordList(known)})`,
    meant: nearest === undefined ? undefined : [...map, nearest],
  };
}

/**
 * What a union complains about: when every branch wants a certain word, all the words; else the complaints of the branch
 * that came furthest, which is the one the person most likely meant.
 */
function problemsOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: KeyPath): Problem[] {
  const branches = issue.errors;
  if (issue.input === undefined) return [{ path, message: "it is missing" }];
  const words = branches.flatMap((branch) => {
    const only = branch.length === 1 ? branch[0] : undefined;
    return only?.code === "invalid_value" && only.path.length === 0 ? only.values : [undefined];
  });
  if (!words.includes(undefined)) return [{ path, message: notOneOf(issue.input, words) }];
  const inner = branches.filter((branch) => branch.some((it) => it.path.length > 0 || it.code === "unrecognized_keys"));
  const candidates = inner.length > 0 ? inner : branches;
  const best = candidates.reduce((a, b) => (b.length < a.length ? b : a));
  if (inner.length > 0 || branches.length === 1) return best.flatMap((it) => problemsOf(it, path));
  const messages = branches.map((branch) => branch[0]?.message ?? "").filter((message) => message !== "");
  return [{ path, message: inOneLine(messages.join("; or: ")) }];
}
