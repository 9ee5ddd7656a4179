import { spawn } from "node:child_process";
import { mkdir, open, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { compilerPath } from "../devicescript/compiler";
import type { Esptool } from "./esptool";

/** What DeviceScript's flash tool is told. */
export interface SerialFlash {
  readonly root: string;
  readonly board: string;
  /** The file that is written whole. */
  readonly file: string;
  readonly port: string;
  readonly esptool: Esptool;
  /** Bits a second; left out: DeviceScript's own 1,500,000. */
  readonly baud?: number;
}

/** The command line of {@link flashOverSerial}, without the path of DeviceScript: for showing it too. */
export function serialFlashArguments({ board, file, port, esptool, baud }: SerialFlash): string[] {
  const speed = baud === undefined ? [] : ["--baud", String(baud)];
  const place = ["--port", port, ...speed, "--esptool", esptool.command];
  return ["flash", "esp32", "--board", board, "--once", "--file", file, ...place];
}

/**
 * Writes a file into an ESP32 with `devs flash`, which calls esptool. Both speak for themselves: `hear` is given their words as they come.
 * Returns the exit code, -1 when the tool was ended by a signal.
 */
export async function flashOverSerial(flash: SerialFlash, hear: (text: string) => void): Promise<number> {
  const folder = await toolFolder(flash.root);
  const child = spawn(process.execPath, [compilerPath(flash.root), ...serialFlashArguments(flash)], {
    cwd: folder,
    env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? -1));
  });
}

/** A folder for the tool to run in: it finds the checkout's boards there, and what it leaves behind is in nobody's way. */
async function toolFolder(root: string): Promise<string> {
  const folder = join(root, ".minim/flash");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ["boards", "services", "node_modules"]) {
    await symlink(join(root, name), join(folder, name), "dir");
  }
  return folder;
}

/**
 * Copies a UF2 file to the boot drive of an RP2040, which programs its flash with what comes and then starts it. Resolves when the file is there
 * to the last byte; the drive may go away in that moment.
 */
export async function copyToBootDrive(file: string, drive: string): Promise<void> {
  const bytes = await readFile(file);
  const target = await open(join(drive, UF2_ON_DRIVE), "w");
  try {
    await target.writeFile(bytes);
    // The board restarts as soon as it has the last block: a drive that is gone by now has taken all.
    await target.sync().catch(ignoreGone);
  } finally {
    await target.close().catch(ignoreGone);
  }
}

/** Name of the file on the boot drive: that of DeviceScript's own tool. */
export const UF2_ON_DRIVE = "fw.uf2";

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "EIO" && error.code !== "ENODEV" && error.code !== "ENXIO") throw error;
}
