import { join } from "node:path";
import { LONGEST_WITHOUT_RESTART_MS } from "../../sim/engines/bytecode/bytecode-engine";
import type { Scenario } from "../../sim/scenario/scenario";
import { shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { hasPassed, runOnEngines } from "../engine-run";
import { ExitCode } from "../exit-code";
import { readScenarios } from "../scenario-files";
import { compileSimulatorProgram } from "../simulator-program";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

const SCENARIO = "scenarios/a-month.yaml";
const REPEATS = 3;

/** The days of a scenario that both engines run, with what is expected whatever its length. */
function upToRestart(scenario: Scenario): Scenario {
  const durationMs = Math.min(scenario.durationMs, LONGEST_WITHOUT_RESTART_MS);
  const expectations = scenario.expectations.filter(({ expected }) => ["request", "never"].includes(expected.about));
  const inputs = scenario.inputs.filter(({ at }) => at.from !== undefined || at.offsetMs <= durationMs);
  return { ...scenario, durationMs, inputs, expectations };
}

/**
 * `npm run bench`: how many times faster than real time each engine runs a month, as far as the compiled program goes without a planned
 * restart, best of three, and their ratio.
 */
export async function speed(terminal: Terminal): Promise<ExitCode> {
  const [whole] = readScenarios([shownPath(join(checkoutRoot(), SCENARIO))]);
  if (whole === undefined) throw new Error(`${SCENARIO} is missing`);
  const scenario = upToRestart(whole);
  const program = await compileSimulatorProgram(undefined);
  const best = { native: 0, bytecode: 0 };
  let passed = true;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const runs = runOnEngines(scenario, {
      engine: "both",
      program,
      onGrid: false,
      logStrokes: false,
      reached: () => undefined,
    });
    for (const run of runs) {
      passed &&= hasPassed(run);
      const timesReal = run.outcome.simulatedMs / run.wallMs;
      best[run.outcome.engine] = Math.max(best[run.outcome.engine], timesReal);
    }
  }
  outJson(terminal, {
    kind: "bench",
    scenario: SCENARIO,
    nativeTimesRealTime: Math.round(best.native),
    bytecodeTimesRealTime: Math.round(best.bytecode),
    nativeOverBytecode: Number((best.native / best.bytecode).toFixed(1)),
    passed,
  });
  return passed ? ExitCode.passed : ExitCode.checkFailed;
}
