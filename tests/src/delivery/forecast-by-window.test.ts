import { describe, expect, test } from "vitest";
import { DRUG_BUCKET_MS, DRUG_WINDOW_MS } from "../../../src/delivery/drug-windows";
import { StateRecord } from "../../../src/record/state-record";
import { BOUNDLESS_DRUG, drugs, flexDay, prescribed, REFERENCE_PUMP } from "../reference-pump";
import { LIMIT_NL, limited, look } from "./look-ahead";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
/** 20,000 nL in each half hour. */
const BASAL = 960000;

/** A pump whose second drug may be given up to `hardDayNg` a day. */
const withSecond = (hardDayNg: number): typeof REFERENCE_PUMP => ({
  ...REFERENCE_PUMP,
  library: [BOUNDLESS_DRUG, { ...BOUNDLESS_DRUG, softDayNg: hardDayNg, hardDayNg }],
});

describe("the room that a drug leaves beside basal", () => {
  /** 10 ng/uL: 30 ug a day are 10,000 strokes, less the one that rounding may not pass. */
  const known = { config: withSecond(30000), ngPerUl: drugs(1000, 10), prescription: limited(BASAL) };

  test("is less by 49 half hours of it, and by the stroke that may be owed from before", () => {
    const { roomNl, windowMs } = look(known);
    expect([roomNl, windowMs]).toEqual([9999 * 300 - 49 * 20000 - 300, DRUG_WINDOW_MS]);
  });

  test("is least where what was given before is about to leave, counted from its own half hour", () => {
    const [givenMs, nowMs] = [5 * DRUG_BUCKET_MS, 45 * DRUG_BUCKET_MS];
    // Half hour 5 leaves at the end of 53: until then nine half hours of basal are added.
    expect(look({ ...known, strokes: 4000, givenMs, nowMs }).roomNl).toBe(5999 * 300 - 9 * 20000);
  });

  test("goes by the stronger of reservoir and tip", () => {
    const prescription = limited(0);
    const strongTip = look({ ...known, prescription, tipNgPerUl: drugs(1000, 20) });
    expect(strongTip.roomNl).toBe(4999 * 300 - 300);
    const weakTip = look({ ...known, prescription, tipNgPerUl: drugs(1000, 5) });
    expect(weakTip.roomNl).toBe(9999 * 300 - 300);
  });

  test("is not less for a drug that the fluid no longer holds, however much of it was given", () => {
    const ledger = Object.assign(new StateRecord(), { hours: [0, 5], tip: drugs(1000, 3) });
    // 15 units of the second drug, of which 9 are allowed.
    expect(look({ config: withSecond(3), ledger }).roomNl).toBe(LIMIT_NL - 300);
  });
});

describe("the window that leaves least room", () => {
  const of = (windowMs: number, windowLimitNl: number, config = REFERENCE_PUMP): number[] => {
    const prescription = prescribed({ basalNlPerDay: 0, windowMs, windowLimitNl });
    const { roomNl, windowMs: told } = look({ prescription, config, ngPerUl: drugs(1000, 10) });
    return [roomNl, told];
  };
  const hard = { ...REFERENCE_PUMP, windowMs: 12 * HOUR_MS, maxWindowNl: 3000000 };

  test("is the pump's own where its limit is lower than the prescription's", () => {
    expect(of(4 * HOUR_MS, 3000001, hard)).toEqual([3000000 - 300, 12 * HOUR_MS]);
    expect(of(4 * HOUR_MS, 2999999, hard)).toEqual([2999999 - 300, 4 * HOUR_MS]);
  });

  test("is the prescription's where others leave as much: that is the one that a clinician can change", () => {
    expect(of(4 * HOUR_MS, 3000000, hard)).toEqual([3000000 - 300, 4 * HOUR_MS]);
    expect(of(4 * HOUR_MS, 9999 * 300, withSecond(30000))).toEqual([9999 * 300 - 300, 4 * HOUR_MS]);
  });
});

describe("the basal of a day that is counted", () => {
  test("with one rate all day no time of day changes it, midnight in the middle of a bucket neither", () => {
    const known = { strokes: 10000, prescription: limited(1000000) };
    const expected = LIMIT_NL - 3000000 - 49 * 20834;
    for (const timeOfDayMs of [-1, 0, DAY_MS - 300000, DAY_MS - 1])
      expect(look({ ...known, timeOfDayMs }).roomNl).toBe(expected);
  });

  test("is that of each step for as long as it is in force, over midnight, until what was given has left", () => {
    const day = flexDay([0, 480000], [8 * HOUR_MS, 960000], [16 * HOUR_MS, 1440000]);
    const prescription = prescribed({ ...day, windowMs: DAY_MS, windowLimitNl: LIMIT_NL });
    const at = (timeOfDayMs: number): number => look({ strokes: 10000, prescription, timeOfDayMs }).roomNl;
    // 24 h are 960 uL; the half hour besides is of the step in force at noon, at 20:00 or at 2:00.
    expect(at(12 * HOUR_MS)).toBe(LIMIT_NL - 3000000 - 960000 - 20000);
    expect(at(20 * HOUR_MS)).toBe(LIMIT_NL - 3000000 - 960000 - 30000);
    expect(at(2 * HOUR_MS)).toBe(LIMIT_NL - 3000000 - 960000 - 10000);
    expect(at(8 * HOUR_MS)).toBe(LIMIT_NL - 3000000 - 960000 - 20000);
  });

  test("changes with the step, in the bucket in which that begins", () => {
    const day = flexDay([0, 480000], [6 * HOUR_MS + 600000, 1440000], [18 * HOUR_MS, 0]);
    const prescription = prescribed({ ...day, windowMs: DAY_MS, windowLimitNl: LIMIT_NL });
    // Given 20 h ago: it leaves at the end of 4.5 h, nine half hours.
    const known = { strokes: 10000, prescription, nowMs: 20 * HOUR_MS };
    const given = LIMIT_NL - 3000000;
    expect(look({ ...known, timeOfDayMs: 2 * HOUR_MS }).roomNl).toBe(given - 83334 - 20000);
    expect(look({ ...known, timeOfDayMs: 16 * HOUR_MS }).roomNl).toBe(given - 120000);
  });
});
