import type { DrugLimits, PumpConfig } from "../../../src/config";
import { MOST_DRUG_NG, noPump } from "../../../src/config";
import { MOST_STEPS, ProgramKind, writePrescription } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { StrokeVolume } from "../../../src/motion/stroke";
import { PrescriptionProblems } from "../../../src/prescription/problem";
import type { PrescriptionFault } from "../../../src/prescription/problem";
import { validatePrescription } from "../../../src/prescription/validate";

/** A drug that is never limited but in its concentration, 1 to 25,000 ng/uL. */
export const FREE_DRUG: DrugLimits = {
  minNgPerUl: 1,
  maxNgPerUl: 25000,
  softDayNg: MOST_DRUG_NG,
  hardDayNg: MOST_DRUG_NG,
  softBolusNg: MOST_DRUG_NG,
  hardBolusNg: MOST_DRUG_NG,
  softHourNg: MOST_DRUG_NG,
  hardHourNg: MOST_DRUG_NG,
};

/** A 20 mL pump with strokes of 300 nL, 200 uL of tubing and five free drugs. */
export const PUMP: PumpConfig = {
  ...noPump(),
  plPerRevolution: 60000000,
  microsteps: 16,
  pulseIntervalMs: 2,
  strokeMs: 235,
  maxRateNlPerDay: 24000000,
  maxBolusNl: 1000000,
  windowMs: 86400000,
  maxWindowNl: 12000000,
  capacityNl: 20000000,
  lowNl: 2000000,
  emptyNl: 1000000,
  tubingNl: 200000,
  library: Array.from({ length: 5 }, () => FREE_DRUG),
};

/** Numbers followed by zeros, as many as there are places. */
export function places(count: number, ...values: number[]): number[] {
  return Array.from({ length: count }, (_, at) => values[at] ?? 0);
}

/** The rates, or the beginnings, of a flex schedule's steps. */
export function steps(...values: number[]): number[] {
  return places(MOST_STEPS, ...values);
}

/** 1 mL/day of 10 ug/uL of the first drug, and 30 uL over 10 min every 2 h, four times in 24 h, at most 6 mL in 24 h. */
export const PRESCRIPTION: Prescription = {
  program: ProgramKind.continuous,
  primaryDrug: 0,
  concentrationNgPerUl: places(8, 10000),
  steps: 1,
  stepStartMs: steps(0),
  stepNlPerDay: steps(1000000),
  scheduledNl: 0,
  scheduledMs: 0,
  scheduledEveryMs: 0,
  scheduledCount: 0,
  endsAfterMs: 0,
  bolusNl: 30000,
  bolusMs: 600000,
  lockoutMs: 7200000,
  mostPer24h: 4,
  hoursFromMs: 0,
  hoursToMs: 0,
  minimumNlPerDay: 0,
  windowMs: 86400000,
  windowLimitNl: 6000000,
  catheterNl: 0,
  lowNl: 2000000,
  refillDays: 0,
  bridge: 0,
};

/** One problem as the core lists it. */
export interface Listed {
  readonly fault: PrescriptionFault | undefined;
  readonly given: number | undefined;
  readonly limit: number | undefined;
  readonly at: number | undefined;
}

/** The prescription's numbers as they go to the pump. */
export function numbersOf(prescription: Prescription): number[] {
  const fields: number[] = [];
  writePrescription(prescription, fields);
  return fields;
}

/** What the core lists against a changed prescription, on a changed pump. */
export function problemsOf(change: Partial<Prescription>, pump: Partial<PumpConfig> = {}): Listed[] {
  const prescription = { ...PRESCRIPTION, ...change };
  const problems = new PrescriptionProblems();
  const config = { ...PUMP, ...pump };
  validatePrescription(prescription, numbersOf(prescription), config, new StrokeVolume(config), problems);
  return listed(problems);
}

/** The problems that are listed one by one. */
export function listed(problems: PrescriptionProblems): Listed[] {
  const { fault, given, limit, at } = problems;
  return fault
    .slice(0, problems.listed)
    .map((code, slot) => ({ fault: code, given: given[slot], limit: limit[slot], at: at[slot] }));
}
