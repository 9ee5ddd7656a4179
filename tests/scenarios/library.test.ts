import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { isNativeOnly, runOnEngines, SKIPPED } from "../../cli/engine-run";
import { compileSimulatorProgram } from "../../cli/simulator-program";
import type { SimulatorProgram } from "../../cli/simulator-program";
import { readScenarioFile } from "../../sim/scenario/node/scenario-file";

const files = readdirSync("scenarios", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("pumps"))
  .map((name) => `scenarios/${name}`)
  .sort();
const nativeOnly: string[] = [];

describe("the library on both engines, natively where it lasts too long (SIM-004)", () => {
  let program: SimulatorProgram;
  beforeAll(async () => {
    program = await compileSimulatorProgram(undefined);
    return () => console.log(`native only (${SKIPPED}): ${nativeOnly.join(", ")}`);
  });

  test.each(files)("%s passes, with the same log on each", (file) => {
    const scenario = readScenarioFile(file);
    const runs = runOnEngines(scenario, {
      engine: "both",
      program,
      onGrid: false,
      logStrokes: false,
      reached: () => undefined,
    });
    if (isNativeOnly(scenario)) nativeOnly.push(file);
    expect(runs).toHaveLength(isNativeOnly(scenario) ? 1 : 2);
    for (const { outcome, difference } of runs)
      expect({ failures: outcome.failures, difference }).toEqual({ failures: [] });
  });
});
