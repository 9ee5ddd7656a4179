import { configNumbers } from "../../config/pump-config";
import type { DrugLimits } from "../../src/config";
import { BOUNDLESS_DRUG } from "../src/reference-pump";
import { Runtime } from "../../sim/engines/bytecode/runtime";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { BENCH_PUMP } from "./stepper-bench";

const MS_US = 1000;
/** Main loop turns of 1 ms that a probe may take; it starts 1.1 s after the runtime. */
const MOST_TURNS = 5000;

/** What a probe program did in the runtime until it panicked. */
export interface ProbeRun {
  /** Its messages of 4 bytes, as u32. */
  readonly messages: readonly number[];
  readonly panicCode: number;
  readonly lines: readonly string[];
}

/** The numbers of the bench pump's configuration, with a library of six drugs as the example pumps have, as JSON for `readConfig`. */
export const CONFIG_NUMBERS = JSON.stringify(
  configNumbers({ ...BENCH_PUMP, library: new Array<DrugLimits>(6).fill(BOUNDLESS_DRUG) }),
);

/** A pump file that declares all parts that a board can have; relative to the checkout. */
export const FULLEST_PUMP = "tests/boards/fullest-pump.json";

/** Compiles `text` as `boards/<name>.ts`, with the parts of a pump file. */
export async function buildProbe(name: string, text: string, pumpFile?: string): Promise<Uint8Array> {
  const entry = `boards/${name}.ts`;
  const extraSources = new Map([[entry, text]]);
  const { image } = await buildProgram({ root: checkoutRoot(), entry, extraSources, pumpFile });
  return image;
}

/** Runs a program in the runtime of the command-line tool until it panics. What it has to tell are messages of one little-endian u32. */
export async function runProbe(image: Uint8Array): Promise<ProbeRun> {
  const messages: number[] = [];
  const lines: string[] = [];
  let panicCode = 0;
  const runtime = new Runtime(await loadRuntimeModule(checkoutRoot()), {
    message: (_device, data) => {
      // A pump that runs beside the probe sends records, which are longer.
      if (data.byteLength === 4) messages.push(data.getUint32(0, true));
    },
    line: (text) => void lines.push(text),
    panic: (code) => {
      panicCode = code;
    },
  });
  const error = runtime.deploy(image);
  if (error !== 0) throw new Error(`the runtime refused the probe (error ${error})`);
  for (let turn = 0; turn < MOST_TURNS && panicCode === 0; turn++) {
    runtime.process();
    runtime.nowUs += MS_US;
  }
  return { messages, panicCode, lines };
}
