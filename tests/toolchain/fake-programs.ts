import { chmodSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "./checkout-copy";

/** A folder for PATH with these programs: name to what a shell does. */
export function fakePrograms(programs: Readonly<Record<string, string>>): string {
  const scripts = Object.entries(programs).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`]);
  const folder = folderWith(Object.fromEntries(scripts) as Record<string, string>);
  for (const name of Object.keys(programs)) chmodSync(join(folder, name), 0o755);
  return folder;
}
