import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { PumpConfig } from "../../../src/config";
import { StrokeVolume } from "../../../src/motion/stroke";
import { ProgramKind, PRESCRIPTION_FIELDS } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { ActivePrescription } from "../../../src/prescription/prescription";
import { PrescriptionFault, PrescriptionProblems, Severity, severityOf } from "../../../src/prescription/problem";
import { MIN_WINDOW_MS, prescribableWindowNl, validatePrescription } from "../../../src/prescription/validate";
import { FREE_DRUG, listed, places, PRESCRIPTION, problemsOf, PUMP } from "./prescribed";
import { steps } from "../reference-pump";
import { prescriptionNumbers } from "../../../src/prescription/prescription";

const stroke = (): StrokeVolume => new StrokeVolume(PUMP);
const DAY_MS = 86400000;

interface Case {
  readonly fault: PrescriptionFault;
  readonly name: string;
  readonly good: Partial<Prescription>;
  readonly bad: Partial<Prescription>;
  readonly given: number;
  readonly limit: number;
  readonly at?: number;
  readonly pump?: Partial<PumpConfig>;
}

const HARD_24H = 11500000;
const noBolus = { bolusNl: 0, bolusMs: 0, lockoutMs: 0, mostPer24h: 0 };
const FLEX: Partial<Prescription> = {
  program: ProgramKind.flex,
  steps: 3,
  stepStartMs: steps(...Array.from({ length: 13 }, (_, hour) => hour * 3600000)),
  stepNlPerDay: steps(500000, 1000000, 500000),
};
const PERIODIC: Partial<Prescription> = {
  program: ProgramKind.periodic,
  scheduledNl: 50000,
  scheduledMs: 600000,
  scheduledEveryMs: 21600000,
};
const SHOT: Partial<Prescription> = {
  ...noBolus,
  program: ProgramKind.singleShot,
  stepNlPerDay: steps(0),
  scheduledNl: 100000,
  scheduledMs: 600000,
  scheduledEveryMs: 604800000,
  scheduledCount: 1,
};

// The last good value and the first bad one.
const CASES: Case[] = [
  {
    fault: PrescriptionFault.basalAboveMaximum,
    name: "basal at the maximum rate (DEL-004)",
    pump: { maxRateNlPerDay: 1000000 },
    good: { ...noBolus, stepNlPerDay: steps(1000000) },
    bad: { ...noBolus, stepNlPerDay: steps(1000001) },
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
    limit: 1,
  },
  {
    fault: PrescriptionFault.bolusDuration,
    name: "bolus over 24 h",
    good: { bolusMs: DAY_MS },
    bad: { bolusMs: DAY_MS + 1, windowMs: 2 * DAY_MS },
    given: DAY_MS + 1,
    limit: DAY_MS,
  },
  {
    fault: PrescriptionFault.bolusLongerThanWindow,
    name: "bolus as long as the window (PRE-011)",
    good: { windowMs: MIN_WINDOW_MS, windowLimitNl: 400000, bolusMs: MIN_WINDOW_MS },
    bad: { windowMs: MIN_WINDOW_MS, windowLimitNl: 400000, bolusMs: MIN_WINDOW_MS + 1 },
    given: MIN_WINDOW_MS + 1,
    limit: MIN_WINDOW_MS,
  },
  {
    fault: PrescriptionFault.bolusAboveWindow,
    name: "bolus of the whole window",
    good: { stepNlPerDay: steps(0), windowLimitNl: 900000, bolusNl: 900000 },
    bad: { stepNlPerDay: steps(0), windowLimitNl: 900000, bolusNl: 900001 },
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
    good: { stepNlPerDay: steps(970000) },
    bad: { stepNlPerDay: steps(1000000) },
    given: 0,
    limit: 30000,
  },
  {
    fault: PrescriptionFault.lockout,
    name: "lockout of 1 ms (PRE-011)",
    good: { lockoutMs: 1 },
    bad: { lockoutMs: 0 },
    given: 0,
    limit: 1,
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
    limit: 1,
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
    limit: MIN_WINDOW_MS,
  },
  {
    fault: PrescriptionFault.window,
    name: "window of 7 days",
    good: { stepNlPerDay: steps(0), windowMs: 7 * DAY_MS },
    bad: { stepNlPerDay: steps(0), windowMs: 7 * DAY_MS + 60000 },
    given: 7 * DAY_MS + 60000,
    limit: 7 * DAY_MS,
  },
  {
    fault: PrescriptionFault.window,
    name: "window of whole minutes",
    good: { windowMs: DAY_MS - 60000, windowLimitNl: 2000000 },
    bad: { windowMs: DAY_MS - 1, windowLimitNl: 2000000 },
    given: DAY_MS - 1,
    limit: DAY_MS - 60000,
  },
  {
    fault: PrescriptionFault.windowAboveHardLimit,
    name: "window limit one bucket of the maximum rate under the hard limit (LIM-004)",
    good: { windowLimitNl: HARD_24H },
    bad: { windowLimitNl: HARD_24H + 1 },
    given: HARD_24H + 1,
    limit: HARD_24H,
  },
  {
    fault: PrescriptionFault.program,
    name: "continuous is the first program",
    good: {},
    bad: { program: 0 as ProgramKind },
    given: 0,
    limit: 1,
  },
  {
    fault: PrescriptionFault.program,
    name: "a single shot with nothing beside it",
    good: SHOT,
    bad: { ...SHOT, stepNlPerDay: steps(1000) },
    given: ProgramKind.singleShot,
    limit: 0,
  },
  {
    fault: PrescriptionFault.program,
    name: "a single shot without a demand bolus",
    good: SHOT,
    bad: { ...SHOT, bolusNl: 300, bolusMs: 1, lockoutMs: 1, mostPer24h: 1 },
    given: ProgramKind.singleShot,
    limit: 0,
  },
  {
    fault: PrescriptionFault.program,
    name: "scheduled boluses are periodic's",
    good: PERIODIC,
    bad: { ...PERIODIC, program: ProgramKind.continuous },
    given: ProgramKind.continuous,
    limit: 0,
  },
  {
    fault: PrescriptionFault.program,
    name: "periodic needs a bolus",
    good: PERIODIC,
    bad: { program: ProgramKind.periodic },
    given: ProgramKind.periodic,
    limit: 0,
  },
  {
    fault: PrescriptionFault.stepCount,
    name: "13 steps (PRE-008)",
    good: { ...FLEX, steps: 13 },
    bad: { ...FLEX, steps: 14 },
    given: 14,
    limit: 13,
  },
  {
    fault: PrescriptionFault.stepCount,
    name: "flex has steps",
    good: { ...FLEX, steps: 1 },
    bad: { ...FLEX, steps: 0 },
    given: 0,
    limit: 1,
  },
  {
    fault: PrescriptionFault.stepCount,
    name: "continuous has one step",
    good: {},
    bad: { ...FLEX, steps: 2, program: ProgramKind.continuous },
    given: 2,
    limit: 1,
  },
  {
    fault: PrescriptionFault.stepOrder,
    name: "steps a millisecond apart (PRE-008)",
    good: { ...FLEX, steps: 2, stepStartMs: steps(7, 8) },
    bad: { ...FLEX, steps: 2, stepStartMs: steps(7, 7) },
    given: 7,
    limit: 8,
    at: 1,
  },
  {
    fault: PrescriptionFault.stepOrder,
    name: "a last step within the day",
    good: { ...FLEX, steps: 2, stepStartMs: steps(0, DAY_MS - 1) },
    bad: { ...FLEX, steps: 2, stepStartMs: steps(0, DAY_MS) },
    given: DAY_MS,
    limit: DAY_MS - 1,
    at: 1,
  },
  {
    fault: PrescriptionFault.unknownDrug,
    name: "the primary drug is in the reservoir",
    good: { primaryDrug: 1, concentrationNgPerUl: places(8, 0, 10000) },
    bad: { primaryDrug: 1 },
    given: 1,
    limit: 5,
    at: 1,
  },
  {
    fault: PrescriptionFault.unknownDrug,
    name: "each drug is in the library",
    good: { concentrationNgPerUl: places(8, 1, 0, 0, 0, 1) },
    bad: { concentrationNgPerUl: places(8, 1, 0, 0, 0, 0, 1) },
    given: 5,
    limit: 5,
    at: 5,
  },
  {
    fault: PrescriptionFault.unknownDrug,
    name: "a primary drug beyond every library",
    good: {},
    bad: { primaryDrug: 8 },
    given: 8,
    limit: 5,
  },
  {
    fault: PrescriptionFault.drugCount,
    name: "four drugs",
    good: { concentrationNgPerUl: places(8, 1, 1, 1, 1) },
    bad: { concentrationNgPerUl: places(8, 1, 1, 1, 1, 1) },
    given: 5,
    limit: 4,
  },
  {
    fault: PrescriptionFault.concentrationBelowLibrary,
    name: "the lowest concentration (PRE-005)",
    pump: { library: [{ ...FREE_DRUG, minNgPerUl: 500 }] },
    good: { concentrationNgPerUl: places(8, 500) },
    bad: { concentrationNgPerUl: places(8, 499) },
    given: 499,
    limit: 500,
  },
  {
    fault: PrescriptionFault.concentrationAboveLibrary,
    name: "the highest concentration (PRE-005)",
    good: { concentrationNgPerUl: places(8, 25000) },
    bad: { concentrationNgPerUl: places(8, 25001) },
    given: 25001,
    limit: 25000,
  },
  {
    fault: PrescriptionFault.rateAboveHardDose,
    // 1 mL/day of 10 ug/uL are 10 mg in 24 h.
    name: "the rate of a drug at its hard limit, counted up (PRE-002)",
    pump: { library: [{ ...FREE_DRUG, hardHourNg: 416667, softHourNg: 416667 }] },
    good: {},
    bad: { stepNlPerDay: steps(1000001) },
    given: 416668,
    limit: 416667,
  },
  {
    fault: PrescriptionFault.rateAboveSoftDose,
    name: "the highest step's rate at the soft limit",
    pump: { library: [{ ...FREE_DRUG, softHourNg: 416667 }] },
    good: FLEX,
    bad: { ...FLEX, stepNlPerDay: steps(500000, 1000003, 500000) },
    given: 416668,
    limit: 416667,
  },
  {
    fault: PrescriptionFault.bolusAboveHardDose,
    name: "a bolus of the hard limit (PRE-002)",
    pump: { library: [{ ...FREE_DRUG, hardBolusNg: 300000, softBolusNg: 300000 }] },
    good: {},
    bad: { bolusNl: 30001 },
    given: 300010,
    limit: 300000,
  },
  {
    fault: PrescriptionFault.bolusAboveSoftDose,
    name: "a scheduled bolus of the soft limit",
    pump: { library: [{ ...FREE_DRUG, softBolusNg: 500000 }] },
    good: PERIODIC,
    bad: { ...PERIODIC, scheduledNl: 50001 },
    given: 500010,
    limit: 500000,
  },
  {
    fault: PrescriptionFault.dayAboveHardDose,
    // 49 buckets of half an hour are 980 uL at 960 uL/day, and a stroke of 300 nL may be owed from before.
    name: "a day's basal at the hard limit, as the pump counts it (PRE-002)",
    pump: { library: [{ ...FREE_DRUG, hardDayNg: 9803000, softDayNg: 9803000 }] },
    good: { ...noBolus, stepNlPerDay: steps(960000) },
    bad: { ...noBolus, stepNlPerDay: steps(960000), concentrationNgPerUl: places(8, 10001) },
    given: 9803981,
    limit: 9803000,
  },
  {
    fault: PrescriptionFault.totalAboveHardDose,
    name: "basal and boluses together at the hard limit, alone far below it (PRE-009)",
    pump: { library: [{ ...FREE_DRUG, hardDayNg: 11200000 }] },
    good: {},
    bad: { bolusNl: 30001 },
    given: 11200040,
    limit: 11200000,
  },
  {
    fault: PrescriptionFault.totalAboveSoftDose,
    name: "basal and boluses together at the soft limit",
    pump: { library: [{ ...FREE_DRUG, softDayNg: 11200000 }] },
    good: {},
    bad: { mostPer24h: 5 },
    given: 11500000,
    limit: 11200000,
  },
  {
    fault: PrescriptionFault.scheduledVolume,
    name: "a scheduled bolus at the pump's hard limit",
    good: { ...PERIODIC, windowLimitNl: HARD_24H, scheduledNl: 1000000 },
    bad: { ...PERIODIC, windowLimitNl: HARD_24H, scheduledNl: 1000001 },
    given: 1000001,
    limit: 1000000,
  },
  {
    fault: PrescriptionFault.scheduledVolume,
    name: "a scheduled bolus of one stroke",
    good: { ...PERIODIC, scheduledNl: 300 },
    bad: { ...PERIODIC, scheduledNl: 299 },
    given: 299,
    limit: 300,
  },
  {
    fault: PrescriptionFault.scheduledDuration,
    name: "a scheduled bolus that ends as the next begins (PRE-011)",
    good: { ...PERIODIC, scheduledMs: 21600000 },
    bad: { ...PERIODIC, scheduledMs: 21600001 },
    given: 21600001,
    limit: 21600000,
  },
  {
    fault: PrescriptionFault.scheduledInterval,
    name: "a scheduled bolus a minute",
    good: { ...PERIODIC, scheduledEveryMs: 60000, scheduledMs: 1, scheduledNl: 300 },
    bad: { ...PERIODIC, scheduledEveryMs: 59999, scheduledMs: 1, scheduledNl: 300 },
    given: 59999,
    limit: 60000,
  },
  {
    fault: PrescriptionFault.scheduledStarved,
    name: "a scheduled bolus that takes its whole interval beside the basal",
    pump: { maxRateNlPerDay: 1200000 },
    good: PERIODIC,
    bad: { ...PERIODIC, scheduledNl: 50001 },
    given: 200000,
    limit: 50001,
  },
  {
    fault: PrescriptionFault.shotCount,
    name: "a single shot is one",
    good: SHOT,
    bad: { ...SHOT, scheduledCount: 2 },
    given: 2,
    limit: 1,
  },
  {
    fault: PrescriptionFault.shotCount,
    name: "several shots are two or more",
    good: { ...SHOT, program: ProgramKind.severalShots, scheduledCount: 2 },
    bad: { ...SHOT, program: ProgramKind.severalShots },
    given: 1,
    limit: 2,
  },
  {
    fault: PrescriptionFault.shotCount,
    name: "periodic boluses are not counted",
    good: PERIODIC,
    bad: { ...PERIODIC, scheduledCount: 1 },
    given: 1,
    limit: 0,
  },
  {
    fault: PrescriptionFault.trialEnd,
    name: "a trial of 90 days",
    good: { program: ProgramKind.continuousTrial, endsAfterMs: 90 * DAY_MS },
    bad: { program: ProgramKind.continuousTrial, endsAfterMs: 90 * DAY_MS + 1 },
    given: 90 * DAY_MS + 1,
    limit: 90 * DAY_MS,
  },
  {
    fault: PrescriptionFault.trialEnd,
    name: "a trial has an end",
    good: { program: ProgramKind.continuousTrial, endsAfterMs: 60000 },
    bad: { program: ProgramKind.continuousTrial },
    given: 0,
    limit: 60000,
  },
  {
    fault: PrescriptionFault.trialEnd,
    name: "therapy without a trial has none",
    good: {},
    bad: { endsAfterMs: 60000 },
    given: 60000,
    limit: 0,
  },
  {
    fault: PrescriptionFault.hours,
    name: "hours that begin within the day",
    good: { hoursFromMs: DAY_MS - 1 },
    bad: { hoursFromMs: DAY_MS },
    given: DAY_MS,
    limit: DAY_MS - 1,
  },
  {
    fault: PrescriptionFault.hours,
    name: "hours that end within the day",
    good: { hoursToMs: DAY_MS - 1 },
    bad: { hoursToMs: DAY_MS },
    given: DAY_MS,
    limit: DAY_MS - 1,
    at: 1,
  },
  {
    fault: PrescriptionFault.minimumRate,
    name: "a minimum rate of the lowest step that is not 0",
    good: { ...FLEX, stepNlPerDay: steps(1000000, 0, 5000), minimumNlPerDay: 5000 },
    bad: { ...FLEX, stepNlPerDay: steps(1000000, 0, 5000), minimumNlPerDay: 5001 },
    given: 5001,
    limit: 5000,
  },
  {
    fault: PrescriptionFault.minimumRate,
    name: "a minimum rate beside boluses alone, at the pump's hard limit",
    pump: { maxRateNlPerDay: 100000 },
    good: { stepNlPerDay: steps(0), minimumNlPerDay: 100000 },
    bad: { stepNlPerDay: steps(0), minimumNlPerDay: 100001 },
    given: 100001,
    limit: 100000,
  },
  {
    fault: PrescriptionFault.catheterVolume,
    name: "a catheter of 5 mL",
    good: { catheterNl: 5000000 },
    bad: { catheterNl: 5000001 },
    given: 5000001,
    limit: 5000000,
  },
  {
    fault: PrescriptionFault.lowMark,
    name: "low at the empty mark",
    good: { lowNl: 1000000 },
    bad: { lowNl: 999999 },
    given: 999999,
    limit: 1000000,
  },
  {
    fault: PrescriptionFault.lowMark,
    name: "low in a full reservoir",
    good: { ...noBolus, lowNl: 20000000 },
    bad: { ...noBolus, lowNl: 20000001 },
    given: 20000001,
    limit: 20000000,
  },
  {
    fault: PrescriptionFault.refillDays,
    name: "a refill after a leap year",
    good: { ...noBolus, stepNlPerDay: steps(1000), refillDays: 366 },
    bad: { ...noBolus, stepNlPerDay: steps(1000), refillDays: 367 },
    given: 367,
    limit: 366,
  },
  {
    fault: PrescriptionFault.bridge,
    name: "a bridge with a known catheter",
    good: { bridge: 1, catheterNl: 180000 },
    bad: { bridge: 1 },
    given: 1,
    limit: 0,
  },
  {
    fault: PrescriptionFault.bridge,
    name: "a bridge with known tubing",
    good: {},
    pump: { tubingNl: 0 },
    bad: { bridge: 1, catheterNl: 180000 },
    given: 1,
    limit: 0,
  },
  {
    fault: PrescriptionFault.bridge,
    name: "a bridge without scheduled boluses",
    good: { bridge: 1, catheterNl: 180000 },
    bad: { ...PERIODIC, bridge: 1, catheterNl: 180000 },
    given: 1,
    limit: 0,
  },
  {
    fault: PrescriptionFault.reservoirTooSmall,
    // 18 mL above low, and 1.12 mL a day with every bolus.
    name: "a reservoir that lasts to the day of the refill (PRE-010)",
    good: { refillDays: 16 },
    bad: { refillDays: 17 },
    given: 16,
    limit: 17,
  },
];

test("the prescription that the cases change is sound", () => {
  expect(problemsOf({})).toEqual([]);
});

describe("the last good value and the first bad one", () => {
  // By %s: a $name is cut after 40 characters.
  test.each(CASES.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const { good, bad, pump, fault, given, limit, at = 0 } = one;
    expect(problemsOf(good, pump)).toEqual([]);
    expect(problemsOf(bad, pump)).toEqual([{ fault, given, limit, at }]);
  });

  test("basal that fills 49 buckets of the window but for one stroke, which can be owed from before (LIM-004)", () => {
    // 960,000 nL/day are 20,000 nL in a bucket of half an hour.
    const limit = 49 * 20000 + 300;
    const good = { ...noBolus, stepNlPerDay: steps(960000), windowLimitNl: limit };
    expect(problemsOf(good)).toEqual([]);
    const refused = { fault: PrescriptionFault.scheduledAboveWindow, given: limit, limit: limit - 1, at: 0 };
    expect(problemsOf({ ...good, windowLimitNl: limit - 1 })).toEqual([refused]);
  });

  test("what the minimum rate can add where a step has no rate of its own", () => {
    const held = { ...noBolus, stepNlPerDay: steps(0), minimumNlPerDay: 960000, windowLimitNl: 980300 };
    expect(problemsOf(held)).toEqual([]);
    expect(problemsOf({ ...held, windowLimitNl: 980299 })).toMatchObject([
      { fault: PrescriptionFault.scheduledAboveWindow, given: 980300 },
    ]);
  });

  test.each(Array.from({ length: PRESCRIPTION_FIELDS }, (_, field) => field))(
    "field %i must be a whole number, and when it is not, that alone is said",
    (index) => {
      for (const value of [-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1]) {
        const fields = prescriptionNumbers(PRESCRIPTION);
        fields[index] = value;
        const problems = new PrescriptionProblems();
        validatePrescription({ ...PRESCRIPTION, bolusNl: 299 }, fields, PUMP, stroke(), problems);
        expect(listed(problems)).toEqual([{ fault: PrescriptionFault.notAnInteger, given: index, limit: 0, at: 0 }]);
      }
    },
  );

  test("every fault is provoked here", () => {
    const provoked = new Set(CASES.map(({ fault }) => fault));
    for (const elsewhere of [
      PrescriptionFault.none,
      PrescriptionFault.notAnInteger,
      PrescriptionFault.scheduledAboveWindow,
    ])
      provoked.add(elsewhere);
    const all = Object.values(PrescriptionFault).filter((value) => typeof value === "number");
    expect([...provoked].sort((a, b) => a - b)).toEqual(all);
  });
});

test("every problem is listed at once (PRE-001)", () => {
  const wrong = problemsOf(
    { bolusNl: 299, bolusMs: 0, lockoutMs: 0, windowMs: 1, bridge: 1, concentrationNgPerUl: places(8, 10000, 30000) },
    { library: [{ ...FREE_DRUG, softHourNg: 1 }, FREE_DRUG] },
  );
  expect(wrong.map(({ fault }) => fault).sort((a = 0, b = 0) => a - b)).toEqual([
    PrescriptionFault.bolusBelowStroke,
    PrescriptionFault.bolusDuration,
    PrescriptionFault.lockout,
    PrescriptionFault.window,
    PrescriptionFault.concentrationAboveLibrary,
    PrescriptionFault.rateAboveSoftDose,
    PrescriptionFault.bridge,
  ]);
});

test("without a demand bolus its other fields do not matter", () => {
  expect(problemsOf({ bolusNl: 0, bolusMs: 0, lockoutMs: 0, mostPer24h: 99, hoursFromMs: DAY_MS })).toEqual([]);
});

test("a window of zero length, or an interval of zero, is not divided by", () => {
  expect(problemsOf({ windowMs: 0 })).toMatchObject([{ fault: PrescriptionFault.window }]);
  expect(problemsOf({ ...PERIODIC, scheduledEveryMs: 0 })).toMatchObject([
    { fault: PrescriptionFault.scheduledInterval },
  ]);
});

property.prop([
  fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 100000000 }), fc.maxSafeNat()), {
    minLength: PRESCRIPTION_FIELDS,
    maxLength: PRESCRIPTION_FIELDS,
  }),
])("whatever numbers come, the answer is whole numbers, and its sums are those of what is listed", (fields) => {
  const prescription = new ActivePrescription([...fields]);
  const problems = new PrescriptionProblems();
  validatePrescription(prescription, fields, PUMP, stroke(), problems);
  const all = listed(problems);
  for (const { given, limit } of all) {
    expect(Number.isSafeInteger(given)).toBe(true);
    expect(Number.isSafeInteger(limit)).toBe(true);
  }
  const hard = all.filter(({ fault = 0 }) => severityOf(fault) === Severity.hard);
  expect(hard.length).toBeLessThanOrEqual(problems.hard);
  expect(problems.hard).toBeGreaterThan(0);
});

test("an old refusal does not show in a new verdict", () => {
  const problems = new PrescriptionProblems();
  const fields = prescriptionNumbers(PRESCRIPTION);
  validatePrescription({ ...PRESCRIPTION, bolusNl: 299 }, fields, PUMP, stroke(), problems);
  expect(listed(problems)).toMatchObject([{ fault: PrescriptionFault.bolusBelowStroke }]);
  validatePrescription(PRESCRIPTION, fields, PUMP, stroke(), problems);
  expect(problems).toMatchObject({ listed: 0, hard: 0, soft: 0 });
});

describe("what may be prescribed in a window", () => {
  test("shorter windows share the hard limit: each day touches 24 of one hour", () => {
    expect(prescribableWindowNl(PUMP, DAY_MS)).toBe(HARD_24H);
    expect(prescribableWindowNl(PUMP, DAY_MS - 60000)).toBe(HARD_24H / 2);
    expect(prescribableWindowNl(PUMP, 3600000)).toBe(Math.floor(HARD_24H / 24));
    expect(prescribableWindowNl(PUMP, 7 * DAY_MS)).toBe(HARD_24H);
  });

  test("is nothing where the margin is all of the hard limit, never negative", () => {
    expect(prescribableWindowNl({ ...PUMP, maxWindowNl: 400000 }, DAY_MS)).toBe(0);
  });
});

describe("what does not count", () => {
  const narrow = (hardDayNg: number) => ({ library: [{ ...FREE_DRUG, softDayNg: hardDayNg, hardDayNg }] });

  test("the minimum rate where basal never stops: it is no flow besides", () => {
    const held = { ...noBolus, stepNlPerDay: steps(1000000), minimumNlPerDay: 1000000 };
    // 10 ng/nL: 10 mg a day, and a bucket and a stroke more.
    expect(problemsOf(held, narrow(10500000))).toEqual([]);
  });

  test("a stroke where nothing is scheduled", () => {
    const nothing = { ...noBolus, stepNlPerDay: steps(0), windowLimitNl: 299 };
    expect(problemsOf(nothing, narrow(1))).toEqual([]);
  });

  test("the days to the next refill where nothing flows: the reservoir lasts", () => {
    expect(problemsOf({ ...noBolus, stepNlPerDay: steps(0), refillDays: 90 })).toEqual([]);
  });

  test("that demand bolus and basal are as large: beside shots neither may be", () => {
    const shot = {
      program: ProgramKind.singleShot,
      scheduledNl: 50000,
      scheduledMs: 600000,
      scheduledEveryMs: 3600000,
    };
    const both = { ...shot, scheduledCount: 1, bolusNl: 30000, stepNlPerDay: steps(30000) };
    expect(problemsOf(both).map(({ fault }) => fault)).toContain(PrescriptionFault.program);
  });
});
