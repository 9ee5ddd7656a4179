import { NEVER_MS } from "../units";
import type { PrescriptionFault, PrescriptionProblems } from "./problem";

/** Adds the fault unless `given` lies from `least` to `most`; the limit is the nearer of the two. True: it does. */
export function within(
  problems: PrescriptionProblems,
  fault: PrescriptionFault,
  given: number,
  least: number,
  most: number,
  at: number,
): boolean {
  if (given < least) problems.addProblem(fault, given, least, at);
  else if (given > most) {
    const finite = Math.min(given, NEVER_MS);
    problems.addProblem(fault, finite, most, at);
  } else return true;
  return false;
}
