import { dirname, resolve } from "node:path";
import { readScenario } from "../read-scenario";
import type { Scenario } from "../scenario";
import { pumpFiles } from "./pump-files";
import { readTextFile } from "./text-file";

/** Reads the scenario in a file and the pump that it names. Throws `BadInput` for the first thing that is wrong. */
export function readScenarioFile(path: string): Scenario {
  return readScenario(readTextFile(path, path), path, pumpFiles(dirname(resolve(path))));
}
