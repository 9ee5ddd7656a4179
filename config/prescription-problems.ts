import { StrokeVolume } from "../src/motion/stroke";
import type { PumpConfig } from "../src/config";
import { prescriptionNumbers } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import type { Severity } from "../src/prescription/problem";
import { PrescriptionFault, PrescriptionProblems, severityOf } from "../src/prescription/problem";
import { validatePrescription } from "../src/prescription/validate";

/** One problem of a prescription, as the core lists it. */
export interface PrescriptionProblem {
  readonly fault: PrescriptionFault;
  readonly severity: Severity;
  /** What was given, in the fault's unit. */
  readonly given: number;
  /** What would be right, in the same unit. */
  readonly limit: number;
  /** The step, or the drug's place in the library; 0 otherwise. */
  readonly at: number;
}

/** The core's own judgement of a prescription: the problems that it lists, none for one without any. */
export function judgePrescription(prescription: Prescription, config: PumpConfig): PrescriptionProblem[] {
  const problems = new PrescriptionProblems();
  validatePrescription(prescription, prescriptionNumbers(prescription), config, new StrokeVolume(config), problems);
  return Array.from({ length: problems.listed }, (_, slot) => {
    const fault = problems.fault[slot] ?? PrescriptionFault.none;
    return {
      fault,
      severity: severityOf(fault),
      given: problems.given[slot] ?? 0,
      limit: problems.limit[slot] ?? 0,
      at: problems.at[slot] ?? 0,
    };
  });
}
