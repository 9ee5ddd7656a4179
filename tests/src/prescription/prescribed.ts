import type { DrugLimits, PumpConfig } from "../../../src/config";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { StrokeVolume } from "../../../src/motion/stroke";
import { PrescriptionProblems } from "../../../src/prescription/problem";
import type { PrescriptionFault } from "../../../src/prescription/problem";
import { validatePrescription } from "../../../src/prescription/validate";
import { BOUNDLESS_DRUG, drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";

/** A drug that is never limited but in its concentration, 1 to 25,000 ng/uL. */
export const FREE_DRUG: DrugLimits = { ...BOUNDLESS_DRUG, maxNgPerUl: 25000 };

/** The reference pump with five free drugs, and nothing declared of its parts but 200 uL of tubing. */
export const PUMP: PumpConfig = {
  ...REFERENCE_PUMP,
  accuracyPerMille: 0,
  model: 0,
  serial: 0,
  program: 0,
  library: Array.from({ length: 5 }, () => FREE_DRUG),
};

/** Numbers followed by zeros, as many as there are places. */
export function places(count: number, ...values: number[]): number[] {
  return Array.from({ length: count }, (_, at) => values[at] ?? 0);
}

/** The reference prescription at 10 ug/uL of the first drug, with a catheter that is not known. */
export const PRESCRIPTION = prescribed({ concentrationNgPerUl: drugs(10000), catheterNl: 0 });

/** One problem as the core lists it. */
export interface Listed {
  readonly fault: PrescriptionFault | undefined;
  readonly given: number | undefined;
  readonly limit: number | undefined;
  readonly at: number | undefined;
}

/** What the core lists against a changed prescription, on a changed pump. */
export function problemsOf(change: Partial<Prescription>, pump: Partial<PumpConfig> = {}): Listed[] {
  const prescription = { ...PRESCRIPTION, ...change };
  const problems = new PrescriptionProblems();
  const config = { ...PUMP, ...pump };
  validatePrescription(prescription, prescriptionNumbers(prescription), config, new StrokeVolume(config), problems);
  return listed(problems);
}

/** The problems that are listed one by one. */
export function listed(problems: PrescriptionProblems): Listed[] {
  const { fault, given, limit, at } = problems;
  return fault
    .slice(0, problems.listed)
    .map((code, slot) => ({ fault: code, given: given[slot], limit: limit[slot], at: at[slot] }));
}
