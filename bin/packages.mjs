import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PreparationFailure } from "./preparation-failure.mjs";
import { run } from "./run.mjs";

/** npm ends some failures with a page about `npm ci` itself, which starts so. */
const NPM_USAGE = "npm error Clean install a project";

/**
 * True when node_modules holds every package of package-lock.json in its version. npm writes down what it installed in
 * node_modules/.package-lock.json, last of all, so an install that was cut short counts as none.
 */
export function packagesAreCurrent(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(join(root, "node_modules/.package-lock.json"));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || entry.optional || entry.link) return true;
    const there = installed[path];
    return there !== undefined && there.version === entry.version && there.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** Installs exactly what package-lock.json says. */
export async function installPackages(root) {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  // Under `npm test` npm says where it is itself; that is the npm to use, and it needs no shell to be found.
  const npm = process.env.npm_execpath;
  const { code, output } =
    npm !== undefined && npm.endsWith(".js")
      ? await run(process.execPath, [npm, ...args], { cwd: root })
      : await run("npm", args, { cwd: root, shell: process.platform === "win32" });
  if (code !== 0) {
    const [reason = ""] = output.split(NPM_USAGE);
    throw new PreparationFailure("the packages could not be installed; see above, then try again: npm ci", reason);
  }
  if (!packagesAreCurrent(root)) {
    throw new PreparationFailure(
      "package-lock.json could not be read or installed; restore it: git checkout package-lock.json",
    );
  }
}
