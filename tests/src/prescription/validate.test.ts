// Shows DEL-004, LIM-004.
import { describe, expect, test } from "vitest";
import type { PumpConfig } from "../../../src/config";
import { StrokeVolume } from "../../../src/motion/stroke";
import type { Prescription } from "../../../src/prescription/prescription";
import { writePrescription } from "../../../src/prescription/prescription";
import {
  MAX_LOCKOUT_MS,
  MAX_WINDOW_MS,
  MIN_WINDOW_MS,
  prescribableWindowNl,
  PrescriptionFault,
  PrescriptionVerdict,
  validatePrescription,
} from "../../../src/prescription/validate";
import { REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";

const STROKE = new StrokeVolume(REFERENCE_PUMP);
const DAY_MS = 86400000;

interface Case {
  readonly fault: PrescriptionFault;
  readonly name: string;
  readonly good: Partial<Prescription>;
  readonly bad: Partial<Prescription>;
  readonly given: number;
  readonly limit: number;
  readonly pump?: Partial<PumpConfig>;
}

function verdictOf(change: Partial<Prescription>, pump: Partial<PumpConfig> = {}): PrescriptionVerdict {
  const prescription = { ...REFERENCE_PRESCRIPTION, ...change };
  const fields: number[] = [];
  writePrescription(prescription, fields);
  const verdict = new PrescriptionVerdict();
  const config = { ...REFERENCE_PUMP, ...pump };
  validatePrescription(prescription, fields, config, new StrokeVolume(config), verdict);
  return verdict;
}

const HARD_24H = 11500000;
const noBolus = { bolusNl: 0, bolusMs: 0, lockoutMs: 0, mostPer24h: 0 };

// The last good value and the first bad one.
const CASES: Case[] = [
  {
    fault: PrescriptionFault.basalAboveMaximum,
    name: "basal at the maximum rate",
    pump: { maxRateNlPerDay: 1000000 },
    good: { ...noBolus, basalNlPerDay: 1000000 },
    bad: { ...noBolus, basalNlPerDay: 1000001 },
    given: 1000001,
    limit: 1000000,
  },
  {
    fault: PrescriptionFault.bolusAboveMaximum,
    name: "bolus at the hard limit",
    good: { bolusNl: 1000000 },
    bad: { bolusNl: 1000001 },
    given: 1000001,
    limit: 1000000,
  },
  {
    fault: PrescriptionFault.bolusAboveReservoir,
    name: "bolus as large as a full reservoir above low",
    pump: { capacityNl: 2500000 },
    good: { bolusNl: 500000 },
    bad: { bolusNl: 500001 },
    given: 500001,
    limit: 500000,
  },
  {
    fault: PrescriptionFault.bolusBelowStroke,
    name: "bolus of one stroke",
    good: { bolusNl: 300 },
    bad: { bolusNl: 299 },
    given: 299,
    limit: 300,
  },
  {
    fault: PrescriptionFault.bolusBelowStroke,
    name: "bolus of one stroke that is no whole number of nL",
    pump: { plPerRevolution: 60000001 },
    good: { bolusNl: 301 },
    bad: { bolusNl: 300 },
    given: 300,
    limit: 301,
  },
  {
    fault: PrescriptionFault.bolusDuration,
    name: "bolus over 1 ms",
    good: { bolusMs: 1 },
    bad: { bolusMs: 0 },
    given: 0,
    limit: DAY_MS,
  },
  {
    fault: PrescriptionFault.bolusDuration,
    name: "bolus over 24 h",
    good: { bolusMs: DAY_MS },
    bad: { bolusMs: DAY_MS + 1 },
    given: DAY_MS + 1,
    limit: DAY_MS,
  },
  {
    fault: PrescriptionFault.bolusLongerThanWindow,
    name: "bolus as long as the window",
    good: { windowMs: MIN_WINDOW_MS, windowLimitNl: 400000, bolusMs: MIN_WINDOW_MS },
    bad: { windowMs: MIN_WINDOW_MS, windowLimitNl: 400000, bolusMs: MIN_WINDOW_MS + 1 },
    given: MIN_WINDOW_MS + 1,
    limit: MIN_WINDOW_MS,
  },
  {
    fault: PrescriptionFault.bolusAboveWindow,
    name: "bolus of the whole window",
    good: { basalNlPerDay: 0, windowLimitNl: 900000, bolusNl: 900000 },
    bad: { basalNlPerDay: 0, windowLimitNl: 900000, bolusNl: 900001 },
    given: 900001,
    limit: 900000,
  },
  {
    fault: PrescriptionFault.bolusStarved,
    name: "bolus that takes 24 h beside the basal",
    pump: { maxRateNlPerDay: 1030000 },
    good: { bolusNl: 30000 },
    bad: { bolusNl: 30001 },
    given: 30000,
    limit: 30001,
  },
  {
    fault: PrescriptionFault.bolusStarved,
    name: "basal that leaves the bolus something",
    pump: { maxRateNlPerDay: 1000000 },
    good: { basalNlPerDay: 970000 },
    bad: { basalNlPerDay: 1000000 },
    given: 0,
    limit: 30000,
  },
  {
    fault: PrescriptionFault.lockout,
    name: "lockout of 1 ms",
    good: { lockoutMs: 1 },
    bad: { lockoutMs: 0 },
    given: 0,
    limit: MAX_LOCKOUT_MS,
  },
  {
    fault: PrescriptionFault.lockout,
    name: "lockout of 30 days",
    good: { lockoutMs: 30 * DAY_MS },
    bad: { lockoutMs: 30 * DAY_MS + 1 },
    given: 30 * DAY_MS + 1,
    limit: 30 * DAY_MS,
  },
  {
    fault: PrescriptionFault.mostPer24h,
    name: "one bolus in 24 h",
    good: { mostPer24h: 1 },
    bad: { mostPer24h: 0 },
    given: 0,
    limit: 48,
  },
  {
    fault: PrescriptionFault.mostPer24h,
    name: "48 boluses in 24 h",
    good: { mostPer24h: 48 },
    bad: { mostPer24h: 49 },
    given: 49,
    limit: 48,
  },
  {
    fault: PrescriptionFault.window,
    name: "window of one hour",
    good: { windowMs: 3600000, windowLimitNl: 400000 },
    bad: { windowMs: 3540000, windowLimitNl: 400000 },
    given: 3540000,
    limit: MAX_WINDOW_MS,
  },
  {
    fault: PrescriptionFault.window,
    name: "window of 7 days",
    good: { basalNlPerDay: 0, windowMs: 7 * DAY_MS },
    bad: { basalNlPerDay: 0, windowMs: 7 * DAY_MS + 60000 },
    given: 7 * DAY_MS + 60000,
    limit: 7 * DAY_MS,
  },
  {
    fault: PrescriptionFault.window,
    name: "window of whole minutes",
    good: { windowMs: DAY_MS - 60000, windowLimitNl: 2000000 },
    bad: { windowMs: DAY_MS - 1, windowLimitNl: 2000000 },
    given: DAY_MS - 1,
    limit: MAX_WINDOW_MS,
  },
  {
    fault: PrescriptionFault.windowAboveHardLimit,
    name: "window limit one bucket of the maximum rate under the hard limit",
    good: { windowLimitNl: HARD_24H },
    bad: { windowLimitNl: HARD_24H + 1 },
    given: HARD_24H + 1,
    limit: HARD_24H,
  },
];

test("the reference prescription is sound", () => {
  expect(verdictOf({})).toEqual({ fault: PrescriptionFault.none, given: 0, limit: 0 });
});

describe("the last good value and the first bad one", () => {
  test.each(CASES)("$name", ({ good, bad, pump, fault, given, limit }) => {
    expect(verdictOf(good, pump).fault).toBe(PrescriptionFault.none);
    expect(verdictOf(bad, pump)).toEqual({ fault, given, limit });
  });

  test("basal that fills 49 buckets of the window but for one stroke, which can be owed from before", () => {
    // 960,000 nL/day are 20,000 nL in a bucket of half an hour.
    const limit = 49 * 20000 + 300;
    const good = { ...noBolus, basalNlPerDay: 960000, windowLimitNl: limit };
    expect(verdictOf(good).fault).toBe(PrescriptionFault.none);
    const refused = { fault: PrescriptionFault.basalAboveWindow, given: limit, limit: limit - 1 };
    expect(verdictOf({ ...good, windowLimitNl: limit - 1 })).toEqual(refused);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])("field %i must be a whole number", (index) => {
    for (const value of [-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1]) {
      const fields: number[] = [];
      writePrescription(REFERENCE_PRESCRIPTION, fields);
      fields[index] = value;
      const verdict = new PrescriptionVerdict();
      validatePrescription(REFERENCE_PRESCRIPTION, fields, REFERENCE_PUMP, STROKE, verdict);
      expect(verdict).toEqual({ fault: PrescriptionFault.notAnInteger, given: index, limit: 0 });
    }
  });

  test("every fault is provoked here", () => {
    const provoked = new Set(CASES.map(({ fault }) => fault));
    for (const elsewhere of [
      PrescriptionFault.none,
      PrescriptionFault.notAnInteger,
      PrescriptionFault.basalAboveWindow,
    ])
      provoked.add(elsewhere);
    const all = Object.values(PrescriptionFault).filter((value) => typeof value === "number");
    expect([...provoked].sort((a, b) => a - b)).toEqual(all);
  });
});

test("without a demand bolus its other fields do not matter", () => {
  expect(verdictOf({ bolusNl: 0, bolusMs: 0, lockoutMs: 0, mostPer24h: 99 }).fault).toBe(PrescriptionFault.none);
});

test("an old refusal does not show in a new verdict", () => {
  const verdict = new PrescriptionVerdict();
  const fields: number[] = [];
  writePrescription(REFERENCE_PRESCRIPTION, fields);
  validatePrescription({ ...REFERENCE_PRESCRIPTION, bolusNl: 299 }, fields, REFERENCE_PUMP, STROKE, verdict);
  expect(verdict.fault).toBe(PrescriptionFault.bolusBelowStroke);
  validatePrescription(REFERENCE_PRESCRIPTION, fields, REFERENCE_PUMP, STROKE, verdict);
  expect(verdict).toEqual({ fault: PrescriptionFault.none, given: 0, limit: 0 });
});

describe("what may be prescribed in a window", () => {
  test("shorter windows share the hard limit: each day touches 24 of one hour", () => {
    expect(prescribableWindowNl(REFERENCE_PUMP, DAY_MS)).toBe(HARD_24H);
    expect(prescribableWindowNl(REFERENCE_PUMP, DAY_MS - 60000)).toBe(HARD_24H / 2);
    expect(prescribableWindowNl(REFERENCE_PUMP, 3600000)).toBe(Math.floor(HARD_24H / 24));
    expect(prescribableWindowNl(REFERENCE_PUMP, 7 * DAY_MS)).toBe(HARD_24H);
  });

  test("is nothing where the margin is all of the hard limit, never negative", () => {
    expect(prescribableWindowNl({ ...REFERENCE_PUMP, maxWindowNl: 400000 }, DAY_MS)).toBe(0);
  });
});
