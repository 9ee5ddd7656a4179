import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { readBoardSettings } from "../board/board-settings";
import type { Chip } from "../board/chip";
import type { Firmware } from "../board/firmware";
import { buildProgram, compiledForm, sourcesOf } from "./build";
import type { BuildRequest, BuiltProgram } from "./build";
import { BuildError } from "./build-error";
import { compilerPath, DEVICESCRIPT_VERSION } from "./compiler";
import { layOut } from "./sources";

/** Firmware, board, program and settings in one file. */
export interface Bundle {
  /** Where it lies; for an ESP32 its name ends with the address in flash. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hex: the same for the same program, firmware and settings. */
  readonly sha256: string;
  /** The program in it: the very bytes. */
  readonly program: BuiltProgram;
  readonly firmware: Firmware;
  /** Names of the settings in it. */
  readonly settingsKeys: readonly string[];
}

/** What to bundle. */
export interface BundleRequest {
  readonly board: string;
  /** The program, as `boardProgram` gives it. */
  readonly program: BuildRequest;
  readonly chip: Chip;
  readonly firmware: Firmware;
}

/** The ports of DeviceScript's development server, which bundling needs, and its exit code when one is taken. */
const SERVER_PORTS = [8081, 8082, 8083];
const PORTS_TAKEN = 100;
/** How long it is waited for them, since another bundle takes some seconds, and how often they are looked at, in ms. */
const WAIT_FOR_PORTS_MS = 45000;
const LOOK_AGAIN_MS = 250;
/** A run takes some 3 s; one that hangs ends after this, in ms. */
const PATIENCE_MS = 120000;

/**
 * Builds a board's program and puts it into one file with the firmware (`devs bundle`), ready to be flashed whole. A finished bundle is taken when
 * nothing that it is made of has changed. Either file is looked through for the program: what is flashed is what the build told.
 * Throws {@link BuildError} with DeviceScript's own words, and `BadInput`.
 */
export async function bundleProgram(request: BundleRequest): Promise<Bundle> {
  const { board, chip, firmware } = request;
  const { root, entry } = request.program;
  const program = await buildProgram(request.program);
  const settings = await readBoardSettings(root);
  const { sources, stamp } = await sourcesOf(request.program);
  const made = [stamp, firmware.sha256, DEVICESCRIPT_VERSION, ...[...settings.files].flat()].join("\0");
  const name = createHash("sha256").update(made).digest("hex").slice(0, 16);
  const called = request.program.name ?? basename(entry, ".ts");
  const folder = join(root, ".minim/bundles", called);
  const path = join(folder, name, bundleFile(called, chip));
  const rest = { path, program, firmware, settingsKeys: settings.keys };

  const finished = await readFile(path).catch(() => undefined);
  // One that was spoilt since is none.
  if (finished !== undefined && holds(finished, program))
    return { ...rest, bytes: finished.length, sha256: sha256Of(finished) };
  const staging = join(folder, `staging-${randomUUID()}`);
  try {
    const { asWritten = false } = request.program;
    await layOut(await compiledForm({ sources, asWritten }), root, staging);
    for (const [file, text] of settings.files) await writeFile(join(staging, file), text);
    // The tool takes a firmware from here when it is younger than a day, and asks the network for no other.
    await mkdir(join(staging, ".devicescript/cache"), { recursive: true });
    await copyFile(firmware.path, join(staging, ".devicescript/cache", chip.firmwareFile));
    await runBundle(root, staging, board, entry);
    const bytes = await readBundle(staging, entry, program);
    await forgetOthers(folder);
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(staging, "bundle"), bytes);
    await rename(join(staging, "bundle"), path);
    return { ...rest, bytes: bytes.length, sha256: sha256Of(bytes) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** `devs flash` reads the address in flash off the end of an ESP32 image's name. */
function bundleFile(called: string, chip: Chip): string {
  const end = chip.family === "rp2040" ? ".uf2" : (/-0x[0-9a-f]+\.bin$/.exec(chip.firmwareFile)?.[0] ?? ".bin");
  return `minim-${called}${end}`;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function runBundle(root: string, folder: string, board: string, entry: string): Promise<void> {
  const untilMs = performance.now() + WAIT_FOR_PORTS_MS;
  while (performance.now() < untilMs) {
    if (!(await portsAreFree())) {
      await delay(LOOK_AGAIN_MS);
      continue;
    }
    const { code, output } = await runOnce(root, folder, board, entry);
    if (code === 0) return;
    // Somebody was quicker: then it is waited again.
    if (code !== PORTS_TAKEN && !output.includes("EADDRINUSE"))
      throw new BuildError(`${entry}: DeviceScript could not bundle it:\n${plain(output)}`);
  }
  throw new BuildError(
    `bundling needs the local ports ${SERVER_PORTS.join(", ")}, and another program keeps one of them (devs devtools, or DeviceScript in an editor?): end it and try again`,
  );
}

async function portsAreFree(): Promise<boolean> {
  for (const port of SERVER_PORTS) {
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (!isFree) return false;
  }
  return true;
}

function runOnce(
  root: string,
  folder: string,
  board: string,
  entry: string,
): Promise<{ code: unknown; output: string }> {
  const args = [compilerPath(root), "bundle", "--ignore-missing-config", "--board", board, entry];
  const options = {
    cwd: folder,
    env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
    maxBuffer: 64 * 1024 * 1024,
    timeout: PATIENCE_MS,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (failure, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      if (failure === null) resolve({ code: 0, output });
      else if (failure.killed === true)
        resolve({ code: -1, output: `${output}\nno end after ${PATIENCE_MS / 1000} s` });
      else resolve({ code: failure.code, output });
    });
  });
}

/** What the tool says before it comes to the point. */
const CHATTER =
  /^(using devs:|devs: |using cached|patching |saved |deploy(ing)? |webclient:|connected to|WASM>|\s*-->|\s+(dashboard|connection|websocket|tcpsocket|dbgserver)\s*:)/;

function plain(output: string): string {
  const lines = stripVTControlCharacters(output).split("\n");
  return lines.filter((line) => line.trim() !== "" && !CHATTER.test(line)).join("\n");
}

async function readBundle(staging: string, entry: string, program: BuiltProgram): Promise<Uint8Array> {
  const folder = join(staging, ".devicescript/bin");
  const names = (await readdir(folder)).filter((file) => file.startsWith("bundle-"));
  const [name] = names;
  if (name === undefined || names.length > 1) throw new BuildError(`${entry}: DeviceScript wrote no bundle`);
  const bytes = await readFile(join(folder, name));
  if (!holds(bytes, program))
    throw new BuildError(`${entry}: the bundle that DeviceScript wrote does not hold the program that was built`);
  return bytes;
}

/** The program's very image lies in the bundle. */
function holds(bundle: Buffer, { image }: BuiltProgram): boolean {
  return flashContents(bundle).includes(Buffer.from(image));
}

const UF2_BLOCK = 512;
const UF2_DATA = 32;
const UF2_MAGIC = 0x0a324655;

/** The bytes as they will lie in flash: those of an ESP32 image lie so already, a UF2 file has them in blocks. */
function flashContents(bytes: Buffer): Buffer {
  if (bytes.length < UF2_BLOCK || bytes.readUInt32LE(0) !== UF2_MAGIC) return bytes;
  const blocks: Buffer[] = [];
  for (let at = 0; at + UF2_BLOCK <= bytes.length; at += UF2_BLOCK)
    blocks.push(bytes.subarray(at + UF2_DATA, at + UF2_DATA + bytes.readUInt32LE(at + 16)));
  return Buffer.concat(blocks);
}

/** Only the last bundle of a board is kept: one takes up to 2 MB. */
async function forgetOthers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith("staging-")) await rm(join(folder, name), { recursive: true, force: true });
  }
}
