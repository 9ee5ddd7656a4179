import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The checkout's root folder: the nearest folder above this code whose package.json says `minim`. Right both for the
 * sources (under vitest) and for the bundle in `.minim/`. Throws when there is none.
 */
export function checkoutRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const { name } = JSON.parse(readFileSync(file, "utf8")) as { name?: unknown };
      if (name === "minim") return folder;
    }
    if (folder === dirname(folder)) throw new Error("this code does not run inside a checkout of minim");
  }
}
