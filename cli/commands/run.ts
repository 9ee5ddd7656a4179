import { EngineFailure } from "../../sim/engines/engine";
import type { Scenario } from "../../sim/scenario/scenario";
import { BadUsage } from "../bad-usage";
import { hasPassed, runOnEngines } from "../engine-run";
import type { EngineRun } from "../engine-run";
import { ExitCode } from "../exit-code";
import { junitXml } from "../junit";
import type { JunitSuite } from "../junit";
import { namedFiles } from "../named-files";
import { requireWritable, writeOutputFile } from "../output-file";
import { pictureOf } from "../picture";
import type { EngineChoice } from "../engine-choice";
import { Progress } from "../progress";
import { showInterrogations } from "../interrogation-output";
import { runReport, summary } from "../run-report";
import { runResult, runSuite } from "../run-result";
import { readScenarios } from "../scenario-files";
import { compileSimulatorProgram } from "../simulator-program";
import type { SimulatorProgram } from "../simulator-program";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** The options of `minim run`. */
export interface RunOptions {
  readonly engine: EngineChoice;
  /** In ms. */
  readonly grid?: number;
  /** What the patients of the scenarios are drawn from; reported with each run. */
  readonly seed: number;
  readonly plot?: true;
  readonly report?: true;
  readonly log?: string;
  readonly logStrokes?: true;
  readonly junit?: string;
  readonly json?: true;
}

/** `minim run`: reads all scenarios before any runs, runs them one after the other, judges each. */
export async function run(args: readonly string[], options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { engine, grid, log, junit } = options;
  if (grid !== undefined && engine === "native")
    throw new BadUsage("--grid is for the compiled program; add --engine bytecode or --engine both");
  const files = await namedFiles(args, { withPumps: false });
  const scenarios = readScenarios(files);
  if (log !== undefined && files.length > 1) throw new BadUsage(`--log takes one scenario; ${files.length} were given`);
  requireOutputs(files, options);
  const program = engine === "native" ? undefined : await compileSimulatorProgram(grid);

  // Only the verdicts are kept: a folder of long runs would fill the memory with its logs.
  const suites: JunitSuite[] = [];
  let failed = 0;
  for (const scenario of scenarios) {
    const runs = runShown(scenario, { ...options, program }, terminal);
    show(runs, options, terminal);
    if (log !== undefined) writeLogs(log, runs, terminal);
    suites.push(...runs.map(runSuite));
    if (!runs.every(hasPassed)) failed++;
  }
  if (junit !== undefined) writeOutputFile("--junit", junit, junitXml(suites));
  if (scenarios.length > 1 && options.json !== true) terminal.out(summary(scenarios.length - failed, failed, terminal));
  return failed === 0 ? ExitCode.passed : ExitCode.checkFailed;
}

/** Makes sure that all files can be written that the options name, or that a difference between the engines would need. */
function requireOutputs(files: readonly string[], { engine, log, junit }: RunOptions): void {
  const logs = log === undefined ? [] : engine === "both" ? [log, differingLog(log)] : [log];
  logs.forEach((one, index) => requireWritable("--log", one, [...files, ...logs.slice(0, index)]));
  if (junit !== undefined) requireWritable("--junit", junit, [...files, ...logs]);
}

/** Where the bytecode engine's log goes when it differs from the native one, which is in `log`. */
function differingLog(log: string): string {
  return `${log}.bytecode`;
}

/** Runs a scenario with its progress on the terminal. */
function runShown(
  scenario: Scenario,
  options: Pick<RunOptions, "engine" | "grid" | "logStrokes" | "seed"> & {
    readonly program: SimulatorProgram | undefined;
  },
  terminal: Terminal,
): EngineRun[] {
  const progress = new Progress(terminal, scenario.durationMs);
  try {
    return runOnEngines(scenario, {
      engine: options.engine,
      program: options.program,
      onGrid: options.grid !== undefined,
      logStrokes: options.logStrokes === true,
      seed: options.seed,
      reached: (engine, atMs) => progress.reached(`${scenario.file} on ${engine}`, atMs),
    });
  } catch (error) {
    if (error instanceof EngineFailure) throw new EngineFailure(`${scenario.file}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    progress.end();
  }
}

function show(runs: readonly EngineRun[], options: RunOptions, terminal: Terminal): void {
  const [first] = runs;
  const json = options.json === true;
  if (json) {
    for (const one of runs) outJson(terminal, runResult(one, options.seed));
  } else terminal.out(runReport(runs, terminal));
  if (options.report === true && first !== undefined) showInterrogations(first, json, terminal);
  if (options.plot !== true || first === undefined) return;
  if (json) terminal.err(pictureOf(first, { ...terminal, colour: false }));
  else terminal.out(`\n${pictureOf(first, terminal)}\n`);
}

/** The native log (or the only one); the other engine's beside it when it differs. */
function writeLogs(log: string, runs: readonly EngineRun[], terminal: Terminal): void {
  const [first, second] = runs;
  if (first !== undefined) writeOutputFile("--log", log, logText(first));
  if (second === undefined || second.difference === undefined) return;
  const other = differingLog(log);
  writeOutputFile("--log", other, logText(second));
  terminal.err(`the ${second.outcome.engine} log, which differs, is in ${other}\n`);
}

function logText({ outcome }: EngineRun): string {
  return outcome.lines.map(({ text }) => `${text}\n`).join("");
}
