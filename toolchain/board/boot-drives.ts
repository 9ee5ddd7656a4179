import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { THIS_MACHINE } from "./machine";
import type { Machine } from "./machine";

/** The file by which an RP2040's boot drive is known, and what stands in it (RP2040 datasheet, 2.8.4.2). */
const INFO_FILE = "INFO_UF2.TXT";
const BOARD_ID = /^Board-ID:\s*RPI-RP2\s*$/m;

/** The folders where the boot drive of an RP2040 is mounted. */
export async function listBootDrives(machine: Machine = THIS_MACHINE): Promise<string[]> {
  const drives: string[] = [];
  for (const folder of await mountedFolders(machine)) {
    if (await isBootDrive(machine.at(folder))) drives.push(folder);
  }
  return drives;
}

/** True when this folder is the boot drive of an RP2040. */
export async function isBootDrive(folder: string): Promise<boolean> {
  const info = await readFile(join(folder, INFO_FILE), "utf8").catch(() => "");
  return BOARD_ID.test(info);
}

async function mountedFolders(machine: Machine): Promise<string[]> {
  if (machine.platform === "win32") return Array.from("DEFGHIJKLMNOPQRSTUVWXYZ", (letter) => `${letter}:/`);
  if (machine.platform === "darwin")
    return (await readdir(machine.at("/Volumes")).catch(() => [])).map((name) => join("/Volumes", name));
  const mounts = await readFile(machine.at("/proc/mounts"), "utf8").catch(() => "");
  return mounts.split("\n").flatMap((line) => {
    const [, folder, kind] = line.split(" ");
    // Spaces and the like stand there as three octal digits.
    return folder === undefined || kind !== "vfat"
      ? []
      : [folder.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))];
  });
}

/** The block device of a boot drive that is attached and not mounted, as `/dev/sdb1`; Linux only. */
export async function unmountedBootDrive(machine: Machine = THIS_MACHINE): Promise<string | undefined> {
  const folder = machine.at("/sys/block");
  const mounts = await readFile(machine.at("/proc/mounts"), "utf8").catch(() => "");
  for (const name of await readdir(folder).catch(() => [])) {
    const model = await readFile(join(folder, name, "device/model"), "utf8").catch(() => "");
    if (model.trim() !== "RP2") continue;
    const partition = (await readdir(join(folder, name))).find((entry) => entry.startsWith(name)) ?? name;
    if (!mounts.includes(`/dev/${partition} `)) return `/dev/${partition}`;
  }
  return undefined;
}
