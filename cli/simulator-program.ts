import { createBytecodeEngine } from "../sim/engines/bytecode/bytecode-engine";
import { loadRuntimeModule } from "../sim/engines/node/runtime-module";
import { checkoutRoot } from "../toolchain/checkout";
import { boardEntry } from "../toolchain/devicescript/boards";
import { buildProgram } from "../toolchain/devicescript/build";
import type { ImageSizes } from "../toolchain/devicescript/image";
import { configuredBoard } from "./configured-board";
import type { CompiledProgram } from "./engine-run";

/** The compiled program that all scenarios run on, and its sizes. */
export interface SimulatorProgram extends CompiledProgram {
  /** The board that it was compiled for. */
  readonly board: string;
  readonly sizes: ImageSizes;
}

/**
 * Compiles the program of the board that devs.config.json names, unless that is done already. In the simulator it asks the host for
 * its pump, so that this one image serves every scenario.
 * @param gridMs wake only at multiples of this; `undefined`: exactly
 * Throws `BuildError`, and `BadInput` for devs.config.json.
 */
export async function compileSimulatorProgram(gridMs: number | undefined): Promise<SimulatorProgram> {
  const root = checkoutRoot();
  const board = configuredBoard(root);
  const [runtime, built] = await Promise.all([
    loadRuntimeModule(root),
    buildProgram({ root, entry: boardEntry(board) }),
  ]);
  const program = { runtime, image: built.image, gridMs: gridMs ?? 1 };
  return {
    board,
    sizes: built.sizes,
    imageSha256: built.imageSha256,
    engineOf: (boot, sink) => createBytecodeEngine(program, boot, sink),
  };
}
