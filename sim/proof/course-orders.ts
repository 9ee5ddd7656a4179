import type { DrugLimits, PumpConfig } from "../../src/config";
import { MOST_LIBRARY_DRUGS } from "../../src/config";
import { MOST_STEPS, ProgramKind } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";

const DRUG: DrugLimits = {
  minNgPerUl: 1,
  maxNgPerUl: 20000,
  softDayNg: 30000000,
  hardDayNg: 30000000,
  softBolusNg: 2000000,
  hardBolusNg: 2000000,
  softHourNg: 2000000,
  hardHourNg: 2000000,
};

/** Strokes of 1 uL: few enough for many runs. Everything that can be declared is, but lives and an encoder. */
export const COURSE_PUMP: PumpConfig = {
  plPerRevolution: 200000000,
  fullStepsPerRevolution: 200,
  fullStepsPerStroke: 1,
  microsteps: 16,
  pulseIntervalMs: 2,
  strokeMs: 235,
  maxRateNlPerDay: 24000000,
  maxBolusNl: 1000000,
  windowMs: MS_PER_DAY,
  maxWindowNl: 6000000,
  capacityNl: 20000000,
  lowNl: 2000000,
  emptyNl: 1900000,
  tubingNl: 20000,
  accuracyPerMille: 145,
  tubeLifeStrokes: 0,
  tubeLifeDays: 0,
  serviceLifeDays: 0,
  replacementLeadDays: 0,
  replacementPerMille: 0,
  endOfServicePerMille: 0,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
  motorMaxDeciC: 550,
  countsPerRevolution: 0,
  releaseNl: 0,
  model: 20,
  serial: 1001,
  program: 0,
  library: [DRUG, DRUG, DRUG],
};

/** The same pump with a library of which one drug's limit of 24 h is soon met: 85 uL of 20 mg/mL. */
export const CAREFUL_PUMP: PumpConfig = {
  ...COURSE_PUMP,
  library: [{ ...DRUG, softDayNg: 1700000, hardDayNg: 1700000 }, DRUG, DRUG],
};

/** A list of `length` that begins with `numbers`; the rest is 0. */
export const filled = (length: number, numbers: readonly number[]): number[] =>
  Array.from({ length }, (_, place) => numbers[place] ?? 0);

/** 0.48 mL/day of 1 mg/mL, and 20 uL over 10 min every 30 min, four times in 24 h. */
export const CONTINUOUS: Prescription = {
  program: ProgramKind.continuous,
  primaryDrug: 0,
  concentrationNgPerUl: filled(MOST_LIBRARY_DRUGS, [1000]),
  steps: 1,
  stepStartMs: filled(MOST_STEPS, []),
  stepNlPerDay: filled(MOST_STEPS, [480000]),
  scheduledNl: 0,
  scheduledMs: 0,
  scheduledEveryMs: 0,
  scheduledCount: 0,
  endsAfterMs: 0,
  bolusNl: 20000,
  bolusMs: 10 * MS_PER_MIN,
  lockoutMs: 30 * MS_PER_MIN,
  mostPer24h: 4,
  hoursFromMs: 0,
  hoursToMs: 0,
  minimumNlPerDay: 120000,
  windowMs: 4 * MS_PER_HOUR,
  windowLimitNl: 300000,
  catheterNl: 15000,
  lowNl: 2000000,
  refillDays: 0,
  bridge: 0,
};

/** Three rates of the day, and hours for the demand bolus. */
export const FLEX: Prescription = {
  ...CONTINUOUS,
  program: ProgramKind.flex,
  steps: 3,
  stepStartMs: filled(MOST_STEPS, [0, 8.5 * MS_PER_HOUR, 10 * MS_PER_HOUR]),
  stepNlPerDay: filled(MOST_STEPS, [240000, 960000, 480000]),
  hoursFromMs: 8 * MS_PER_HOUR,
  hoursToMs: 20 * MS_PER_HOUR,
};

const SHOTS = {
  bolusNl: 0,
  bolusMs: 0,
  lockoutMs: 0,
  mostPer24h: 0,
  stepNlPerDay: filled(MOST_STEPS, []),
  minimumNlPerDay: 0,
};

/** 15 uL every 40 min. */
export const PERIODIC: Prescription = {
  ...CONTINUOUS,
  program: ProgramKind.periodic,
  stepNlPerDay: filled(MOST_STEPS, [240000]),
  scheduledNl: 15000,
  scheduledMs: 10 * MS_PER_MIN,
  scheduledEveryMs: 40 * MS_PER_MIN,
};

/** A trial: one shot. */
export const ONE_SHOT: Prescription = {
  ...CONTINUOUS,
  ...SHOTS,
  program: ProgramKind.singleShot,
  scheduledNl: 30000,
  scheduledMs: 20 * MS_PER_MIN,
  scheduledEveryMs: MS_PER_HOUR,
  scheduledCount: 1,
};

/** A trial: three shots. */
export const THREE_SHOTS: Prescription = { ...ONE_SHOT, program: ProgramKind.severalShots, scheduledCount: 3 };

/** A trial: one rate for two hours. */
export const TRIAL: Prescription = {
  ...CONTINUOUS,
  program: ProgramKind.continuousTrial,
  endsAfterMs: 2 * MS_PER_HOUR,
};

/** A dose limit that is soon met. */
export const TIGHT: Prescription = { ...CONTINUOUS, windowMs: MS_PER_HOUR, windowLimitNl: 45000, mostPer24h: 12 };

/** Two drugs, and the library's limit of one of them is soon met. */
export const TWO_DRUGS: Prescription = {
  ...CONTINUOUS,
  concentrationNgPerUl: filled(MOST_LIBRARY_DRUGS, [20000, 5000]),
  stepNlPerDay: filled(MOST_STEPS, [24000]),
  minimumNlPerDay: 0,
  lockoutMs: MS_PER_MIN,
  mostPer24h: 2,
  windowMs: MS_PER_DAY,
  windowLimitNl: 3000000,
};

/** Twice the concentration, with a bridge. */
export const STRONGER: Prescription = {
  ...CONTINUOUS,
  concentrationNgPerUl: filled(MOST_LIBRARY_DRUGS, [2000]),
  bridge: 1,
};

/** Another prescription for the same fluid: less of all, in another window. */
export const OTHER: Prescription = {
  ...CONTINUOUS,
  stepNlPerDay: filled(MOST_STEPS, [360000]),
  bolusNl: 10000,
  lockoutMs: MS_PER_HOUR,
  mostPer24h: 2,
  windowMs: 2 * MS_PER_HOUR,
  windowLimitNl: 120000,
};

/** A stroke an hour: weeks of it are quickly run. */
export const SLOW: Prescription = {
  ...FLEX,
  stepNlPerDay: filled(MOST_STEPS, [24000, 48000, 24000]),
  bolusNl: 4000,
  minimumNlPerDay: 0,
};
