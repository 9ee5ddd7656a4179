import type { BootState, Engine, PortSink } from "../engine";
import { PoweredEngine } from "../powered-engine";
import { RuntimeProgram } from "./runtime-program";
import type { BytecodeProgram } from "./runtime-program";

/** The bytecode engine, with a pump that is ready at 0. Throws {@link EngineFailure} when the program cannot start. */
export function createBytecodeEngine(program: BytecodeProgram, boot: BootState, sink: PortSink): Engine {
  return new PoweredEngine("bytecode", program.gridMs, boot, sink, (start, ports) => {
    return new RuntimeProgram(program, start, ports);
  });
}
