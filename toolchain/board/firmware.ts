import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { BadInput } from "../../config/bad-input";
import type { Chip } from "./chip";

/** DeviceScript's firmware for a chip, as a file of this machine that was found in order. */
export interface Firmware {
  readonly path: string;
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

/** Where firmware files are kept, relative to the checkout's root: put them there by hand to work without a network. */
export const FIRMWARE_FOLDER = ".minim/firmware";

/** What to do when there is no firmware, in one line. */
export function firmwareWanted(chip: Chip): string {
  return `get ${chip.firmwareUrl} and put it into ${FIRMWARE_FOLDER}/, or name it: --firmware FILE`;
}

/**
 * The firmware for a chip. `given` names a file, or a folder that holds one of the release's name; it is checked and remembered
 * in {@link FIRMWARE_FOLDER}, where it is looked for when nothing is given. `undefined`: there is none. Throws `BadInput`.
 */
export async function findFirmware(root: string, chip: Chip, given?: string): Promise<Firmware | undefined> {
  const kept = join(root, FIRMWARE_FOLDER, chip.firmwareFile);
  if (given === undefined) {
    const there = await stat(kept).catch(() => undefined);
    return there === undefined ? undefined : checked(kept, relative(root, kept), chip);
  }
  const path = await namedFile(given, chip);
  await checked(path, path, chip);
  await mkdir(dirname(kept), { recursive: true });
  const draft = `${kept}.${randomUUID()}`;
  await copyFile(path, draft);
  await rename(draft, kept);
  return checked(kept, path, chip);
}

async function namedFile(given: string, chip: Chip): Promise<string> {
  const there = await stat(given).catch(() => undefined);
  if (there === undefined) throw new BadInput(given, 0, "there is no such file or folder with firmware");
  if (there.isFile()) return given;
  if (!there.isDirectory()) throw new BadInput(given, 0, "a firmware file, or a folder with one, is wanted");
  const path = join(given, chip.firmwareFile);
  if ((await stat(path).catch(() => undefined))?.isFile() === true) return path;
  throw new BadInput(given, 0, `this folder has no ${chip.firmwareFile}; it is at ${chip.firmwareUrl}`);
}

async function checked(path: string, shown: string, chip: Chip): Promise<Firmware> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new BadInput(shown, 0, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const problem = firmwareProblem(bytes, chip);
  if (problem !== undefined) throw new BadInput(shown, 0, problem);
  return { path, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Smaller is no firmware: DeviceScript's own take 300 kB and more. */
const LEAST_BYTES = 32 * 1024;
/** First byte of an ESP32 image (Espressif, "Firmware Image Format": file header; the chip id is in bytes 12 and 13). */
const ESP_MAGIC = 0xe9;
/** A UF2 block (Microsoft's UF2 specification): 512 bytes, two magic numbers first, flags at 8, the family at 28 when flag 0x2000 says so. */
const UF2_BLOCK = 512;
const UF2_MAGIC = 0x0a324655;
const UF2_MAGIC_1 = 0x9e5d5157;
const UF2_HAS_FAMILY = 0x2000;

/** Why these bytes are no firmware for this chip; `undefined` when they are one. */
export function firmwareProblem(bytes: Uint8Array, chip: Chip): string | undefined {
  const wanted = `the firmware of DeviceScript for ${chip.name} (${chip.firmwareFile}) is wanted`;
  if (bytes.length < LEAST_BYTES) return `${bytes.length} bytes are too few for a firmware; ${wanted}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isUf2 = view.getUint32(0, true) === UF2_MAGIC && view.getUint32(4, true) === UF2_MAGIC_1;
  if (chip.family === "rp2040") {
    if (!isUf2) return `this is no UF2 file; ${wanted}`;
    if (bytes.length % UF2_BLOCK !== 0) return `the file ends in the middle of a block: it was cut short; ${wanted}`;
    const family = (view.getUint32(8, true) & UF2_HAS_FAMILY) === 0 ? undefined : view.getUint32(28, true);
    return family === chip.headerId || family === undefined ? undefined : `this is for another chip; ${wanted}`;
  }
  if (isUf2) return `this is a UF2 file, for another chip; ${wanted}`;
  if (view.getUint8(0) !== ESP_MAGIC) return `this is no image for an ESP32: its first byte is wrong; ${wanted}`;
  return view.getUint16(12, true) === chip.headerId ? undefined : `this is for another chip; ${wanted}`;
}

/** How long a download may take, in ms. */
const DOWNLOAD_PATIENCE_MS = 60000;

/** Gets the newest released firmware into {@link FIRMWARE_FOLDER}. Throws `BadInput` that names the address and what to do without a network. */
export async function downloadFirmware(root: string, chip: Chip): Promise<Firmware> {
  const kept = join(root, FIRMWARE_FOLDER, chip.firmwareFile);
  const refuse = (why: string): never => {
    throw new BadInput(chip.firmwareUrl, 0, `${why}; on a machine with a network: ${firmwareWanted(chip)}`);
  };
  let bytes: Uint8Array;
  try {
    const answer = await fetch(chip.firmwareUrl, { signal: AbortSignal.timeout(DOWNLOAD_PATIENCE_MS) });
    if (!answer.ok) return refuse(`the server answered ${answer.status} ${answer.statusText}`);
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return refuse(`cannot be downloaded (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const problem = firmwareProblem(bytes, chip);
  if (problem !== undefined) return refuse(`what came is no firmware: ${problem}`);
  await mkdir(dirname(kept), { recursive: true });
  const draft = `${kept}.${randomUUID()}`;
  await writeFile(draft, bytes);
  await rename(draft, kept);
  return { path: kept, sha256: createHash("sha256").update(bytes).digest("hex") };
}
