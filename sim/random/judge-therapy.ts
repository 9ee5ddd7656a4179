import { DeliveryChecker } from "../check/delivery-checker";
import type { EngineOf } from "../engines/engine";
import { differingLine } from "../log/differing-line";
import type { RandomTherapy } from "./random-therapy";
import { logOf, runTherapy } from "./run-therapy";

/** Runs a random therapy under the separate checker; returns what it complains of, nothing for a run that is right. */
export function complaintsAbout(therapy: RandomTherapy, engineOf: EngineOf): readonly string[] {
  const checker = new DeliveryChecker(therapy.config, therapy.reservoirNl);
  runTherapy(therapy, engineOf, checker);
  checker.close(therapy.durationMs);
  return checker.complaints;
}

/** Runs a therapy and compares its log with `log`, another engine's. Returns where they part, with both lines; `undefined`: nowhere. */
export function differenceFrom(log: readonly string[], therapy: RandomTherapy, engineOf: EngineOf): string | undefined {
  const other = logOf(therapy, engineOf);
  const line = differingLine(log, other);
  if (line === undefined) return undefined;
  return `seed ${therapy.seed}, line ${line + 1}: ${log[line] ?? "the end"} against ${other[line] ?? "the end"}`;
}
