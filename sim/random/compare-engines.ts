import type { RandomTherapy } from "./random-therapy";
import { logOf } from "./run-therapy";
import type { EngineMaker } from "./run-therapy";

/** Runs a therapy on two engines. Returns where their logs part, with both lines; `undefined` when they are the same. */
export function differenceOf(therapy: RandomTherapy, first: EngineMaker, second: EngineMaker): string | undefined {
  const one = logOf(therapy, first);
  const other = logOf(therapy, second);
  const length = Math.max(one.length, other.length);
  for (let line = 0; line < length; line++) {
    if (one[line] !== other[line])
      return `seed ${therapy.seed}, line ${line + 1}: ${one[line] ?? "the end"} against ${other[line] ?? "the end"}`;
  }
  return undefined;
}
