import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PreparationFailure } from "./preparation-failure.mjs";
import { run } from "./run.mjs";

/**
 * True when DeviceScript's library sources are in node_modules. They come with no package: its compiler writes them
 * there, and every `npm ci` removes them. The build does not need them, but editors and the linter do.
 */
export function libraryIsThere(root) {
  return existsSync(join(root, "node_modules/@devicescript/core/src/devicescript-boards.d.ts"));
}

/** Lets the compiler write its library, with the declarations of our own boards and services, by compiling a program. */
export async function writeLibrary(root) {
  const folder = join(root, ".minim/device-library");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["node_modules", "boards", "services"]) {
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(folder, name), "dir");
  }
  writeFileSync(join(folder, "main.ts"), 'console.log("library");\nexport {};\n');
  const compiler = join(root, "node_modules/@devicescript/cli/built/devicescript-cli.cjs");
  const args = [compiler, "build", "--quiet", "--ignore-missing-config", "main.ts"];
  const { code, output } = await run(process.execPath, args, { cwd: folder });
  if (code !== 0 || !libraryIsThere(root)) {
    throw new PreparationFailure(
      "the DeviceScript compiler did not write its library; see above, or run: npm ci",
      output,
    );
  }
}
