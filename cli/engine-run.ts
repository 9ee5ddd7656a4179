import { createNativeEngine } from "../sim/engines/native";
import { firstDifference } from "../sim/run/first-difference";
import type { LogDifference } from "../sim/run/first-difference";
import { newSha256 } from "../sim/run/node/sha256";
import type { RunOutcome } from "../sim/run/outcome";
import { runResolved, runScenario } from "../sim/run/run-scenario";
import type { EngineOf } from "../sim/engines/engine";
import type { Scenario } from "../sim/scenario/scenario";
import type { EngineChoice } from "./engine-choice";

/** A finished run of one scenario on one engine. */
export interface EngineRun {
  readonly scenario: Scenario;
  readonly outcome: RunOutcome;
  /** How long it took, in ms of wall time, without compiling the firmware. */
  readonly wallMs: number;
  /** SHA-256 of the compiled program; absent on the native engine. */
  readonly imageSha256: string | undefined;
  /** Where the other engine's log differs; absent where it does not, and where there is no other. */
  readonly difference: LogDifference | undefined;
}

/** The compiled program, ready to run scenarios. */
export interface CompiledProgram {
  readonly engineOf: EngineOf;
  readonly imageSha256: string;
}

/** How scenarios are run. */
export interface EngineRunOptions {
  readonly engine: EngineChoice;
  /** Needed for every choice but `native`. */
  readonly program: CompiledProgram | undefined;
  /** True when the program wakes on a grid. */
  readonly onGrid: boolean;
  readonly logStrokes: boolean;
  /** What is random in a scenario is drawn from it; left out: 1. */
  readonly seed?: number;
  /** Told of the core time that a run has reached. */
  readonly reached: (engine: "native" | "bytecode", atMs: number) => void;
}

/** A run passes when its expectations hold and the other engine's log, if there is one, is the same. */
export function hasPassed(run: EngineRun): boolean {
  return run.outcome.passed && run.difference === undefined;
}

/** Runs a scenario on the engines that were chosen: native before bytecode. Throws `EngineFailure`. */
export function runOnEngines(scenario: Scenario, options: EngineRunOptions): EngineRun[] {
  const { engine, program, onGrid } = options;
  const timed = (name: "native" | "bytecode", run: (reached: (atMs: number) => void) => RunOutcome): EngineRun => {
    const fromMs = performance.now();
    const outcome = run((atMs) => options.reached(name, atMs));
    const wallMs = performance.now() - fromMs;
    const imageSha256 = name === "bytecode" ? program?.imageSha256 : undefined;
    return { scenario, outcome, wallMs, imageSha256, difference: undefined };
  };
  const recording = (reached: (atMs: number) => void): Parameters<typeof runScenario>[2] => ({
    logStrokes: options.logStrokes,
    seed: options.seed ?? 1,
    newHash: newSha256,
    onLine: (line) => reached(line.atMs),
  });

  const native = (): EngineRun =>
    timed("native", (reached) => runScenario(scenario, createNativeEngine, recording(reached)));
  if (engine === "native") return [native()];
  if (program === undefined) throw new Error("the bytecode engine was chosen, but no program was compiled");
  const { engineOf } = program;
  if (engine === "bytecode" && !onGrid)
    return [timed("bytecode", (reached) => runScenario(scenario, engineOf, recording(reached)))];

  // On a grid an input may follow its cause within one step: the native run tells when each input comes.
  const first = native();
  const { resolvedInputs } = first.outcome;
  const second = timed("bytecode", (reached) =>
    onGrid
      ? runResolved(scenario, resolvedInputs, engineOf, recording(reached))
      : runScenario(scenario, engineOf, recording(reached)),
  );
  if (engine === "bytecode") return [second];
  const difference = firstDifference(first.outcome.lines, second.outcome.lines);
  return [first, second].map((run) => ({ ...run, difference }));
}
