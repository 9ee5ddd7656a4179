import { EventKind } from "../../src/events";
import type { LogLine } from "../log/words";
import { REPORT_EVENT } from "../log/row-words";
import type { ResolvedInput } from "../run/outcome";
import type { Scenario } from "../scenario/scenario";
import { readReport } from "./read-report";
import type { PumpReport } from "./report";

/** What a clinician read from the pump. */
export interface Interrogation {
  /** What the interrogation is called in the scenario, when it has a name. */
  readonly name: string | undefined;
  /** In ms since the run began. */
  readonly atMs: number;
  readonly report: PumpReport;
}

/** A run's log and its inputs as they were handed over, as far as interrogations need them. */
export interface InterrogatedRun {
  readonly scenario: Scenario;
  readonly lines: readonly { readonly line: LogLine }[];
  readonly resolvedInputs: readonly ResolvedInput[];
}

/** All interrogations of a run, in order. One that the pump lost, because its inbox was flooded, is not among them. */
export function interrogationsOf({ scenario, lines, resolvedInputs }: InterrogatedRun): Interrogation[] {
  const asked = resolvedInputs.filter(({ index }) => scenario.inputs[index]?.input.kind === EventKind.interrogate);
  const found: Interrogation[] = [];
  let rows: LogLine[] | undefined;
  for (const { line } of lines) {
    if (line.event === "interrogated") rows = [];
    else if (line.event === REPORT_EVENT) rows?.push(line);
    if (line.event !== REPORT_EVENT || line["row"] !== "end" || rows === undefined) continue;
    const place = asked.findIndex(({ atMs }) => atMs === line.atMs);
    const [input] = place < 0 ? [] : asked.splice(0, place + 1).slice(-1);
    const name = input === undefined ? undefined : scenario.inputs[input.index]?.name;
    found.push({ name, atMs: line.atMs, report: readReport(rows, scenario) });
    rows = undefined;
  }
  return found;
}
