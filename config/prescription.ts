import { Severity } from "../src/prescription/problem";
import type { Prescription } from "../src/prescription/prescription";
import { pathText } from "./document";
import type { Document, KeyPath } from "./document";
import type { BadInput } from "./bad-input";
import { describePrescriptionFault } from "./prescription-faults";
import { judgePrescription } from "./prescription-problems";
import type { PrescriptionProblem } from "./prescription-problems";
import type { DrugsText, PrescriptionText } from "./prescription-text";
import { keysOf } from "./prescription-text-keys";
import type { PrescribedPump } from "./prescribed-pump";
import { windowLengthProblem } from "./pump-checks";
import { mixture, PrescriptionResolver } from "./resolve-prescription";
import type { TextProblem } from "./resolve-prescription";

/** A problem in words, with the key of the text that is to blame. */
export interface WordedProblem extends PrescriptionProblem, TextProblem {}

/**
 * The core's prescription of a text that stands at `path` of `document` and has passed the schema, without any judgement: the pump itself
 * judges. Throws `BadInput` only for what has no meaning: a drug that the library does not have, an amount in the other unit, a dose that no
 * whole number of nL holds, a window of no whole minutes.
 */
export function toPrescription(
  document: Document,
  path: KeyPath,
  text: PrescriptionText,
  pump: PrescribedPump,
): Prescription {
  const resolver = new PrescriptionResolver(text, pump);
  const prescription = resolver.prescription();
  refuseAll(document, path, resolver.problems);
  return prescription;
}

/**
 * As {@link toPrescription}, and judged: throws `BadInput` with all problems in one line for a prescription that this pump would refuse, or
 * whose soft limits it would ask about although the text has no `override: softLimits`. Warnings do not refuse.
 */
export function prescriptionFor(
  document: Document,
  path: KeyPath,
  text: PrescriptionText,
  pump: PrescribedPump,
): Prescription {
  const resolver = new PrescriptionResolver(text, pump);
  const prescription = resolver.prescription();
  const window = text.limit === undefined ? undefined : windowLengthProblem(text.limit.perMs);
  const problems: TextProblem[] = [...resolver.problems];
  if (window !== undefined) problems.push({ key: ["limit", "per"], message: window });
  // What the text does not say cannot be judged.
  if (problems.length === 0) problems.push(...refusals(text, prescription, pump));
  refuseAll(document, path, problems);
  return prescription;
}

/** Every problem of a prescription in words, warnings included. */
export function problemsInWords(
  text: PrescriptionText,
  prescription: Prescription,
  pump: PrescribedPump,
): WordedProblem[] {
  const keys = keysOf(text);
  const names = text.drugs.map(({ name }) => name.toLowerCase());
  const drugKey = (place: number): KeyPath => {
    const at = names.indexOf(pump.drugs[place]?.name.toLowerCase() ?? "");
    return at < 0 ? ["drugs"] : ["drugs", at];
  };
  return judgePrescription(prescription, pump.config).map((problem) => ({
    ...problem,
    ...describePrescriptionFault(problem, prescription, pump, { ...keys, drug: drugKey }),
  }));
}

function refusals(text: PrescriptionText, prescription: Prescription, pump: PrescribedPump): TextProblem[] {
  const least = text.passesSoftLimits ? Severity.hard : Severity.soft;
  return problemsInWords(text, prescription, pump).filter(({ severity }) => severity >= least);
}

/**
 * Concentration of each drug of the library in a fluid, in ng/µL, in the order of the library: MOST_LIBRARY_DRUGS numbers, 0: not in it. The
 * text stands at `path` of `document` and has passed `drugsSchema`. Throws `BadInput` for a drug that the library does not have and an amount in
 * the other unit; whether a concentration is allowed is the pump's to judge.
 */
export function mixtureOf(document: Document, path: KeyPath, drugs: DrugsText, pump: PrescribedPump): number[] {
  const problems: TextProblem[] = [];
  const concentrations = mixture(drugs, pump.drugs, [], (key, message) => problems.push({ key, message }));
  refuseAll(document, path, problems);
  return concentrations;
}

/** Throws the complaint about all of `problems`, at the line of the one that stands first in the file; nothing when there is none. */
function refuseAll(document: Document, path: KeyPath, problems: readonly TextProblem[]): void {
  const placed = problems.map((problem) => ({ ...problem, path: [...path, ...problem.key] }));
  placed.sort((a, b) => document.lineOf(a.path) - document.lineOf(b.path));
  const [first, ...rest] = placed;
  if (first === undefined) return;
  const others = rest.map((problem) => `; also: ${pathText(problem.path)}: ${problem.message}`);
  const refusal: BadInput = document.refuse(first.path, first.message + others.join(""));
  throw refusal;
}
