import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BuildError, buildErrorFromOutput } from "./build-error";

/** The one release of the DeviceScript CLI that Minim's device code is written and tested for. */
export const DEVICESCRIPT_VERSION = "2.16.4";

/** Where the CLI's program is, under the checkout's root; {@link requireCompiler} checks that it is there. */
export function compilerPath(root: string): string {
  return join(root, "node_modules/@devicescript/cli/built/devicescript-cli.cjs");
}

/** Refuses, in one line, a DeviceScript CLI that is missing or is another release than the one that is wanted. */
export async function requireCompiler(root: string): Promise<void> {
  const file = join(root, "node_modules/@devicescript/cli/package.json");
  let version: unknown;
  try {
    ({ version } = JSON.parse(await readFile(file, "utf8")) as { version?: unknown });
  } catch {
    throw new BuildError(`the DeviceScript compiler is not installed (no ${file}); run: npm ci`);
  }
  if (version !== DEVICESCRIPT_VERSION) {
    throw new BuildError(
      `DeviceScript ${String(version)} is installed, but this code is for ${DEVICESCRIPT_VERSION}; run: npm ci`,
    );
  }
}

/** What one run of the compiler is given. */
export interface CompilerRun {
  readonly root: string;
  /** The folder it runs in: it holds the sources, `node_modules`, and no package.json. */
  readonly folder: string;
  /** The entry program, relative to `folder`. */
  readonly entry: string;
  /** Compiler flags, for example `allFunctions`. */
  readonly flags: readonly string[];
}

/**
 * Runs the compiler; its output is then in `folder/.devicescript/bin/`. Throws {@link BuildError} with its complaints.
 * A folder with a package.json would get the state of git and a time stamp into its image, so there must be none.
 */
export function compile(run: CompilerRun): Promise<void> {
  const flags = run.flags.flatMap((flag) => ["-F", flag]);
  const args = [compilerPath(run.root), "build", "--quiet", "--ignore-missing-config", ...flags, run.entry];
  const options = { cwd: run.folder, env: { ...process.env, NO_UPDATE_NOTIFIER: "1" }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (failure, stdout, stderr) => {
      if (failure === null) resolve();
      else reject(buildErrorFromOutput(run.entry, `${stdout}\n${stderr}`, run.folder));
    });
  });
}
