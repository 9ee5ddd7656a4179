import { interrogationsOf } from "../sim/interrogation/interrogation";
import { readableReport } from "../sim/interrogation/readable";
import type { EngineRun } from "./engine-run";
import { outJson } from "./terminal";
import type { Terminal } from "./terminal";

/** Shows what each interrogation of a run read: for people, or with `json` one object a line. */
export function showInterrogations({ scenario, outcome }: EngineRun, json: boolean, terminal: Terminal): void {
  const { lines, resolvedInputs } = outcome;
  const interrogations = interrogationsOf({ scenario, lines, resolvedInputs });
  for (const interrogation of interrogations) {
    const { name, atMs, report } = interrogation;
    if (!json) terminal.out(`\n${readableReport(interrogation)}`);
    else outJson(terminal, { kind: "interrogation", file: scenario.file, name: name ?? null, atMs, report });
  }
  if (interrogations.length === 0 && !json) terminal.out("  nothing was interrogated (do: interrogate)\n");
}
