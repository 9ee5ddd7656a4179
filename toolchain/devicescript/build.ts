import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { BuildError } from "./build-error";
import { compile, DEVICESCRIPT_VERSION, requireCompiler } from "./compiler";
import { DEFAULT_PUMP_FILE, GENERATED_CONFIG, generateConfig } from "./generated-config";
import { withNativeTypes } from "./native-types";
import { rewritingStamp } from "./rewriting";
import { readImageSizes, type ImageSizes } from "./image";
import { layOut, programNumber, readSources, stampOf, type Sources } from "./sources";

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
  /** Compiled as it is written, methods as methods: for whoever counts what each line costs. */
  readonly asWritten?: boolean;
}

/** A compiled device program. */
export interface BuiltProgram {
  /** The image that goes to the board or to the simulator's runtime. */
  readonly image: Uint8Array;
  /** SHA-256 of the image, in hex. */
  readonly imageSha256: string;
  /** Number of the build: a prescription that was confirmed under another one is not in force under this (`programNumber`). */
  readonly program: number;
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
  const { sources, stamp, program } = await sourcesOf(request);
  const flags = request.flags ?? [];
  const folder = join(request.root, ".minim/build", request.name ?? programName(request.entry));
  const finished = join(folder, stamp.slice(0, 16));
  const cached = await readBuild(finished, program);
  if (cached !== undefined) {
    await markAsUsed(finished);
    return cached;
  }

  const asWritten = request.asWritten ?? false;
  await compileInto(finished, { folder, sources, root: request.root, entry: request.entry, flags, asWritten });
  await forgetOldBuilds(folder);
  const built = await readBuild(finished, program);
  if (built === undefined) throw new BuildError(`${request.entry}: the DeviceScript compiler wrote no image`);
  return built;
}

function programName(entry: string): string {
  return basename(entry, ".ts");
}

/** All that an image is made of. */
export interface StampedSources {
  readonly sources: Sources;
  /** SHA-256 over everything, with 0 as the number of the build. */
  readonly stamp: string;
  /** Number of the build. */
  readonly program: number;
}

/**
 * All that the image is made of. The configuration holds the number of the build, which is taken from the stamp of everything with number 0.
 * Throws {@link BuildError}, and `BadInput` for the pump file.
 */
export async function sourcesOf(request: BuildRequest): Promise<StampedSources> {
  const { root, entry, pumpFile, extraSources, flags, asWritten } = request;
  const sources = await readSources(root);
  for (const [path, text] of extraSources ?? []) sources.set(path, Buffer.from(text));
  if (!sources.has(entry)) throw new BuildError(`${entry}: there is no such program to compile`);
  const modulesOf = usesGeneratedConfig(sources)
    ? await generateConfig(root, pumpFile ?? DEFAULT_PUMP_FILE, programName(entry))
    : () => new Map<string, string>();
  for (const [path, text] of modulesOf(0)) sources.set(path, Buffer.from(text));
  const form = [await rewritingStamp(), asWritten === true];
  const stamp = stampOf(sources, { compiler: DEVICESCRIPT_VERSION, form, entry, flags: flags ?? [] });
  const program = programNumber(stamp);
  for (const [path, text] of modulesOf(program)) sources.set(path, Buffer.from(text));
  return { sources, stamp, program };
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
  readonly asWritten: boolean;
}

async function compileInto(finished: string, compilation: Compilation): Promise<void> {
  const { folder, asWritten } = compilation;
  const staging = join(folder, `staging-${randomUUID()}`);
  try {
    if (asWritten) await compileIn(staging, await compiledForm(compilation), compilation);
    else await compilePlain(staging, compilation);
    // A build of the same stamp that was finished meanwhile holds the same bytes: then ours is dropped.
    await rename(join(staging, ".devicescript/bin"), finished).catch(ignoreTaken);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** With functions in the place of methods. What the compiler complains of is told of the lines that were written. */
async function compilePlain(staging: string, compilation: Compilation): Promise<void> {
  try {
    await compileIn(staging, await compiledForm(compilation), compilation);
  } catch (error) {
    const written = `${staging}-as-written`;
    try {
      await compileIn(written, withNativeTypes(compilation.sources), compilation);
    } finally {
      await rm(written, { recursive: true, force: true });
    }
    throw error;
  }
}

/** Sources as the compiler gets them: the image of a program comes of these and of no others. */
export async function compiledForm({
  sources,
  asWritten,
}: {
  readonly sources: Sources;
  readonly asWritten?: boolean;
}): Promise<Sources> {
  const native = withNativeTypes(sources);
  if (asWritten === true) return native;
  const { withPlainCalls } = await import("./plain-calls");
  return withPlainCalls(native);
}

async function compileIn(staging: string, sources: Sources, { root, entry, flags }: Compilation): Promise<void> {
  await layOut(sources, root, staging);
  await compile({ root, folder: staging, entry, flags });
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
}

async function readBuild(folder: string, program: number): Promise<BuiltProgram | undefined> {
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
  return { image, imageSha256, program, sizes: readImageSizes(image, debug), imagePath };
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
