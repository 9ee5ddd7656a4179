import { declaredMemory } from "../../toolchain/board/declared-memory";
import type { BoardProgram } from "../../toolchain/devicescript/board-program";
import type { Terminal } from "../terminal";

/**
 * Says on stderr what a pump without a FRAM does not do; nothing of one that has it, nor of another program, nor of a pump file that is wrong: that the build
 * says.
 */
export async function noteWithoutMemory(
  root: string,
  program: BoardProgram | undefined,
  terminal: Terminal,
): Promise<void> {
  if (program !== undefined && program !== "pump") return;
  const without = (await declaredMemory(root))?.without;
  if (without !== undefined) terminal.err(`note: ${without}\n`);
}
