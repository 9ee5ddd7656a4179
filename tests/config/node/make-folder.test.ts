import { existsSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../../config/node/make-folder";

const ROOT = mkdtempSync(join(tmpdir(), "minim-folders-"));

test("a folder is made with those above it, and one that is there is left alone", () => {
  const folder = join(ROOT, "a", "b", "c");
  makeFolder(folder, 0o700);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  makeFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  makeFolder(join(ROOT, "a", "..", "d"));
  expect(existsSync(join(ROOT, "d"))).toBe(true);
});

test("what cannot be a folder is refused with the system's error, and nothing hangs (PGM-011)", () => {
  const file = join(ROOT, "file");
  writeFileSync(file, "");
  symlinkSync(join(ROOT, "nowhere"), join(ROOT, "dangling"));
  expect(() => makeFolder(file)).toThrow("ENOTDIR");
  expect(() => makeFolder(join(file, "x", "y"))).toThrow("ENOTDIR");
  expect(() => makeFolder(join(ROOT, "dangling"))).toThrow("ENOENT");
  // There Node's recursive mkdir tries for ever.
  if (process.platform === "linux") expect(() => makeFolder("/proc/minim/x")).toThrow("ENOENT");
});
