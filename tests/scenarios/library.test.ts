import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { runOnEngines } from "../../cli/engine-run";
import { compileSimulatorProgram } from "../../cli/simulator-program";
import type { SimulatorProgram } from "../../cli/simulator-program";
import { readScenarioFile } from "../../sim/scenario/node/scenario-file";

const files = readdirSync("scenarios", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("pumps"))
  .map((name) => `scenarios/${name}`)
  .sort();

/** What lasts longer takes minutes on the compiled program: `minim run --engine both` compares it, not each test run. */
const LONGEST_COMPILED_MS = 100 * 86400000;

describe("the library on both engines (SIM-004)", () => {
  let program: SimulatorProgram;
  beforeAll(async () => {
    program = await compileSimulatorProgram(undefined);
  });

  test.each(files)("%s passes, with the same log on each", (file) => {
    const scenario = readScenarioFile(file);
    const isLong = scenario.durationMs > LONGEST_COMPILED_MS;
    const runs = runOnEngines(scenario, {
      engine: isLong ? "native" : "both",
      program,
      onGrid: false,
      logStrokes: false,
      reached: () => undefined,
    });
    expect(runs).toHaveLength(isLong ? 1 : 2);
    for (const { outcome, difference } of runs)
      expect({ failures: outcome.failures, difference }).toEqual({ failures: [] });
  });
});
