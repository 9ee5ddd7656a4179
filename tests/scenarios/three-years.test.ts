import { expect, test } from "vitest";
import { createNativeEngine } from "../../sim/engines/native";
import { newSha256 } from "../../sim/run/node/sha256";
import { runScenario } from "../../sim/run/run-scenario";
import { readScenarioFile } from "../../sim/scenario/node/scenario-file";

test("three years of therapy pass natively, with the same log each time (SIM-006)", () => {
  const scenario = readScenarioFile("scenarios/three-years.yaml");
  expect(scenario.durationMs).toBeGreaterThanOrEqual(3 * 365 * 86400000);
  const runs = [1, 2].map(() => runScenario(scenario, createNativeEngine, { logStrokes: false, newHash: newSha256 }));
  const [first, second] = runs;
  for (const { failures } of runs) expect(failures).toEqual([]);
  expect(second?.logSha256).toBe(first?.logSha256);
  console.log(`three years of therapy: ${first?.strokes} strokes, log ${first?.logSha256.slice(0, 12)}`);
});
