import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutMemory } from "../../config/parts-checks";
import type { PumpFile } from "../../config/pump-file";
import { readPumpFile } from "../../config/read-pump";
import { DEFAULT_PUMP_FILE } from "../devicescript/generated-config";

/** Whether the pump file of a checkout declares a FRAM, and in one line what a board does without. */
export interface DeclaredMemory {
  /** `undefined`: it declares one. */
  readonly without: string | undefined;
}

/** Looks at the pump file; `undefined`: it cannot be read, or is wrong, which is told elsewhere. */
export async function declaredMemory(root: string): Promise<DeclaredMemory | undefined> {
  let file: PumpFile;
  try {
    file = readPumpFile(await readFile(join(root, DEFAULT_PUMP_FILE), "utf8"), DEFAULT_PUMP_FILE);
  } catch {
    return undefined;
  }
  return { without: withoutMemory(file) };
}
