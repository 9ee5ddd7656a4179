import { createNativeEngine } from "../../sim/engines/native";
import { complaintsAbout, differenceFrom } from "../../sim/random/judge-therapy";
import { randomTherapy } from "../../sim/random/random-therapy";
import type { RandomTherapy } from "../../sim/random/random-therapy";
import { logOf } from "../../sim/random/run-therapy";
import { ExitCode } from "../exit-code";
import { Progress } from "../progress";
import { compileSimulatorProgram } from "../simulator-program";
import type { SimulatorProgram } from "../simulator-program";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** The wake grids that every therapy is run on, in ms: exact, and an ESP32's. */
const GRIDS_MS = [1, 10];
/** Faults that are shown before the search ends. */
const MOST_SHOWN = 5;

/** The options of `npm run prove`. */
export interface ProveOptions {
  /** How long to go on, in minutes. */
  readonly minutes: number;
  /** First seed; drawn when absent. */
  readonly seed?: number;
}

/** The program on each of GRIDS_MS. */
type ProgramOnGrid = Pick<SimulatorProgram, "engineOf"> & { readonly gridMs: number };

/** The slow proof: random therapies on both engines, and under the separate checker, until the time is over. Ends with one line of JSON. */
export async function prove(options: ProveOptions, terminal: Terminal): Promise<ExitCode> {
  const programs: ProgramOnGrid[] = [];
  for (const gridMs of GRIDS_MS) programs.push({ gridMs, engineOf: (await compileSimulatorProgram(gridMs)).engineOf });
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
    const therapy = randomTherapy(firstSeed + therapies);
    const [complaint] = complaintsAbout(therapy, createNativeEngine);
    const parted = differencesOf(therapy, programs);
    if (complaint !== undefined) complaints++;
    differences += parted.length;
    simulatedMs += therapy.durationMs * programs.length;
    therapies++;
    const faults = complaint === undefined ? parted : [`seed ${therapy.seed}: ${complaint}`, ...parted];
    if (faults.length > 0) progress.end();
    for (const fault of faults)
      terminal.err(`${fault} (again: npm run prove -- --minutes 0.001 --seed ${therapy.seed})\n`);
    progress.reached(`${therapies} therapies from seed ${firstSeed}`, passedMs);
  }
  progress.end();
  const simulatedYears = Number((simulatedMs / 31557600000).toFixed(2));
  const runs = therapies * programs.length;
  outJson(terminal, { kind: "prove", therapies, runs, simulatedYears, differences, complaints, seed: firstSeed });
  return differences + complaints === 0 ? ExitCode.passed : ExitCode.checkFailed;
}

function differencesOf(therapy: RandomTherapy, programs: readonly ProgramOnGrid[]): string[] {
  const native = logOf(therapy, createNativeEngine);
  return programs.flatMap(({ gridMs, engineOf }) => {
    const difference = differenceFrom(native, therapy, engineOf);
    return difference === undefined ? [] : [`${difference}, on a grid of ${gridMs} ms`];
  });
}
