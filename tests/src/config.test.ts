import { describe, expect, test } from "vitest";
import type { DrugLimits, PumpConfig } from "../../src/config";
import {
  configNames,
  drugNames,
  MAX_PULSE_INTERVAL_MS,
  MAX_STROKE_PL,
  MOST_DRUG_NG,
  MOST_LIBRARY_DRUGS,
  MOST_NG_PER_UL,
  noPump,
  readConfig,
  wrongConfigField,
} from "../../src/config";
import { FREE_DRUG, PUMP } from "./prescription/prescribed";

/** Slow, so that the head's rate bounds no other field. */
const SLOW_PUMP = {
  ...PUMP,
  maxRateNlPerDay: 1000,
  serviceLifeDays: 2555,
  replacementLeadDays: 90,
  replacementPerMille: 100,
  endOfServicePerMille: 20,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
};

/** Place, field, least, most. */
const RANGES: [place: number, field: keyof PumpConfig, least: number, most: number][] = [
  // 10 nL a stroke at least.
  [1, "plPerRevolution", 2000000, 1000000000],
  [2, "fullStepsPerRevolution", 1, 6000],
  [3, "fullStepsPerStroke", 1, Math.floor(MAX_STROKE_PL / PUMP.plPerRevolution)],
  [4, "microsteps", 1, 256],
  [5, "pulseIntervalMs", 1, MAX_PULSE_INTERVAL_MS],
  [6, "strokeMs", 50, 2000],
  // 367,659 strokes of 300 nL in a day of 235 ms each, and one nL of rounding a stroke.
  [7, "maxRateNlPerDay", 1, 367659 * 301],
  [8, "maxBolusNl", 1, 100000000],
  [9, "windowMs", 60000, 604800000],
  [10, "maxWindowNl", 1, 1000000000],
  [11, "capacityNl", PUMP.lowNl, 100000000],
  [12, "lowNl", PUMP.emptyNl, PUMP.capacityNl],
  [13, "emptyNl", 0, PUMP.lowNl],
  [14, "tubingNl", 0, 10000000],
  [15, "accuracyPerMille", 0, 1000],
  [16, "tubeLifeStrokes", 0, Number.MAX_SAFE_INTEGER],
  [17, "tubeLifeDays", 0, 36525],
  [18, "serviceLifeDays", SLOW_PUMP.replacementLeadDays, 36525],
  [19, "replacementLeadDays", 0, SLOW_PUMP.serviceLifeDays],
  [20, "replacementPerMille", SLOW_PUMP.endOfServicePerMille, 1000],
  [21, "endOfServicePerMille", 0, SLOW_PUMP.replacementPerMille],
  [22, "batteryLowMv", SLOW_PUMP.batteryOutMv, 100000],
  [23, "batteryOutMv", 0, SLOW_PUMP.batteryLowMv],
  [24, "motorMaxDeciC", 0, 2000],
  [25, "countsPerRevolution", 0, 1000000],
  [26, "releaseNl", 0, 10000000],
  [27, "model", 0, Number.MAX_SAFE_INTEGER],
  [28, "serial", 0, Number.MAX_SAFE_INTEGER],
  [29, "program", 0, 2 ** 48 - 1],
];

/** Content, life, charge and voltage marks are compared with each other: the one that is named may be its neighbour. */
const NEIGHBOURS: Partial<Record<keyof PumpConfig, number[]>> = {
  fullStepsPerRevolution: [1, 2],
  capacityNl: [11, 12],
  lowNl: [12, 13],
  serviceLifeDays: [18, 19],
  replacementPerMille: [20, 21],
  batteryLowMv: [22, 23],
};

test("the reference pump is sound", () => {
  expect(wrongConfigField(PUMP)).toBe(0);
});

describe.each(RANGES)("field %i, %s", (place, field, least, most) => {
  const wrongWith = (value: number): number => wrongConfigField({ ...SLOW_PUMP, [field]: value });

  test("is right at both ends of its range", () => {
    expect(wrongWith(least)).toBe(0);
    expect(wrongWith(most)).toBe(0);
  });

  test("is wrong beyond them, and when it is no whole number (SAF-003)", () => {
    const named = NEIGHBOURS[field] ?? [place];
    for (const value of [least - 1, most + 1, least + 0.5, -1, NaN, Infinity])
      expect(named).toContain(wrongWith(value));
  });
});

describe("the drug library", () => {
  const wrongWith = (change: Partial<DrugLimits>): number =>
    wrongConfigField({ ...PUMP, library: [FREE_DRUG, { ...FREE_DRUG, ...change }] });

  test.each<[keyof DrugLimits, number, number]>([
    ["minNgPerUl", 1, FREE_DRUG.maxNgPerUl],
    ["maxNgPerUl", FREE_DRUG.minNgPerUl, MOST_NG_PER_UL],
    ["softDayNg", 1, MOST_DRUG_NG],
    ["softBolusNg", 1, MOST_DRUG_NG],
    ["softHourNg", 1, MOST_DRUG_NG],
    ["hardDayNg", FREE_DRUG.softDayNg, MOST_DRUG_NG],
    ["hardBolusNg", FREE_DRUG.softBolusNg, MOST_DRUG_NG],
    ["hardHourNg", FREE_DRUG.softHourNg, MOST_DRUG_NG],
  ])("%s is right at both ends of its range and wrong beyond them, at the drug's place", (field, least, most) => {
    for (const value of [least, most]) expect(wrongWith({ [field]: value })).toBe(0);
    for (const value of [least - 1, most + 1, least + 0.5, NaN]) expect(wrongWith({ [field]: value })).toBe(31);
  });

  test("has a place for each rolling window of mass, and no more", () => {
    const drugs = (count: number): DrugLimits[] => Array.from({ length: count }, () => FREE_DRUG);
    expect(wrongConfigField({ ...PUMP, library: drugs(MOST_LIBRARY_DRUGS) })).toBe(0);
    expect(wrongConfigField({ ...PUMP, library: drugs(MOST_LIBRARY_DRUGS + 1) })).toBe(30);
  });
});

test("a configuration that crosses as numbers is the same on the other side", () => {
  const numbers = [
    ...configNames().map((field) => SLOW_PUMP[field]),
    ...SLOW_PUMP.library.flatMap((drug) => drugNames().map((field) => drug[field])),
  ];
  expect(readConfig(numbers)).toEqual(SLOW_PUMP);
  expect(configNames()).toHaveLength(Object.keys(SLOW_PUMP).length - 1);
});

test("the hard limit's window is a whole number of minutes", () => {
  expect(wrongConfigField({ ...PUMP, windowMs: 86400001 })).toBe(9);
});

test("the pump that stands in for a wrong one is sound", () => {
  expect(wrongConfigField(noPump())).toBe(0);
});
