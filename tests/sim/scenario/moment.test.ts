import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { formatDuration } from "../../../config/duration";
import { momentPattern, parseMoment } from "../../../sim/scenario/moment";
import { QuantityError } from "../../../config/quantities";
import { dayText, parseClockShiftMs, parseDay, parseWallClock, wallText } from "../../../sim/scenario/wall-clock";

const H = 3600000;
const clock = parseWallClock("2026-03-01 08:00");

test.each([
  ["0 s", 0],
  ["90 min", 1.5 * H],
  ["1 h 30 min", 1.5 * H],
  ["1 h - 1 ms", H - 1],
  ["1 h + 30 min - 1 ms", 1.5 * H - 1],
  ["day 1 08:00", 0],
  ["day 1 08:00:01", 1000],
  ["day 2 08:00", 24 * H],
  ["day 2 07:59", 24 * H - 60000],
  ["day 31 08:00", 720 * H],
  ["day 1 07:00 + 1 h", 0],
])("%s is %d ms after the start", (text, offsetMs) => {
  expect(parseMoment(text, clock)).toEqual({ text, from: undefined, offsetMs });
});

test.each([
  ["first.end", "first", "end", 0],
  ["first.start + 5 min", "first", "start", 300000],
  ["first.asked - 1 ms", "first", "asked", -1],
  ["night_2.end + 2 h - 1 ms", "night_2", "end", 2 * H - 1],
  ["first.end \u2212 1 s", "first", "end", -1000],
])("%s counts from a request", (text, name, time, offsetMs) => {
  expect(parseMoment(text, undefined)).toMatchObject({ from: { name, time }, offsetMs });
});

describe("what is no time is refused", () => {
  test.each([
    ["", /an empty text is not a time/],
    ["soon", /soon is not a time.*soon\.asked, soon\.start, soon\.end/],
    ["first.ends", /no ends; did you mean end\?/],
    ["first.", /first\.: a request has no/],
    ["-5 min", /before the start/],
    ["1 h - 2 h", /before the start, by 1 h/],
    ["day 1 07:59", /before the start, by 1 min/],
    ["day 0 08:00", /days are counted from 1/],
    ["day 99999 08:00", /to 3660/],
    ["day 1 24:00", /24:00 is not a time of day/],
    ["day 1 8:5", /8:5 is not a time of day/],
    ["08:00", /say which day, for example day 1 08:00/],
    ["5", /needs a unit/],
    ["5 mL", /is a volume; a duration is wanted/],
    ["first.end + ", /is not a duration/],
    ["first.end + second.end", /second\.end is not a duration/],
    ["first.end + 4000 days", /too long; the most is 3660 days/],
    ["1 h +- 1 h", /is not a duration/],
  ])("%s", (text, message) => {
    expect(() => parseMoment(text, clock)).toThrow(message);
  });

  test("a day needs a wall clock", () => {
    expect(() => parseMoment("day 2 08:00", undefined)).toThrow(/needs a wall clock: say clock:/);
  });

  test("a clock needs a day that exists", () => {
    expect(parseWallClock("2028-02-29 00:00").timeOfDayMs).toBe(0);
    for (const text of [
      "2026-02-29 08:00",
      "2100-02-29 08:00",
      "2026-13-01 08:00",
      "2026-04-31 08:00",
      "2026-04-00 08:00",
    ])
      expect(() => parseWallClock(text)).toThrow(/there is no day/);
    for (const text of ["2026-03-01", "08:00", "2026-03-01T08:00", "1.3.2026 08:00"])
      expect(() => parseWallClock(text)).toThrow(/is not a date and a time of day/);
    expect(() => parseWallClock("2026-03-01 08:60")).toThrow(/08:60 is not a time of day/);
  });
});

describe("the wall clock of a pump", () => {
  test("counts local time from 2000-01-01", () => {
    expect(parseWallClock("2000-01-01 00:00").wallMs).toBe(0);
    expect(parseWallClock("2000-03-01 00:00:01").wallMs).toBe(60 * 86400000 + 1000);
    expect(() => parseWallClock("1999-12-31 23:59")).toThrow(/the years 2000 to 2199/);
    expect(parseDay("2026-06-01")).toBe(9648);
    expect(() => parseDay("2026-6-1")).toThrow(/is not a date, for example 2026-06-01/);
    expect(() => parseDay("2027-02-29")).toThrow(/there is no day 2027-02-29/);
  });
  test("is moved by a duration with a sign", () => {
    expect(parseClockShiftMs("+1 h 30 min")).toBe(5400000);
    expect(parseClockShiftMs("- 1 h")).toBe(-3600000);
    for (const text of ["1 h", "", "++1 h", "+1", "+0 s", "-1 mL"])
      expect(() => parseClockShiftMs(text)).toThrow(QuantityError);
  });
});

property.prop([fc.nat({ max: 73048 })])("a day reads back as it is written", (day) => {
  expect(parseDay(dayText(day))).toBe(day);
  expect(parseWallClock(wallText(day * 86400000 + 3661000)).wallMs).toBe(day * 86400000 + 3661000);
});

const someMs = fc.nat({ max: 1e11 });

property.prop([someMs, someMs, fc.boolean()])("sums and differences are exact to the millisecond", (a, b, minus) => {
  fc.pre(!minus || a >= b);
  const text = `${formatDuration(a)} ${minus ? "-" : "+"} ${formatDuration(b)}`;
  expect(parseMoment(text, undefined).offsetMs).toBe(minus ? a - b : a + b);
  expect(text).toMatch(new RegExp(momentPattern(), "u"));
});

property.prop([fc.integer({ min: 1, max: 3000 }), fc.nat({ max: 1439 }), fc.nat({ max: 1439 })])(
  "a time of day on a day is counted from the clock",
  (day, clockMinute, minute) => {
    const time = (at: number): string =>
      `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
    fc.pre(day > 1 || minute >= clockMinute);
    const { offsetMs } = parseMoment(`day ${day} ${time(minute)}`, parseWallClock(`2026-03-01 ${time(clockMinute)}`));
    expect(offsetMs).toBe(((day - 1) * 1440 + minute - clockMinute) * 60000);
  },
);
