import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutMemory } from "../../config/parts-checks";
import { readPumpFile } from "../../config/read-pump";
import type { BoardProgram } from "../../toolchain/devicescript/board-program";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import type { Terminal } from "../terminal";

/**
 * Says on stderr what a pump without a FRAM does not do; nothing of one that has it, nor of another program, nor of a pump file that is wrong: that the build
 * says.
 */
export function noteWithoutMemory(root: string, program: BoardProgram | undefined, terminal: Terminal): void {
  if (program !== undefined && program !== "pump") return;
  let found: string | undefined;
  try {
    found = withoutMemory(readPumpFile(readFileSync(join(root, DEFAULT_PUMP_FILE), "utf8"), DEFAULT_PUMP_FILE));
  } catch {
    return;
  }
  if (found !== undefined) terminal.err(`note: ${found}\n`);
}
