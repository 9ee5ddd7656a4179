import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { BadInput } from "../../config/bad-input";
import { readTextFile } from "../../sim/scenario/node/text-file";
import { OutputFailure } from "../output-failure";

/**
 * Puts `text` in the place of a file, whole or not at all: written under another name beside it, with its mode, then renamed. Throws `BadInput` when
 * the file is no longer `before`, `OutputFailure` when the disk does not take it; the file is then as it was.
 */
export function replaceFile(file: string, before: string, text: string): void {
  if (readTextFile(file, file) !== before)
    throw new BadInput(file, 0, "somebody changed it in the meantime; nothing was written, try again");
  let temporary = "";
  try {
    // Behind a link the file itself is replaced, not the link.
    const path = realpathSync(file);
    temporary = join(dirname(path), `.${basename(path)}.${process.pid}`);
    const handle = openSync(temporary, "wx", 0o600);
    try {
      // What is asked of open is cut by the process' mask.
      fchmodSync(handle, statSync(path).mode & 0o7777);
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  } catch (error) {
    if (temporary !== "") rmSync(temporary, { force: true });
    throw OutputFailure.ofFile("--write", file, error);
  }
}
