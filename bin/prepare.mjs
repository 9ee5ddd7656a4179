import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleFolder, compileHostCode } from "./host-code.mjs";
import { installPackages, packagesAreCurrent } from "./packages.mjs";
import { libraryIsThere, writeLibrary } from "./device-library.mjs";
import { PreparationFailure } from "./preparation-failure.mjs";
import { withLock } from "./lock.mjs";

/** The checkout's root folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What has to hold before anything runs, in this order; each is looked at, and made only when it does not hold. */
const STEPS = [
  { doing: "installing packages", holds: packagesAreCurrent, make: installPackages },
  { doing: "writing DeviceScript's library files", holds: libraryIsThere, make: writeLibrary },
  { doing: "compiling", holds: (root) => existsSync(bundleFolder(root)), make: compileHostCode },
];

/**
 * Makes the checkout ready and tells where the compiled host code is. Nothing is printed when all is ready; on a
 * terminal one line (on stderr) for each long step. Throws PreparationFailure.
 */
export async function prepare(root = ROOT) {
  if (!STEPS.every((step) => step.holds(root))) {
    await withLock(join(root, ".minim/setup.lock"), async () => {
      for (const step of STEPS) {
        if (step.holds(root)) continue;
        if (process.stderr.isTTY) process.stderr.write(`minim: ${step.doing}...\n`);
        await step.make(root);
      }
    });
  }
  const folder = bundleFolder(root);
  // A source was edited while we compiled: what we made is already old.
  if (!existsSync(folder)) return prepare(root);
  return { folder, commandUrl: pathToFileURL(join(folder, "minim.mjs")).href };
}

/** {@link prepare}, for a command: a failure is told in one line (and as JSON when asked for) and ends the process. */
export async function prepareOrExit() {
  try {
    return await prepare();
  } catch (failure) {
    if (!(failure instanceof PreparationFailure)) throw failure;
    if (failure.output !== "") process.stderr.write(`${failure.output.trimEnd()}\n`);
    process.stderr.write(`minim: ${failure.message}\n`);
    if (process.argv.includes("--json")) {
      process.stdout.write(`${JSON.stringify({ kind: "error", file: "", line: 0, message: failure.message })}\n`);
    }
    process.exit(3);
  }
}
