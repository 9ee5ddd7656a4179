import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BadInput } from "../config/bad-input";
import { BadUsage } from "./bad-usage";
import { fileProblem } from "./file-problem";
import { OutputFailure } from "./output-failure";

/**
 * Makes sure, before anything runs, that `file` can be written, and touches nothing. Throws {@link BadInput}; and
 * {@link BadUsage} when it is one of the `others`, which would be lost.
 */
export function requireWritable(option: string, file: string, others: readonly string[]): void {
  let path: string;
  try {
    path = realPath(file);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    else accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new BadInput(file, 0, `${option}: ${missing ? "its folder does not exist" : fileProblem(error)}`);
  }
  if (existsSync(path) && statSync(path).isDirectory())
    throw new BadInput(file, 0, `${option}: this is a folder; a file is wanted`);
  if (others.some((other) => realPath(other) === path))
    throw new BadUsage(`${option} ${file} would overwrite a file that is read or written too`);
}

/** One path for all names of a file, also of one that is still to be made. Throws when its folder does not exist. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
}

/** Writes a file for which {@link requireWritable} held. Throws {@link OutputFailure} when the disk does not take it after all. */
export function writeOutputFile(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw OutputFailure.ofFile(option, file, error);
  }
}
