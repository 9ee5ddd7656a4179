import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BadInput, describeBadInput, inOneLine } from "../../config/bad-input";
import { readBoardPump } from "../../config/read-pump";
import { boardEntry } from "../devicescript/boards";
import { buildProgram } from "../devicescript/build";
import { BuildError } from "../devicescript/build-error";
import { DEVICESCRIPT_VERSION, requireCompiler } from "../devicescript/compiler";
import { DEFAULT_PUMP_FILE } from "../devicescript/generated-config";
import { CODE_LIMIT_BYTES } from "../devicescript/image";
import { fine, missing } from "./finding";
import type { Finding } from "./finding";

/** Looks at all that builds and the simulator need, one after the other. `board` is the one whose program is built. */
export async function* simulatorFindings(root: string, board: string): AsyncGenerator<Finding> {
  yield await nodeVersion(root);
  yield await packages(root);
  yield await devicescript(root);
  yield await library(root);
  yield await pumpFile(root);
  yield await aBuild(root, board);
}

async function nodeVersion(root: string, version = process.versions.node): Promise<Finding> {
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { engines?: { node?: string } };
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(engines?.node ?? "")?.slice(1) ?? []).map(Number);
  const [thisMajor = 0, thisMinor = 0] = version.split(".").map(Number);
  if (thisMajor > major || (thisMajor === major && thisMinor >= minor)) return fine("Node", version);
  return missing("Node", `${version} is too old`, `install ${major}.${minor} or newer: https://nodejs.org`);
}

/** The checkout's own set-up in plain JavaScript knows what it wants; it is asked, so that there is one opinion. */
async function setup<T>(root: string, file: string): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(root, "bin", file)).href)) as T;
}

async function packages(root: string): Promise<Finding> {
  const { packagesAreCurrent } = await setup<{ packagesAreCurrent: (root: string) => boolean }>(root, "packages.mjs");
  if (packagesAreCurrent(root)) return fine("packages", "as package-lock.json says");
  return missing("packages", "not those of package-lock.json", "npm ci");
}

async function devicescript(root: string): Promise<Finding> {
  try {
    await requireCompiler(root);
    return fine("DeviceScript", DEVICESCRIPT_VERSION);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return missing("DeviceScript", error.message.replace(/; run: npm ci$/, ""), "npm ci");
  }
}

async function library(root: string): Promise<Finding> {
  const { libraryIsThere } = await setup<{ libraryIsThere: (root: string) => boolean }>(root, "device-library.mjs");
  if (libraryIsThere(root)) return fine("library files", "written into node_modules/@devicescript");
  return missing("library files", "DeviceScript has not written them (npm ci takes them away)", "node bin/setup.mjs");
}

async function pumpFile(root: string): Promise<Finding> {
  try {
    const pump = readBoardPump(await readFile(join(root, DEFAULT_PUMP_FILE), "utf8"), DEFAULT_PUMP_FILE);
    return fine("pump file", `${DEFAULT_PUMP_FILE}: ${pump.name}, for ${pump.board}`);
  } catch (error) {
    const text = error instanceof BadInput ? describeBadInput(error) : `${DEFAULT_PUMP_FILE} cannot be read`;
    return missing("pump file", text, `npx minim check ${DEFAULT_PUMP_FILE}`);
  }
}

async function aBuild(root: string, board: string): Promise<Finding> {
  try {
    const { sizes } = await buildProgram({ root, entry: boardEntry(board) });
    return fine("build", `${board}: ${sizes.codeBytes} bytes of code, of ${CODE_LIMIT_BYTES}`);
  } catch (error) {
    if (!(error instanceof BuildError || error instanceof BadInput)) throw error;
    const text = error instanceof BadInput ? describeBadInput(error) : error.message;
    return missing("build", `${board}: ${inOneLine(text)}`, `npx minim build --board ${board}`);
  }
}
