import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { durationPattern } from "../../config/duration";
import { parseDurationMs, QuantityError } from "../../config/quantities";
import { inOneLine } from "../../config/bad-input";

/** The wall clock at the start. */
export interface WallClock {
  /** As it was written: `2026-03-01 08:00`. */
  readonly text: string;
  /** Time of that day, in ms from midnight. */
  readonly timeOfDayMs: number;
  /** The same as the pump counts it: ms since 2000-01-01 00:00, local time without zones. */
  readonly wallMs: number;
}

/** A time of day as people write it: `08:00`, `23:59:30`. */
export const TIME_OF_DAY = "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?";

/** A regular expression for a wall clock, for JSON Schema. */
export const WALL_CLOCK_PATTERN = `^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2} +${TIME_OF_DAY}\\s*$`;

const WALL_CLOCK = /^([0-9]{4})-([0-9]{2})-([0-9]{2}) +(.*)$/;
const WHOLE_TIME_OF_DAY = new RegExp(`^${TIME_OF_DAY}$`);
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isRealDate(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeapYear ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return year > 0 && day >= 1 && day <= days;
}

/** `08:00` as ms from midnight. Throws `QuantityError` for what is no time of a day of 24 h. */
export function parseTimeOfDayMs(text: string): number {
  const [, hour, minute, second] = WHOLE_TIME_OF_DAY.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59)
    throw new QuantityError(`${inOneLine(text, 40)} is not a time of day, for example 08:00`);
  return Number(hour) * MS_PER_HOUR + Number(minute) * MS_PER_MIN + Number(second ?? 0) * 1000;
}

/** The first day that a pump's clock can show, as Date counts. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;

/** A regular expression for a date, for JSON Schema. */
export const DATE_PATTERN = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$";

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/** `2026-06-01` as whole days since 2000-01-01. Throws `QuantityError` for what is no day that a pump can know. */
export function parseDay(text: string): number {
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  if (day === undefined) throw new QuantityError(`${inOneLine(text, 40)} is not a date, for example 2026-06-01`);
  if (!isRealDate(Number(year), Number(month), Number(day)))
    throw new QuantityError(`there is no day ${year}-${month}-${day}`);
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR)
    throw new QuantityError(`${year}-${month}-${day}: the pump knows the years ${FIRST_YEAR} to ${LAST_YEAR}`);
  return (Date.UTC(Number(year), Number(month) - 1, Number(day)) - EPOCH_MS) / MS_PER_DAY;
}

/** Whole days since 2000-01-01 as `2026-06-01`. */
export function dayText(day: number): string {
  return new Date(EPOCH_MS + day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Wall time in ms since 2000-01-01 as `2026-03-01 08:00:00`. */
export function wallText(wallMs: number): string {
  return new Date(EPOCH_MS + wallMs).toISOString().slice(0, 19).replace("T", " ");
}

/** A regular expression for what moves a clock, for JSON Schema. */
export const CLOCK_SHIFT_PATTERN = `^\\s*[-+]\\s*${durationPattern().slice(1)}`;

/** `+1 h` or `-30 min` as ms. Throws `QuantityError` for anything else. */
export function parseClockShiftMs(text: string): number {
  const [, sign, duration = ""] = /^([-+\u2212])(.*)$/.exec(text.trim()) ?? [];
  if (sign === undefined)
    throw new QuantityError(`${inOneLine(text, 40)}: say which way the clock is moved, for example +1 h or -1 h`);
  const ms = parseDurationMs(duration.trim(), "zeroRefused");
  return sign === "+" ? ms : -ms;
}

/** Reads `2026-03-01 08:00`. Throws `QuantityError` for what is no date and time of day that exists. */
export function parseWallClock(text: string): WallClock {
  const written = text.trim();
  const [, year, month, day, time] = WALL_CLOCK.exec(written) ?? [];
  if (time === undefined)
    throw new QuantityError(`${inOneLine(text, 40)} is not a date and a time of day, for example 2026-03-01 08:00`);
  const timeOfDayMs = parseTimeOfDayMs(time);
  return { text: written, timeOfDayMs, wallMs: parseDay(`${year}-${month}-${day}`) * MS_PER_DAY + timeOfDayMs };
}

/** A time of day on day `day` of the scenario as ms since its start; day 1 is the date of the clock. Negative: before the start. */
export function sinceStartMs(clock: WallClock, day: number, timeOfDayMs: number): number {
  return (day - 1) * MS_PER_DAY + timeOfDayMs - clock.timeOfDayMs;
}
