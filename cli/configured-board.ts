import { join } from "node:path";
import { readBoardPump } from "../config/read-pump";
import { readTextFile, shownPath } from "../sim/scenario/node/text-file";
import { DEFAULT_PUMP_FILE } from "../toolchain/devicescript/generated-config";

/** The board that the checkout's devs.config.json names. Throws `BadInput` for a file that is wrong. */
export function configuredBoard(root: string): string {
  const path = join(root, DEFAULT_PUMP_FILE);
  return readBoardPump(readTextFile(path), shownPath(path)).board;
}
