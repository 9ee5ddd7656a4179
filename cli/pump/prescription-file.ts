import { ActivePrescription, prescriptionNumbers } from "../../src/prescription/prescription";
import { Severity } from "../../src/prescription/problem";
import { describePrescriptionFault } from "../../config/prescription-faults";
import { prescriptionFor, problemsInWords } from "../../config/prescription";
import type { PrescriptionProblem } from "../../config/prescription-problems";
import { prescriptionSchema } from "../../config/prescription-text";
import type { PrescribedPump } from "../../config/prescribed-pump";
import type { KeyPath } from "../../config/document";
import { readDocument } from "../../config/read-document";
import { checkSchema } from "../../config/schema-check";
import { readTextFile, shownPath } from "../../sim/scenario/node/text-file";

/** A prescription of a file, judged by the rules of the pump itself. */
export interface PrescriptionFile {
  readonly file: string;
  /** PRESCRIPTION_FIELDS numbers. */
  readonly numbers: readonly number[];
  /** Soft limits that it passes, each in a line. */
  readonly soft: readonly string[];
  /** What else is worth saying. */
  readonly warnings: readonly string[];
}

/** A scenario has its prescription under this key; a file that is a prescription has none. */
const IN_SCENARIO = "prescription";

/**
 * Reads a prescription: a file that is one, or a scenario that has one. Throws `BadInput` with all that a pump would refuse it for; soft limits are told,
 * and asked about when it is confirmed.
 */
export function readPrescriptionFile(path: string, pump: PrescribedPump): PrescriptionFile {
  const file = shownPath(path);
  const document = readDocument(readTextFile(path, file), file);
  const place: KeyPath = document.nodeAt([IN_SCENARIO]) === undefined ? [] : [IN_SCENARIO];
  const text = checkSchema(document, prescriptionSchema, place);
  const prescription = prescriptionFor(document, place, { ...text, passesSoftLimits: true }, pump);
  const problems = problemsInWords({ ...text, passesSoftLimits: true }, prescription, pump);
  const told = (severity: Severity): string[] =>
    problems.filter((problem) => problem.severity === severity).map((problem) => withoutAdvice(problem.message));
  return {
    file,
    numbers: prescriptionNumbers(prescription),
    soft: told(Severity.soft),
    warnings: told(Severity.warning),
  };
}

/** A problem that the pump itself has found, in words. */
export function pumpProblemText(
  problem: PrescriptionProblem,
  numbers: readonly number[],
  pump: PrescribedPump,
): string {
  const prescription = new ActivePrescription([...numbers]);
  const none = (): KeyPath => [];
  const keys = { basal: none, stepStart: none, drug: none, program: [], scheduled: [], bolus: [] };
  return withoutAdvice(describePrescriptionFault(problem, prescription, pump, keys).message);
}

/** What the writer of a scenario is told to write there; here it is asked. */
function withoutAdvice(message: string): string {
  return message.replace(/; lower it, or write override: softLimits if it is meant$/, "");
}
