import { differingLine } from "../log/differing-line";
import type { RandomTherapy } from "./random-therapy";
import { logOf } from "./run-therapy";
import type { EngineOf } from "../engines/engine";

/** Runs a therapy on two engines. Returns where their logs part, with both lines; `undefined` when they are the same. */
export function differenceOf(therapy: RandomTherapy, first: EngineOf, second: EngineOf): string | undefined {
  const one = logOf(therapy, first);
  const other = logOf(therapy, second);
  const line = differingLine(one, other);
  if (line === undefined) return undefined;
  return `seed ${therapy.seed}, line ${line + 1}: ${one[line] ?? "the end"} against ${other[line] ?? "the end"}`;
}
