import { LARGE_CHANGE, PRESCRIPTION_FIELDS, PrescriptionField } from "./prescription";

/**
 * How many numbers of `staged` ask for a second look beside `active`: those that differ by more than {@link LARGE_CHANGE}-fold, and those that
 * are 0 in one of the two only; all but the kind of program, the primary drug and the number of steps. Both are PRESCRIPTION_FIELDS
 * numbers; `active` is all 0 when there is none yet.
 */
export function largeChanges(active: readonly number[], staged: readonly number[]): number {
  let changes = 0;
  for (let i = PrescriptionField.scheduledMs; i < PRESCRIPTION_FIELDS; i++) {
    // A 0 beside a number is more than any factor.
    // From 0 and to 0 every change is a large one.
    if (Math.max(staged[i], active[i]) > LARGE_CHANGE * Math.min(staged[i], active[i])) changes++;
  }
  return changes;
}
