import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { PreparationFailure } from "./preparation-failure.mjs";

/** Folders whose files go into the compiled host code. */
const FOLDERS = ["src", "config", "toolchain", "sim", "link", "bench", "console", "cli", "bin"];
/** Other files that decide what is compiled: the packages are compiled in. */
const FILES = ["package-lock.json"];
/** Compiled states kept, so that a command that still runs finds the parts that it has not loaded yet. */
const STATES_KEPT = 3;
/** Packages that are large and seldom used stay where they are installed. */
const NOT_COMPILED_IN = ["typescript", "esbuild", "echarts", "serialport"];
/** Packages of the old module kind call `require`, which a module does not have by itself. */
const BANNER =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';

/** The folder of the compiled host code that belongs to the sources as they are now; it may not exist yet. */
export function bundleFolder(root) {
  const hash = createHash("sha256");
  const add = (path) => hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  for (const file of FILES) add(file);
  for (const path of sourceFiles(root)) add(path);
  return join(root, ".minim/host", hash.digest("hex").slice(0, 16));
}

function sourceFiles(root) {
  return FOLDERS.flatMap((folder) => listFiles(root, folder)).sort();
}

function listFiles(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
}

/** Programs that are started by themselves: the command, the checks of device code, and every `*.worker.ts`. */
function entryPoints(root) {
  const programs = ["cli/minim.ts", "toolchain/check-devices.ts"].filter((path) => existsSync(join(root, path)));
  return [...programs, ...sourceFiles(root).filter((path) => path.endsWith(".worker.ts"))];
}

/** Compiles the host code; the finished folder appears by one rename. */
export async function compileHostCode(root) {
  const { build } = await import("esbuild");
  const folder = bundleFolder(root);
  const staging = join(root, ".minim/host", `staging-${process.pid}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints: entryPoints(root),
      outdir: staging,
      entryNames: "[name]",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: true,
      sourcesContent: false,
      external: NOT_COMPILED_IN,
      banner: { js: BANNER },
      logLevel: "silent",
    });
  } catch (failure) {
    rmSync(staging, { recursive: true, force: true });
    const lines = (failure.errors || []).map(({ location, text }) =>
      location ? `${location.file}:${location.line}: ${text}` : text,
    );
    throw new PreparationFailure(
      "the host code does not compile; see above",
      lines.length > 0 ? lines.join("\n") : String(failure.message),
    );
  }
  // Kept for nothing: the same state, compiled by somebody else meanwhile.
  if (existsSync(folder)) rmSync(staging, { recursive: true, force: true });
  else renameSync(staging, folder);
  forgetOldStates(join(root, ".minim/host"));
}

function forgetOldStates(host) {
  const states = readdirSync(host).map((name) => ({
    path: join(host, name),
    madeAtMs: statSync(join(host, name)).mtimeMs,
  }));
  states.sort((a, b) => b.madeAtMs - a.madeAtMs);
  for (const { path } of states.slice(STATES_KEPT)) rmSync(path, { recursive: true, force: true });
}
