import { describe, expect, test } from "vitest";
import { DRUG_BUCKET_MS, DRUG_WINDOW_MS } from "../../../src/delivery/drug-windows";
import { ProgramKind } from "../../../src/prescription/prescription";
import { BOUNDLESS_DRUG, drugs, flexDay, prescribed, REFERENCE_PUMP } from "../reference-pump";
import { LIMIT_NL, limited, look } from "./look-ahead";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
const BUCKET_MS = DAY_MS / 48;
/** 20,000 nL in each bucket. */
const BASAL = 960000;
const room = (strokes: number, basalNlPerDay: number, restNl: number, nowMs: number): number =>
  look({ strokes, prescription: limited(basalNlPerDay), restNl, nowMs }).roomNl;

describe("the room that a bolus has", () => {
  test("is the limit less 49 buckets of basal, what is owed, and the stroke that may be owed from before", () => {
    expect(room(0, 0, 0, 0)).toBe(LIMIT_NL - 300);
    // A whole day of basal counts as what it is, the bucket besides at its rate.
    expect(room(0, BASAL, 299, 0)).toBe(LIMIT_NL - 49 * 20000 - 299 - 300);
  });

  test("is less by what the window remembers, by basal as long as it does, and by what is owed (LIM-006)", () => {
    expect(room(10000, 0, 123, 0)).toBe(LIMIT_NL - 3000000 - 123);
    // The bucket leaves after 48 more: until then all 49 buckets of basal are added.
    expect(room(10000, BASAL, 123, 0)).toBe(LIMIT_NL - 3000000 - 49 * 20000 - 123);
    // Half a bucket later half a bucket of basal has been given already.
    expect(room(10000, BASAL, 123, BUCKET_MS / 2)).toBe(LIMIT_NL - 3000000 - 48 * 20000 - 10000 - 123);
  });

  test("is there again when the bucket has left, not a millisecond before", () => {
    expect(room(10000, 0, 0, 49 * BUCKET_MS - 1)).toBe(LIMIT_NL - 3000000);
    expect(room(10000, 0, 0, 49 * BUCKET_MS)).toBe(LIMIT_NL - 300);
  });

  test("is negative when basal has used up the limit", () => {
    expect(room(16000, BASAL, 0, 0)).toBe(LIMIT_NL - 4800000 - 49 * 20000);
  });
});

describe("the room beside a flex schedule (LIM-006)", () => {
  // 12 mL/day in the hour from 22:00, else nothing: 500 uL in that hour.
  const flex = prescribed({
    ...flexDay([22 * HOUR_MS, 12000000], [23 * HOUR_MS, 0]),
    windowMs: 4 * HOUR_MS,
    windowLimitNl: 2000000,
  });

  test.each([
    ["right before its busy hour that hour counts", 22 * HOUR_MS - 1],
    ["so late that the hour has passed before it has left the window, it still does", 23 * HOUR_MS - 1],
    ["over midnight too", 0],
  ])("%s", (_name, timeOfDayMs) => {
    // What comes later than the bolus is in the ring is judged by the worst ring: one such hour and a stroke.
    expect(look({ prescription: flex, timeOfDayMs }).roomNl).toBe(2000000 - 500000 - 300);
  });

  test("what was given in the busy hour and the next day's hour never lie in one window; the same with a clock that may be set does", () => {
    // 480 uL remembered, all of them leave long before 22:00.
    expect(look({ prescription: flex, strokes: 1600, timeOfDayMs: 0 }).roomNl).toBe(2000000 - 500000 - 300);
    // The pump's own window is out of the way.
    const config = { ...REFERENCE_PUMP, maxWindowNl: 20000000 };
    const unknown = look({ prescription: flex, strokes: 1600, timeOfDayMs: -1, config }).roomNl;
    // At the highest rate all the time; each bucket of 5 min is rounded up.
    expect(unknown).toBe(2000000 - 480000 - 49 * 41667);
  });
});

describe("the room beside scheduled boluses (LIM-006)", () => {
  const periodic = prescribed({
    program: ProgramKind.periodic,
    basalNlPerDay: 0,
    scheduledNl: 100000,
    scheduledMs: 600000,
    scheduledEveryMs: 6 * HOUR_MS,
    windowMs: 4 * HOUR_MS,
    windowLimitNl: 2000000,
  });

  test("counts each that begins before what is remembered has left", () => {
    const strokes = 5000;
    // 1.5 mL remembered for up to 49 buckets of 5 min: 4 h 5 min.
    expect(look({ prescription: periodic, strokes, nextBolusMs: 4 * HOUR_MS + 299999 }).roomNl).toBe(400000);
    expect(look({ prescription: periodic, strokes, nextBolusMs: 4 * HOUR_MS + 300000 }).roomNl).toBe(500000);
  });
});

describe("the room that the drugs leave (LIM-005)", () => {
  /** 10 ng/uL: 3 ng a stroke. At most 30 ug a day of the second drug, which is 3 mL. */
  const tight = { ...BOUNDLESS_DRUG, softDayNg: 30000, hardDayNg: 30000 };
  const config = { ...REFERENCE_PUMP, library: [BOUNDLESS_DRUG, tight] };
  const ngPerUl = drugs(1000, 10);
  const prescription = prescribed({ basalNlPerDay: 0, windowLimitNl: LIMIT_NL, concentrationNgPerUl: ngPerUl });

  test("binds when it is less than the volume's, and says so by its window", () => {
    const forecast = look({ config, ngPerUl, prescription, strokes: 4000 });
    // 10,000 strokes less the one that rounding may not pass, less 4,000.
    expect([forecast.roomNl, forecast.windowMs]).toEqual([5999 * 300, DRUG_WINDOW_MS]);
  });

  test("is there again when the bucket has left", () => {
    const at = (nowMs: number): number => look({ config, ngPerUl, prescription, strokes: 4000, nowMs }).roomNl;
    expect(at(49 * DRUG_BUCKET_MS - 1)).toBe(5999 * 300);
    expect(at(49 * DRUG_BUCKET_MS)).toBe(9999 * 300 - 300);
  });
});
