import { Command } from "commander";
import type { Option } from "commander";
import { addAnalysisOptions } from "./analyse-options";
import type { AnalysisOptions } from "./analyse-options";

/** The named options of an analysis, to be added to another command: the same words mean the same everywhere. In the order of `names`. */
export function analysisOptions(names: readonly (keyof AnalysisOptions)[]): Option[] {
  const all = addAnalysisOptions(new Command()).options;
  return names.map((name) => {
    const found = all.find((option) => option.attributeName() === name);
    if (found === undefined) throw new Error(`an analysis has no option ${name}`);
    return found;
  });
}
