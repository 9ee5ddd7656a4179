const MS_PER_DAY = 86400000;
const DATE =
  "(?<year>\\d{4})(?<mark>[-/])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})|(?<day2>\\d{1,2})\\.(?<month2>\\d{1,2})\\.(?<year2>\\d{4})";
const CLOCK = "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?";
const ZONE = "(?<zone>Z|[+-]\\d{2}:?\\d{2})?";

const STAMP = new RegExp(`^(?:${DATE})[T\\s]\\s*${CLOCK}\\s*${ZONE}$`);
const TIME_OF_DAY = new RegExp(`^${CLOCK}$`);
const DATE_ONLY = new RegExp(`^(?:${DATE})$`);
const DURATION = /^(?<hour>\d{1,6}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?$/;
const SLASHED_DATE = /^\d{1,2}\/\d{1,2}\/(?:\d{4}|\d{2})(?:\D|$)/;

/**
 * A date with a time in ms: `2026-11-22T14:05:30.5Z`, `2026-11-22 14:05:30`, `2026/11/22 14:05:30`, `22.11.2026 14:05:30`. Without a zone it is taken as UTC, which
 * matters for differences only where a clock was changed. NaN for anything else, and for a date that there is not.
 */
export function readStampMs(text: string): number {
  const groups = STAMP.exec(text.trim())?.groups;
  if (groups === undefined) return NaN;
  return dayMs(groups) + clockMs(groups, 23) - zoneMs(groups["zone"]);
}

/** True for a date without a time that {@link readStampMs} would know beside one. */
export function isDateOnly(text: string): boolean {
  const groups = DATE_ONLY.exec(text.trim())?.groups;
  return groups !== undefined && !Number.isNaN(dayMs(groups));
}

/** True for a date with slashes and the year last, of which nobody knows whether day or month is first. */
export function isSlashedDate(text: string): boolean {
  return SLASHED_DATE.test(text.trim());
}

/** Midnight of a date, in ms since 1970; NaN for a date that there is not. */
function dayMs(groups: Record<string, string | undefined>): number {
  const year = Number(groups["year"] ?? groups["year2"]);
  const month = Number(groups["month"] ?? groups["month2"]);
  const day = Number(groups["day"] ?? groups["day2"]);
  const ms = Date.UTC(year, month - 1, day);
  const isDate = new Date(ms).getUTCMonth() === month - 1 && new Date(ms).getUTCDate() === day;
  return isDate ? ms : NaN;
}

/** A time of day in ms: `14:05`, `14:05:30.5`. NaN for anything else. */
export function readTimeOfDayMs(text: string): number {
  const groups = TIME_OF_DAY.exec(text.trim())?.groups;
  return groups === undefined ? NaN : clockMs(groups, 23);
}

/** A duration in ms: `0:30` is half an hour, `26:00:30.5` more than a day. NaN for anything else. */
export function readDurationMs(text: string): number {
  const groups = DURATION.exec(text.trim())?.groups;
  return groups === undefined ? NaN : clockMs(groups, Infinity);
}

function clockMs(groups: Record<string, string | undefined>, mostHours: number): number {
  const hour = Number(groups["hour"]);
  const minute = Number(groups["minute"]);
  const second = Number(groups["second"] ?? 0);
  if (hour > mostHours || minute > 59 || second > 59) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number(`0.${groups["fraction"] ?? "0"}`) * 1000;
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -size : size) * 60000;
}

/** Times of day that go on past midnight: a time that is more than half a day before the last one belongs to the next day. */
export class MidnightTurns {
  private days = 0;
  private lastMs = -Infinity;

  /** ms since the first day's midnight; NaN for NaN, which changes nothing. */
  add(timeOfDayMs: number): number {
    if (Number.isNaN(timeOfDayMs)) return NaN;
    if (timeOfDayMs < this.lastMs - MS_PER_DAY / 2) this.days++;
    this.lastMs = timeOfDayMs;
    return this.days * MS_PER_DAY + timeOfDayMs;
  }
}
