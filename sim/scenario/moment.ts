import { didYouMean } from "../../config/nearest-word";
import { inOneLine } from "../../config/bad-input";
import { durationPattern } from "../../config/duration";
import { formatDuration, parseDurationMs, QuantityError } from "../../config/quantities";
import { sinceStartMs, parseTimeOfDayMs, TIME_OF_DAY } from "./wall-clock";
import type { WallClock } from "./wall-clock";

/** What a request can be asked for: when it was handed to the pump, when its bolus began, when its bolus ended. */
const REQUEST_TIMES = ["asked", "start", "end"] as const;

/** One of the times of a request. */
export type RequestTime = (typeof REQUEST_TIMES)[number];

/** An instant of a named request, known only when the run has reached it. */
export interface RequestMark {
  readonly name: string;
  readonly time: RequestTime;
}

/** A time as written in a scenario: counted from the start or from a request's instant. Exact. */
export interface Moment {
  /** As it was written. */
  readonly text: string;
  /** From what it counts; `undefined`: from the start. */
  readonly from: RequestMark | undefined;
  /** ms after that; negative: before it (only from a request's instant). */
  readonly offsetMs: number;
}

/** Longest time that a scenario can speak of, in ms: 3660 days, about ten years. */
export const LONGEST_MS = 3660 * 86400000;

/** What a request may be called. */
export const NAME_PATTERN = "[A-Za-z][A-Za-z0-9_]*";

const REQUEST_MARK = new RegExp(`^(${NAME_PATTERN})\\s*\\.\\s*([A-Za-z]*)$`);
const DAY_TIME = /^day\s*([0-9]{1,5})\s+(.*)$/;
const EXAMPLES = "for example 90 min, day 2 08:00 or first.end + 2 h";

/** A regular expression for the texts of a moment, for JSON Schema. */
export function momentPattern(): string {
  const duration = durationPattern().replace(/^\^|\$$/g, "");
  const mark = `${NAME_PATTERN}\\.(?:${REQUEST_TIMES.join("|")})`;
  return `^\\s*(?:${duration}|day\\s*[0-9]{1,5}\\s+${TIME_OF_DAY}|${mark})(?:\\s*[-+]${duration})*\\s*$`;
}

/**
 * Reads a time: a duration since the start, `day 2 08:00` (needs `clock`), or `NAME.end` (`.start`, `.asked`), plus or
 * minus durations. Throws `QuantityError` for anything else, and for an instant before the start.
 */
export function parseMoment(text: string, clock: WallClock | undefined): Moment {
  if (text.length > 200) throw new QuantityError(`${shownText(text)} is not a time, ${EXAMPLES}`);
  const [base = "", ...terms] = text.trim().split(/([-+\u2212])/);
  if (base === "" && terms[0] !== undefined && terms[0] !== "+")
    throw new QuantityError(`${inOneLine(text, 40)} lies before the start`);
  if (base === "") throw new QuantityError(`${shownText(text)} is not a time, ${EXAMPLES}`);
  const from = readMark(base.trim());
  let offsetMs = from === undefined ? readStaticMs(base.trim(), clock) : 0;
  for (let i = 0; i < terms.length; i += 2) {
    const ms = boundedMs((terms[i + 1] ?? "").trim());
    offsetMs += terms[i] === "+" ? ms : -ms;
  }
  if (from === undefined && offsetMs < 0)
    throw new QuantityError(`${inOneLine(text, 40)} lies before the start, by ${formatDuration(-offsetMs)}`);
  return { text: inOneLine(text, 60), from, offsetMs };
}

function boundedMs(text: string): number {
  const ms = parseDurationMs(text);
  if (ms > LONGEST_MS) throw new QuantityError(`${text} is too long; the most is ${formatDuration(LONGEST_MS)}`);
  return ms;
}

function readMark(base: string): RequestMark | undefined {
  const [, name, word] = REQUEST_MARK.exec(base) ?? [];
  if (name !== undefined && word !== undefined) {
    const time = REQUEST_TIMES.find((one) => one === word);
    if (time !== undefined) return { name, time };
    throw new QuantityError(
      `${base}: a request has no ${inOneLine(word, 20)}${didYouMean(word, REQUEST_TIMES)} (it has ${REQUEST_TIMES.join(", ")})`,
    );
  }
  if (new RegExp(`^${NAME_PATTERN}$`).test(base)) {
    const times = REQUEST_TIMES.map((one) => `${base}.${one}`).join(", ");
    throw new QuantityError(`${base} is not a time, ${EXAMPLES}; if it is a request, say which of its times: ${times}`);
  }
  return undefined;
}

function shownText(text: string): string {
  return text.trim() === "" ? "an empty text" : inOneLine(text, 40);
}

function readStaticMs(base: string, clock: WallClock | undefined): number {
  const [, day, time] = DAY_TIME.exec(base) ?? [];
  if (day !== undefined && time !== undefined) {
    const timeOfDayMs = parseTimeOfDayMs(time);
    if (clock === undefined)
      throw new QuantityError(`${base} needs a wall clock: say clock: 2026-03-01 08:00 for the time at the start`);
    if (Number(day) === 0 || Number(day) > LONGEST_MS / 86400000)
      throw new QuantityError(`${base}: days are counted from 1, the date of the clock, to ${LONGEST_MS / 86400000}`);
    return sinceStartMs(clock, Number(day), timeOfDayMs);
  }
  if (new RegExp(`^${TIME_OF_DAY}$`).test(base))
    throw new QuantityError(`${base} is a time of day; say which day, for example day 1 ${base}`);
  return boundedMs(base);
}
