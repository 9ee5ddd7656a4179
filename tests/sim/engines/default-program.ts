import { createBytecodeEngine } from "../../../sim/engines/bytecode/bytecode-engine";
import type { EngineOf } from "../../../sim/engines/engine";
import { loadRuntimeModule } from "../../../sim/engines/node/runtime-module";
import { buildProgram } from "../../../toolchain/devicescript/build";
import { checkoutRoot } from "../../../toolchain/checkout";

/** The program of the default board, built from the sources as they are, on the bytecode engine. */
export async function bytecodeEngines(): Promise<(gridMs: number) => EngineOf> {
  const root = checkoutRoot();
  const [{ image }, runtime] = await Promise.all([
    buildProgram({ root, entry: "boards/pump_esp32c3.ts" }),
    loadRuntimeModule(root),
  ]);
  return (gridMs) => (boot, sink) => createBytecodeEngine({ image, runtime, gridMs }, boot, sink);
}
