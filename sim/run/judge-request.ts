import { formatDuration, formatVolume } from "../../config/quantities";
import type { LogLine } from "../log/words";
import { whyNotAsked } from "./resolve-moment";
import type { RunRecord, Shortfall } from "./run-record";

/** Judges how a named request was answered. @param is a word of `ANSWER_WORDS` */
export function judgeRequest(record: RunRecord, name: string, is: string): Shortfall | undefined {
  const request = record.book.of(name);
  if (request === undefined) return { expected: is, actual: whyNotAsked(record, name), atMs: null };
  const atMs = request.times.asked ?? null;
  if (request.answer === undefined) return { expected: is, actual: "no answer", atMs };
  const { event } = request.answer;
  if (event === "commandRepeated") return { expected: is, actual: event, atMs };
  const actual = event === "bolusGranted" ? "granted" : String(request.answer["answer"]);
  if (actual === is) return undefined;
  return { expected: is, actual: actual + numbersOf(request.answer), atMs };
}

/** The numbers that an answer carries, for people: ` (until 3 h 10 min)`. */
function numbersOf(answer: LogLine): string {
  const numbers = Object.entries(answer).flatMap(([key, value]) => {
    if (typeof value !== "number" || key === "atMs" || key === "id") return [];
    if (key.endsWith("Ms")) return [`${key.slice(0, -2)} ${formatDuration(value)}`];
    return [key.endsWith("Nl") ? `${key.slice(0, -2)} ${formatVolume(value)}` : `${key} ${value}`];
  });
  return numbers.length === 0 ? "" : ` (${numbers.join(", ")})`;
}
