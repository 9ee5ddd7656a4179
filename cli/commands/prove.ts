import { bytecodeLanes, nativeLanes } from "../../sim/proof/lanes";
import type { Lane, ProgramOnGrid } from "../../sim/proof/lanes";
import { replay } from "../../sim/proof/replay";
import { Tally } from "../../sim/proof/tally";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { Progress } from "../progress";
import { compileSimulatorProgram } from "../simulator-program";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** The wake grids of the compiled program, in ms: exact, and an ESP32's. */
const GRIDS_MS = [1, 10];

/** Violations that are shown before the search ends. */
const MOST_SHOWN = 5;

/** Milliseconds in a year of 365.25 days. */
const MS_PER_YEAR = 31557600000;

/** The options of `npm run prove`. */
export interface ProveOptions {
  /** How long to go on, in minutes. */
  readonly minutes: number;
  /** First seed; drawn when absent. */
  readonly seed?: number;
  /** One violation once more, and nothing else. */
  readonly replay?: string;
}

/**
 * The slow proof: power cuts, failing calls, time and random walks on both engines, and random therapies on both, each for its share of the
 * time. Ends with one line of JSON.
 */
export async function prove(options: ProveOptions, terminal: Terminal): Promise<ExitCode> {
  const programs: ProgramOnGrid[] = [];
  for (const gridMs of GRIDS_MS) programs.push({ gridMs, engineOf: (await compileSimulatorProgram(gridMs)).engineOf });
  if (options.replay !== undefined) return proveAgain(options.replay, programs, terminal);
  const seed = options.seed ?? Math.floor(Math.random() * 0x40000000);
  const tally = new Tally();
  work([...nativeLanes(seed), ...bytecodeLanes(seed, programs)], options.minutes * 60000, tally, terminal);
  const { cutsNative, cutsBytecode, walks, callFailures, therapies } = tally;
  const simulatedYears = Number((tally.simulatedMs / MS_PER_YEAR).toFixed(2));
  const violations = tally.violations.length;
  const counts = { cutsNative, cutsBytecode, walks, simulatedYears, violations, seed, callFailures, therapies };
  outJson(terminal, { kind: "prove", ...counts });
  return violations === 0 ? ExitCode.passed : ExitCode.checkFailed;
}

/** Gives each lane its share of `lastsMs`: the next piece is that of the lane that has had least of its share. */
function work(lanes: readonly Lane[], lastsMs: number, tally: Tally, terminal: Terminal): void {
  const progress = new Progress(terminal, lastsMs);
  const turns = lanes.map((lane) => ({ lane, usedMs: 0, pieces: 0 }));
  const startMs = performance.now();
  let shown = 0;
  for (let passedMs = 0; passedMs < lastsMs && shown < MOST_SHOWN; passedMs = performance.now() - startMs) {
    const turn = turns.reduce((one, other) =>
      other.usedMs / other.lane.share < one.usedMs / one.lane.share ? other : one,
    );
    const beganMs = performance.now();
    turn.lane.run(turn.pieces, tally);
    turn.pieces++;
    turn.usedMs += performance.now() - beganMs;
    for (; shown < tally.violations.length; shown++) {
      const violation = tally.violations[shown];
      progress.end();
      if (violation !== undefined)
        terminal.err(`${violation.what} (again: npm run prove -- --replay "${violation.replay}")\n`);
    }
    const { cutsNative, cutsBytecode, walks } = tally;
    progress.reached(`${cutsNative} power cuts, ${cutsBytecode} on bytecode, ${walks} walks`, passedMs);
  }
  progress.end();
}

function proveAgain(text: string, programs: readonly ProgramOnGrid[], terminal: Terminal): ExitCode {
  const [exact] = programs;
  const replayed = exact === undefined ? undefined : replay(text, exact.engineOf);
  if (replayed === undefined)
    throw new BadUsage(`--replay ${text}: nothing that prove has told; it would be as walk/12`);
  for (const wrong of replayed.wrong) terminal.err(`${wrong}\n`);
  for (const step of replayed.steps) terminal.err(`  ${step}\n`);
  outJson(terminal, { kind: "prove", replay: text, violations: replayed.wrong.length });
  return replayed.wrong.length === 0 ? ExitCode.passed : ExitCode.checkFailed;
}
