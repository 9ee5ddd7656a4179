import { DeliveryChecker } from "../check/delivery-checker";
import type { EngineOf } from "../engines/engine";
import { differingLine } from "../log/differing-line";
import type { RandomTherapy } from "./random-therapy";
import { logOf, runTherapy } from "./run-therapy";

/** Runs a random therapy under the separate checker, which then knows what was wrong. */
export function judged(therapy: RandomTherapy, engineOf: EngineOf): DeliveryChecker {
  const checker = new DeliveryChecker(therapy.config, therapy.reservoirNl, therapy.drugs);
  runTherapy(therapy, engineOf, checker, (input) => checker.handed(input));
  checker.close(therapy.durationMs);
  return checker;
}

/** What the separate checker complains of in a random therapy; nothing for a run that is right. An ideal pump has no fault either. */
export function complaintsAbout(therapy: RandomTherapy, engineOf: EngineOf): readonly string[] {
  const { complaints, fault } = judged(therapy, engineOf);
  return fault === 0 ? complaints : [...complaints, `the pump went to its safe state for fault ${fault}`];
}

/** Runs a therapy and compares its log with `log`, another engine's. Returns where they part, with both lines; `undefined`: nowhere. */
export function differenceFrom(log: readonly string[], therapy: RandomTherapy, engineOf: EngineOf): string | undefined {
  const other = logOf(therapy, engineOf);
  const line = differingLine(log, other);
  if (line === undefined) return undefined;
  return `seed ${therapy.seed}, line ${line + 1}: ${log[line] ?? "the end"} against ${other[line] ?? "the end"}`;
}
