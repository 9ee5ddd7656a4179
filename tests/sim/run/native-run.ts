import { createNativeEngine } from "../../../sim/engines/native";
import { newSha256 } from "../../../sim/run/node/sha256";
import type { RunOutcome } from "../../../sim/run/outcome";
import { runScenario } from "../../../sim/run/run-scenario";
import { scenarioWith } from "../scenario/written-scenario";
import type { WrittenParts } from "../scenario/written-scenario";

/** Runs a scenario with these parts on the native engine. */
export function runWith(parts: WrittenParts): RunOutcome {
  return runScenario(scenarioWith(parts), createNativeEngine, { newHash: newSha256 });
}

/** The one failure of a run as `expected | actual`; `held` when all expectations did. */
export function failureIn(outcome: RunOutcome): string {
  const [first, second] = outcome.failures;
  if (first === undefined) return "held";
  if (second !== undefined) throw new Error(`more than one failure: ${JSON.stringify(outcome.failures)}`);
  return `${first.expected} | ${first.actual}`;
}
