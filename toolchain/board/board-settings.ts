import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../../config/bad-input";

/** Files of DeviceScript's settings, relative to the checkout's root; a later one wins. */
const SETTINGS_FILES = [".env.defaults", ".env.local"];
/** A longer key does not fit beside the runtime's own prefix. */
const LONGEST_KEY = 13;
/** Key, a byte, and the value as JSON: with more the runtime panics when the setting is read, at every start. */
const MOST_BYTES = 232;

/** The settings that a bundle carries: the files as they are, and the names that they set. */
export interface BoardSettings {
  /** File name to text. */
  readonly files: ReadonlyMap<string, string>;
  readonly keys: readonly string[];
}

/**
 * Reads the settings of the checkout, which DeviceScript deploys with a program. Throws `BadInput` for one that would leave the
 * board in a loop of restarts. The reading of lines is that of DeviceScript 2.16.4 (compiler, `dotenv.ts`).
 */
export async function readBoardSettings(root: string): Promise<BoardSettings> {
  const files = new Map<string, string>();
  const keys = new Set<string>();
  for (const file of SETTINGS_FILES) {
    const text = await readFile(join(root, file), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    files.set(file, text);
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      const key = checkedKey(line, file, index + 1);
      if (key !== undefined) keys.add(key);
    }
  }
  return { files, keys: [...keys] };
}

function checkedKey(text: string, file: string, line: number): string | undefined {
  const entry = text.includes("#") ? null : /^([^=]+)=(.*)$/.exec(text);
  if (entry === null) return undefined;
  const [, key = "", value = ""] = entry;
  if (key.length > LONGEST_KEY)
    throw new BadInput(file, line, `the name ${key} has ${key.length} characters; ${LONGEST_KEY} are the most`);
  const bytes = Buffer.byteLength(key) + 1 + Buffer.byteLength(asJson(value));
  if (bytes > MOST_BYTES)
    throw new BadInput(
      file,
      line,
      `the setting ${key} takes ${bytes} bytes; with more than ${MOST_BYTES} a board cannot start any more`,
    );
  return key;
}

function asJson(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return JSON.stringify(value);
  }
}
