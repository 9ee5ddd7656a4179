import { join } from "node:path";
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

/**
 * `npm run bench`: how many times faster than real time each engine runs a month, with its planned restart, best of three, and their
 * ratio.
 */
export async function speed(terminal: Terminal): Promise<ExitCode> {
  const [scenario] = readScenarios([shownPath(join(checkoutRoot(), SCENARIO))]);
  if (scenario === undefined) throw new Error(`${SCENARIO} is missing`);
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
