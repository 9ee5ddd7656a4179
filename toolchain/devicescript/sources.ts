import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Everything that a build reads, in memory: path relative to the checkout's root (with `/`) to content. */
export type Sources = ReadonlyMap<string, Uint8Array>;

/** The folders that a device program may be made of. */
const FOLDERS = ["src", "boards", "services"];
const WANTED = /\.(ts|board\.json|md)$/;

/** Reads all device sources of a checkout, but nothing that is generated. */
export async function readSources(root: string): Promise<Map<string, Uint8Array>> {
  const sources = new Map<string, Uint8Array>();
  for (const folder of FOLDERS) {
    for (const path of await listFiles(root, folder)) {
      if (WANTED.test(path) && !path.startsWith("boards/generated/")) {
        sources.set(path, await readFile(join(root, path)));
      }
    }
  }
  return sources;
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await listFiles(root, path)));
    else paths.push(path);
  }
  return paths;
}

/** SHA-256 over the settings of a build and every source, names included: equal stamps give equal images. */
export function stampOf(sources: Sources, settings: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const path of [...sources.keys()].sort()) {
    const content = sources.get(path) ?? new Uint8Array();
    hash.update(`\0${path}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Hex digits of a stamp that are the number of the build: 48 bits. */
const PROGRAM_DIGITS = 12;

/**
 * The number of a build, 0 to 2^48 - 1: the first 48 bits of its stamp, so of a SHA-256 over everything that the image is made of. The
 * image's own hash cannot stand in it.
 */
export function programNumber(stamp: string): number {
  return parseInt(stamp.slice(0, PROGRAM_DIGITS), 16);
}

/**
 * Lays the sources out in a folder of their own, with the checkout's packages beside them, so that what is compiled is
 * what was stamped, whatever is edited meanwhile.
 */
export async function layOut(sources: Sources, root: string, folder: string): Promise<void> {
  for (const [path, content] of sources) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "dir");
}
