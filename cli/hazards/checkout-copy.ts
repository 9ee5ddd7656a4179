import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** What a copy is made without: history, packages, and what is made anew from the sources. */
const LEFT_OUT = [".git", "node_modules", ".minim", ".devicescript", "coverage"];

/**
 * Copies the checkout at `root` into a temporary folder, in which its tests can run. The packages are linked one by one: tools write caches
 * beside them, and those of the checkout are not to be touched. Returns the folder; {@link removeCopy} ends it.
 */
export function copyCheckout(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "minim-hazards-"));
  const isWanted = (path: string): boolean => dirname(path) !== root || !LEFT_OUT.includes(basename(path));
  cpSync(root, copy, { recursive: true, filter: isWanted });
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  }
  return copy;
}

/** Removes what {@link copyCheckout} made. */
export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true });
}
