import { basename, dirname, resolve } from "node:path";
import { BadInput } from "../config/bad-input";
import type { Document } from "../config/document";
import { readDocument } from "../config/read-document";
import { pumpFiles } from "../sim/scenario/node/pump-files";
import { readTextFile } from "../sim/scenario/node/text-file";
import { scenarioOf } from "../sim/scenario/read-scenario";
import type { Scenario } from "../sim/scenario/scenario";
import { DEFAULT_PUMP_FILE } from "../toolchain/devicescript/generated-config";
import { BadFiles } from "./complaint";

/** A file that a person named, before it is known to be right: its YAML and what it seems to be. */
export interface NamedDocument {
  readonly text: string;
  readonly document: Document;
  readonly what: "scenario" | "pump";
}

/** Reads a file's YAML. Throws `BadInput`. */
export function readNamedDocument(file: string): NamedDocument {
  const text = readTextFile(file, file);
  const document = readDocument(text, file);
  return { text, document, what: isPump(document) ? "pump" : "scenario" };
}

/** A pump has a head or a board, a scenario neither; one that has lost both is still known by its name or its folder. */
function isPump(document: Document): boolean {
  const has = (key: string): boolean => document.valueAt([key]) !== undefined;
  if (["title", "expect", "events", "duration"].some(has)) return false;
  const path = resolve(document.file);
  return has("head") || has("board") || basename(path) === DEFAULT_PUMP_FILE || basename(dirname(path)) === "pumps";
}

/** A scenario, with the pump that it names looked up from its own folder. Throws `BadInput`. */
export function scenarioOfFile({ document, what }: NamedDocument): Scenario {
  if (what === "pump")
    throw new BadInput(document.file, 0, "this is a pump; a scenario is wanted, which names its pump under pump:");
  return scenarioOf(document, pumpFiles(dirname(resolve(document.file))));
}

/** Reads all scenarios. Throws {@link BadFiles}, with one problem for each file that has any. */
export function readScenarios(files: readonly string[]): Scenario[] {
  return readAll(files, (file) => scenarioOfFile(readNamedDocument(file)));
}

/** Reads every file by `read`. Throws {@link BadFiles}, with one problem for each file that has any. */
export function readAll<T>(files: readonly string[], read: (file: string) => T): T[] {
  const contents: T[] = [];
  const problems = new Map<string, BadInput>();
  for (const file of files) {
    try {
      contents.push(read(file));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      // Two scenarios that name the same bad pump have one problem.
      problems.set(`${error.file}:${error.line}:${error.message}`, error);
    }
  }
  if (problems.size > 0) throw new BadFiles([...problems.values()]);
  return contents;
}
