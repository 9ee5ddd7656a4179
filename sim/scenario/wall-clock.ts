import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { QuantityError } from "../../config/quantities";
import { inOneLine } from "../../config/bad-input";

/** The wall clock at core time 0. */
export interface WallClock {
  /** As it was written: `2026-03-01 08:00`. */
  readonly text: string;
  /** Time of that day, in ms from midnight. */
  readonly timeOfDayMs: number;
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

/** Reads `2026-03-01 08:00`. Throws `QuantityError` for what is no date and time of day that exists. */
export function parseWallClock(text: string): WallClock {
  const written = text.trim();
  const [, year, month, day, time] = WALL_CLOCK.exec(written) ?? [];
  if (time === undefined)
    throw new QuantityError(`${inOneLine(text, 40)} is not a date and a time of day, for example 2026-03-01 08:00`);
  if (!isRealDate(Number(year), Number(month), Number(day)))
    throw new QuantityError(`there is no day ${year}-${month}-${day}`);
  return { text: written, timeOfDayMs: parseTimeOfDayMs(time) };
}

/** Core time of a time of day on day `day` of the scenario, in ms; day 1 is the date of the clock. Negative: before the start. */
export function coreTimeOf(clock: WallClock, day: number, timeOfDayMs: number): number {
  return (day - 1) * MS_PER_DAY + timeOfDayMs - clock.timeOfDayMs;
}
