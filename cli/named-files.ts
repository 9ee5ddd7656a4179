import { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { BadInput } from "../config/bad-input";
import { fileProblem } from "./file-problem";

const YAML = /\.ya?ml$/;
/** Where scenarios keep the pumps that they name. */
const PUMPS = "pumps";

/** What a folder on the command line stands for. */
export interface FolderRule {
  /** True when the pumps that scenarios name are wanted too. */
  readonly withPumps: boolean;
}

/**
 * The files that the arguments name, each once, in their order. A folder stands for all YAML files below it, a pattern for what it
 * matches, sorted. Throws {@link BadInput} for an argument that names nothing.
 */
export async function namedFiles(args: readonly string[], rule: FolderRule): Promise<string[]> {
  const files = new Set<string>();
  for (const argument of args) {
    for (const file of await filesOf(argument, rule)) files.add(file);
  }
  return [...files];
}

async function filesOf(argument: string, rule: FolderRule): Promise<string[]> {
  const entry = await stat(argument).catch((error: unknown) => error);
  if (!(entry instanceof Stats)) {
    if (isDynamicPattern(argument)) return matching(argument, rule);
    throw new BadInput(argument, 0, fileProblem(entry));
  }
  if (!entry.isDirectory()) return [argument];
  const files = await below(argument, rule);
  if (files.length === 0) throw new BadInput(argument, 0, "there is no scenario (*.yaml) in this folder");
  return files;
}

/** The files that a pattern such as `scenarios/**\/*.yaml` names, when the shell has left it to us. */
async function matching(pattern: string, rule: FolderRule): Promise<string[]> {
  const ignore = rule.withPumps ? [] : [`**/${PUMPS}/**`];
  const files = (await glob(pattern, { ignore, expandDirectories: false })).sort();
  if (files.length === 0) throw new BadInput(pattern, 0, "no file matches this pattern");
  return files;
}

async function below(folder: string, rule: FolderRule): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new BadInput(folder, 0, fileProblem(error));
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const wanted = !entry.name.startsWith(".") && entry.name !== "node_modules";
      if (wanted && (rule.withPumps || entry.name !== PUMPS)) files.push(...(await below(path, rule)));
    } else if (YAML.test(entry.name)) files.push(path);
  }
  return files;
}
