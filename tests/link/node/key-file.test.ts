import { chmodSync, linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  adoptNextKey,
  dropNextKey,
  keyFileOf,
  nextKeyFile,
  readKeyFile,
  writeKeyFile,
} from "../../../link/node/key-file";

const folder = mkdtempSync(join(tmpdir(), "minim-key-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 8);

test("a key is written for its owner alone, and read again (LNK-008)", () => {
  const file = join(folder, "keys", "1001");
  expect(readKeyFile(file)).toBeUndefined();
  writeKeyFile(file, KEY);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, "latin1")).toMatch(/^[0-9a-f]{64}\n$/);
  expect(readKeyFile(file)).toEqual(KEY);
});

test("the next key waits beside the old one until one of them is known to hold (LNK-008)", () => {
  const file = join(folder, "rotated");
  const next = KEY.map((byte) => byte ^ 1);
  writeKeyFile(file, KEY);
  writeKeyFile(nextKeyFile(file), next);
  expect(readKeyFile(file)).toEqual(KEY);
  // Put in its place, not written over: what is open elsewhere, or half written, is another file.
  const other = join(folder, "linked");
  linkSync(file, other);
  writeKeyFile(file, next);
  expect(readKeyFile(other)).toEqual(KEY);
  writeKeyFile(file, KEY);
  adoptNextKey(file);
  expect(readKeyFile(file)).toEqual(next);
  expect(readKeyFile(nextKeyFile(file))).toBeUndefined();
  dropNextKey(file);
});

test.skipIf(process.platform === "win32")("a key that others can read is refused in one line (LNK-008)", () => {
  const file = join(folder, "open");
  writeKeyFile(file, KEY);
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(file, mode);
    expect(() => readKeyFile(file)).toThrow(`others than you can read this key: chmod 600 ${file}`);
  }
});

test("what is no key is refused", () => {
  const file = join(folder, "short");
  for (const text of ["", "00".repeat(31), "00".repeat(33), "zz".repeat(32)]) {
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => readKeyFile(file)).toThrow("a key is 64 hexadecimal digits in one line");
  }
  expect(() => readKeyFile(folder)).toThrow();
});

test("the file is named by the environment, or by the serial number (LNK-008)", () => {
  expect(keyFileOf(1001, { MINIM_KEY_FILE: "/somewhere/key" })).toBe("/somewhere/key");
  expect(keyFileOf(1001, {})).toMatch(/[\\/]\.config[\\/]minim[\\/]keys[\\/]1001$/);
});
