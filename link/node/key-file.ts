import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { BadInput } from "../../config/bad-input";
import { makeFolder } from "../../config/node/make-folder";
import { KEY_BYTES } from "../../src/service/protocol";

/** Bits of a file's mode that let others than its owner at it. */
const OTHERS = 0o077;

/** Where the key of a pump lies: `$MINIM_KEY_FILE`, or a file with its serial number in `~/.config/minim/keys/`. */
export function keyFileOf(serial: number, environment: NodeJS.ProcessEnv = process.env): string {
  const { MINIM_KEY_FILE: named } = environment;
  if (named !== undefined && named !== "") return named;
  return join(homedir(), ".config", "minim", "keys", String(serial));
}

/** Where the key lies that is to take the other's place, until it is known which of the two the pump has. */
export function nextKeyFile(file: string): string {
  return `${file}.next`;
}

/** The key in a file: 64 hexadecimal digits. `undefined`: there is no such file. Throws `BadInput` for one that others can read, or that holds something else. */
export function readKeyFile(file: string): Uint8Array | undefined {
  let text;
  try {
    if (process.platform !== "win32" && (statSync(file).mode & OTHERS) !== 0)
      throw new BadInput(file, 0, `others than you can read this key: chmod 600 ${file}`);
    text = readFileSync(file, "latin1").trim();
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") return undefined;
    throw new BadInput(file, 0, code === "EACCES" ? "you may not read this key" : `the key cannot be read (${code})`);
  }
  if (!/^[0-9a-fA-F]{64}$/.test(text))
    throw new BadInput(file, 1, `a key is ${2 * KEY_BYTES} hexadecimal digits in one line`);
  return Uint8Array.from(Buffer.from(text, "hex"));
}

/** Writes a key, so that the file holds the old one or the new one whole, and only its owner can read it. Throws `BadInput` when it cannot be written. */
export function writeKeyFile(file: string, key: Uint8Array): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(file), 0o700);
    rmSync(unfinished, { force: true });
    writeFileSync(unfinished, `${Buffer.from(key).toString("hex")}\n`, { mode: 0o600, flag: "wx", flush: true });
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new BadInput(file, 0, `the key cannot be written (${code})`);
  }
}

/** The next key has taken the other's place. */
export function adoptNextKey(file: string): void {
  renameSync(nextKeyFile(file), file);
}

/** The next key was not taken. */
export function dropNextKey(file: string): void {
  rmSync(nextKeyFile(file), { force: true });
}
