import { createBytecodeEngine } from "../../sim/engines/bytecode/bytecode-engine";
import { createNativeEngine } from "../../sim/engines/native";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { differenceOf } from "../../sim/random/compare-engines";
import { complaintsAbout } from "../../sim/random/judge-therapy";
import { randomTherapy } from "../../sim/random/random-therapy";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardEntry } from "../../toolchain/devicescript/boards";
import { buildProgram } from "../../toolchain/devicescript/build";
import { configuredBoard } from "../configured-board";
import { ExitCode } from "../exit-code";
import { Progress } from "../progress";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** The wake grids that every therapy is run on, in ms: exact, and an ESP32's. */
const GRIDS_MS = [1, 10];
/** Differences that are shown before the search ends. */
const MOST_SHOWN = 5;

/** The options of `npm run prove`. */
export interface ProveOptions {
  /** How long to go on, in minutes. */
  readonly minutes: number;
  /** First seed; drawn when absent. */
  readonly seed?: number;
}

/** The slow proof: random therapies on both engines, and under the separate checker, until the time is over. Ends with one line of JSON. */
export async function prove(options: ProveOptions, terminal: Terminal): Promise<ExitCode> {
  const root = checkoutRoot();
  const [{ image }, runtime] = await Promise.all([
    buildProgram({ root, entry: boardEntry(configuredBoard(root)) }),
    loadRuntimeModule(root),
  ]);
  const firstSeed = options.seed ?? Math.floor(Math.random() * 0x80000000);
  const lastsMs = options.minutes * 60000;
  const startMs = performance.now();
  const progress = new Progress(terminal, lastsMs);
  let therapies = 0;
  let simulatedMs = 0;
  let differences = 0;
  let complaints = 0;
  for (
    let passedMs = 0;
    passedMs < lastsMs && differences + complaints < MOST_SHOWN;
    passedMs = performance.now() - startMs
  ) {
    const seed = firstSeed + therapies;
    const therapy = randomTherapy(seed);
    const [complaint] = complaintsAbout(therapy, createNativeEngine);
    if (complaint !== undefined) {
      complaints++;
      progress.end();
      terminal.err(`seed ${seed}: ${complaint}\n`);
    }
    for (const gridMs of GRIDS_MS) {
      const difference = differenceOf(therapy, createNativeEngine, (boot, sink) =>
        createBytecodeEngine({ image, runtime, gridMs }, boot, sink),
      );
      simulatedMs += therapy.durationMs;
      if (difference === undefined) continue;
      differences++;
      progress.end();
      terminal.err(`${difference} (grid ${gridMs} ms; again: npm run prove -- --minutes 0.001 --seed ${seed})\n`);
    }
    therapies++;
    progress.reached(`${therapies} therapies from seed ${firstSeed}`, passedMs);
  }
  progress.end();
  const simulatedYears = Number((simulatedMs / 31557600000).toFixed(2));
  outJson(terminal, {
    kind: "prove",
    therapies,
    runs: therapies * GRIDS_MS.length,
    simulatedYears,
    differences,
    complaints,
    seed: firstSeed,
  });
  return differences + complaints === 0 ? ExitCode.passed : ExitCode.checkFailed;
}
