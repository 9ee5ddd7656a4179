import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { BuildError } from "./build-error";
import { compile, DEVICESCRIPT_VERSION, requireCompiler } from "./compiler";
import { DEFAULT_PUMP_FILE, GENERATED_CONFIG, generateConfig } from "./generated-config";
import { readImageSizes, type ImageSizes } from "./image";
import { layOut, readSources, stampOf, type Sources } from "./sources";

/** Which device program is wanted. */
export interface BuildRequest {
  /** The checkout's root folder. */
  readonly root: string;
  /** The entry program, relative to the root, for example `boards/pump_pico.ts`. */
  readonly entry: string;
  /** Name of the output folder under `.minim/build/`; by default the entry's own name. */
  readonly name?: string;
  /** Compiler flags, for example `allFunctions`. */
  readonly flags?: readonly string[];
  /** The pump file, relative to the root, that the program's configuration is made of; `devs.config.json` by default. */
  readonly pumpFile?: string;
  /** Sources that are made for this build, by their path: compiled beside those of the checkout. */
  readonly extraSources?: ReadonlyMap<string, string>;
}

/** A compiled device program. */
export interface BuiltProgram {
  /** The image that goes to the board or to the simulator's runtime. */
  readonly image: Uint8Array;
  /** SHA-256 of the image, in hex. */
  readonly imageSha256: string;
  readonly sizes: ImageSizes;
  /** Where the image lies; beside it `bytecode-dbg.json`, the compiler's symbols and source map. */
  readonly imagePath: string;
}

const IMAGE_FILE = "bytecode.devs";
const DEBUG_FILE = "bytecode-dbg.json";
/** Finished builds kept for each program, the last used first, so that two that take turns are not compiled again and again. */
const BUILDS_KEPT = 6;
/** A staging folder that is older was left behind by a build that was killed. */
const ABANDONED_AFTER_MS = 3600000;

/**
 * Compiles a device program, or takes the finished build when nothing that it was made of has changed. Several processes
 * may build the same program at once: each works in a folder of its own, and a finished build appears by one rename.
 * The configuration of the pump is generated anew each time. Throws {@link BuildError}, and `BadInput` for the pump file.
 */
export async function buildProgram(request: BuildRequest): Promise<BuiltProgram> {
  await requireCompiler(request.root);
  const sources = await sourcesOf(request);
  const flags = request.flags ?? [];
  const stamp = stampOf(sources, { compiler: DEVICESCRIPT_VERSION, entry: request.entry, flags });
  const folder = join(request.root, ".minim/build", request.name ?? programName(request.entry));
  const finished = join(folder, stamp.slice(0, 16));
  const cached = await readBuild(finished);
  if (cached !== undefined) {
    await markAsUsed(finished);
    return cached;
  }

  await compileInto(finished, { folder, sources, root: request.root, entry: request.entry, flags });
  await forgetOldBuilds(folder);
  const built = await readBuild(finished);
  if (built === undefined) throw new BuildError(`${request.entry}: the DeviceScript compiler wrote no image`);
  return built;
}

function programName(entry: string): string {
  return basename(entry, ".ts");
}

async function sourcesOf({ root, entry, pumpFile, extraSources }: BuildRequest): Promise<Sources> {
  const sources = await readSources(root);
  for (const [path, text] of extraSources ?? []) sources.set(path, Buffer.from(text));
  if (!sources.has(entry)) throw new BuildError(`${entry}: there is no such program to compile`);
  if (usesGeneratedConfig(sources)) {
    const config = await generateConfig(root, pumpFile ?? DEFAULT_PUMP_FILE, programName(entry));
    sources.set(GENERATED_CONFIG, Buffer.from(config));
  }
  return sources;
}

function usesGeneratedConfig(sources: Sources): boolean {
  const module = basename(GENERATED_CONFIG, ".ts");
  return [...sources].some(([path, text]) => path.endsWith(".ts") && Buffer.from(text).includes(module));
}

interface Compilation {
  readonly folder: string;
  readonly sources: Sources;
  readonly root: string;
  readonly entry: string;
  readonly flags: readonly string[];
}

async function compileInto(finished: string, compilation: Compilation): Promise<void> {
  const { folder, sources, root, entry, flags } = compilation;
  const staging = join(folder, `staging-${randomUUID()}`);
  try {
    await layOut(sources, root, staging);
    await compile({ root, folder: staging, entry, flags });
    // A build of the same stamp that was finished meanwhile holds the same bytes: then ours is dropped.
    await rename(join(staging, ".devicescript/bin"), finished).catch(ignoreTaken);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
}

async function readBuild(folder: string): Promise<BuiltProgram | undefined> {
  const imagePath = join(folder, IMAGE_FILE);
  let image: Uint8Array;
  let debug: { functions: { name: string; size: number }[] };
  try {
    image = new Uint8Array(await readFile(imagePath));
    debug = JSON.parse(await readFile(join(folder, DEBUG_FILE), "utf8")) as typeof debug;
  } catch {
    return undefined;
  }
  const imageSha256 = createHash("sha256").update(image).digest("hex");
  return { image, imageSha256, sizes: readImageSizes(image, debug), imagePath };
}

async function markAsUsed(finished: string): Promise<void> {
  const now = new Date();
  // Another process may just have forgotten it; we have what we need.
  await utimes(finished, now, now).catch(() => undefined);
}

async function forgetOldBuilds(folder: string): Promise<void> {
  const finished: { path: string; madeAtMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const madeAtMs = await stat(path).then(
      (entry) => entry.mtimeMs,
      () => 0,
    );
    if (!name.startsWith("staging-")) finished.push({ path, madeAtMs });
    else if (Date.now() - madeAtMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
  finished.sort((a, b) => b.madeAtMs - a.madeAtMs);
  for (const { path } of finished.slice(BUILDS_KEPT)) await rm(path, { recursive: true, force: true });
}
