import { beforeAll, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import type { EngineOf } from "../../../sim/engines/engine";
import { firstDifference } from "../../../sim/run/first-difference";
import { newSha256 } from "../../../sim/run/node/sha256";
import { runResolved, runScenario } from "../../../sim/run/run-scenario";
import { EVERY_WORD } from "../scenario/every-word";
import { read } from "../scenario/written-scenario";
import { bytecodeEngines } from "./default-program";

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
});

test("whatever a scenario can say, both engines do the same, on any grid", () => {
  const scenario = read(EVERY_WORD);
  const options = { newHash: newSha256, logStrokes: true };
  const native = runScenario(scenario, createNativeEngine, options);
  expect(native.failures).toEqual([]);
  const exact = runScenario(scenario, engineOn(1), options);
  expect(firstDifference(native.lines, exact.lines)).toBeUndefined();
  expect(exact.failures).toEqual([]);
  for (const gridMs of [10, 1000]) {
    const onGrid = runResolved(scenario, native.resolvedInputs, engineOn(gridMs), options);
    expect(firstDifference(native.lines, onGrid.lines)).toBeUndefined();
  }
});
