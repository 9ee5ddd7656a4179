import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

/** A folder with these files, removed when the test is over. */
export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "minim-test-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(files)) writeIn(folder, path, text);
  return folder;
}

/** Writes a file, and the folders that it needs. */
export function writeIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/**
 * A checkout with these files, with copies of some of this one's, and with the DeviceScript compiler in a node_modules of
 * its own: the compiler writes its library there, and that of this checkout is not to be touched.
 */
export function checkoutWith(files: Record<string, string>, copied: readonly string[] = []): string {
  const root = folderWith(files);
  const compiler = "node_modules/@devicescript/cli";
  mkdirSync(dirname(join(root, compiler)), { recursive: true });
  symlinkSync(join(checkoutRoot(), compiler), join(root, compiler), "dir");
  for (const path of copied) cpSync(join(checkoutRoot(), path), join(root, path), { recursive: true });
  return root;
}
