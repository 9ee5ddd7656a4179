import { existsSync, mkdirSync, opendirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing, one by one: Node's own recursive mkdir never ends where the system refuses a folder in a folder that is
 * there, as below /proc on Linux (Node 20). Throws the system's error; also for a file of that name.
 * @param mode of folders that are made; left out: what the process makes
 */
export function makeFolder(path: string, mode?: number): void {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder))
    missing.unshift(folder);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Another process was faster; what stands there is looked at below.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  opendirSync(path).closeSync();
}
