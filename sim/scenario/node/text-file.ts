import { readFileSync, statSync } from "node:fs";
import { relative, isAbsolute } from "node:path";
import { BadInput } from "../../../config/bad-input";
import { MAX_CHARACTERS } from "../../../config/read-document";

// A character takes at most four bytes of UTF-8; what is larger need not be read to be refused.
const MAX_BYTES = 4 * MAX_CHARACTERS;

const REASONS: Partial<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "this is a folder; a file is wanted",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
};

/**
 * The text of a file that a person named. Throws `BadInput` when it cannot be read or is far too long for what is
 * written by hand. @param shown the name for messages
 */
export function readTextFile(path: string, shown: string = shownPath(path)): string {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new BadInput(shown, 0, "this is a folder; a file is wanted");
    if (!stat.isFile()) throw new BadInput(shown, 0, "this is not a regular file");
    if (stat.size > MAX_BYTES)
      throw new BadInput(shown, 0, `too long: ${stat.size} bytes; at most ${MAX_CHARACTERS} characters are read`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new BadInput(shown, 0, `cannot be read: ${REASONS[code] ?? (code === "" ? String(error) : code)}`);
  }
}

/** A path as seen from the current folder, or absolute when it lies outside. */
export function shownPath(path: string): string {
  const seen = relative(process.cwd(), path);
  return seen === "" || seen.startsWith("..") || isAbsolute(seen) ? path : seen;
}
