import { BadInput, describeBadInput } from "../../config/bad-input";
import { listBootDrives, unmountedBootDrive } from "../board/boot-drives";
import type { Chip } from "../board/chip";
import { declaredMemory } from "../board/declared-memory";
import { INSTALL_ESPTOOL, isNewEnough, OLDEST_ESPTOOL } from "../board/esptool";
import type { Esptool } from "../board/esptool";
import { findFirmware, firmwareWanted } from "../board/firmware";
import type { Machine } from "../board/machine";
import { PORT_PERMISSION, UDEVADM_WANTED } from "../board/port-advice";
import { listBoardUsb, listSerialPorts, portText } from "../board/serial-ports";
import { usbText } from "../board/usb-ids";
import { DEFAULT_PUMP_FILE } from "../devicescript/generated-config";
import { fine, missing, warning } from "./finding";
import type { Finding } from "./finding";

/** What looking for a board needs of its surroundings. */
export interface BoardSurroundings {
  readonly root: string;
  readonly machine: Machine;
  findEsptool(): Promise<Esptool | undefined>;
  canListPorts(): Promise<boolean>;
}

/** Looks at all that it takes to flash a board with this chip, and at whether one is attached. */
export async function* boardFindings(chip: Chip, around: BoardSurroundings): AsyncGenerator<Finding> {
  yield await firmware(chip, around);
  yield* memory(around);
  if (chip.family === "esp32") {
    yield await esptool(around);
    yield (await around.canListPorts())
      ? fine("port list", "DeviceScript can ask for it")
      : missing("port list", ...halves(UDEVADM_WANTED));
    yield* ports(chip, around.machine);
  } else {
    yield await attachedRp2040(around.machine);
    yield warning(
      "RP2040 firmware",
      "the released one freezes within seconds to minutes when no USB host or Jacdac device talks to it",
      "keep a computer at its USB all the time, or take an ESP32; nothing on this machine can show whether yours is mended",
    );
  }
}

function halves(advice: string): [found: string, fix: string] {
  const at = advice.indexOf(": ");
  return [advice.slice(0, at), advice.slice(at + 2)];
}

async function firmware(chip: Chip, { root }: BoardSurroundings): Promise<Finding> {
  const what = `firmware for ${chip.name}`;
  try {
    const found = await findFirmware(root, chip);
    if (found !== undefined) return fine(what, `${chip.firmwareFile}, sha256 ${found.sha256.slice(0, 16)}...`);
    return missing(what, "not at hand", `${firmwareWanted(chip)}; with a network, minim flash gets it`);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return missing(what, describeBadInput(error), firmwareWanted(chip));
  }
}

/** Nothing of a pump file that is wrong: that is a finding of its own. */
async function* memory({ root }: BoardSurroundings): AsyncGenerator<Finding> {
  const declared = await declaredMemory(root);
  if (declared === undefined) return;
  const fix = `name its FRAM in ${DEFAULT_PUMP_FILE}, as "memory": { "chip": "MB85RC256V" }; for the dry run none is wanted`;
  const { without } = declared;
  yield without === undefined ? fine("memory", "a FRAM is declared") : warning("memory", without, fix);
}

async function esptool(around: BoardSurroundings): Promise<Finding> {
  const found = await around.findEsptool();
  if (found === undefined) return missing("esptool", "not installed (it needs Python)", INSTALL_ESPTOOL);
  if (isNewEnough(found)) return fine("esptool", `${found.version} (${found.command})`);
  const text = `${found.version} is too old, ${OLDEST_ESPTOOL} or newer is wanted`;
  return missing("esptool", text, "pip install --upgrade esptool");
}

async function* ports(chip: Chip, machine: Machine): AsyncGenerator<Finding> {
  const there = await listSerialPorts(machine);
  const fitting = there.filter(({ known }) => known?.archIds.includes(chip.archId) === true);
  if (fitting.length === 0) {
    const text = there.length === 0 ? "no serial port behind USB" : `only ${there.map(portText).join(", ")}`;
    const fix = `plug an ${chip.name} in with a cable that carries data; if it does not come up, while BOOT is held`;
    yield missing("board", `none attached (${text})`, fix);
  }
  for (const port of fitting) {
    yield port.mayUse
      ? fine("board", `can be at ${portText(port)}; that it answers is not looked at`)
      : missing("port permission", `none for ${portText(port)}`, PORT_PERMISSION);
  }
}

async function attachedRp2040(machine: Machine): Promise<Finding> {
  const [drive] = await listBootDrives(machine);
  if (drive !== undefined) return fine("board", `in its boot loader, drive ${drive}`);
  const device = await unmountedBootDrive(machine);
  if (device !== undefined)
    return missing("board", "in its boot loader, its drive is not mounted", `udisksctl mount -b ${device}`);
  const running = (await listBoardUsb(machine)).find(({ known }) => known.archIds.includes("rp2040"));
  const toBootLoader = "unplug it, hold BOOTSEL, plug it in, let go: its drive RPI-RP2 comes up";
  if (running === undefined) return missing("board", "none attached", toBootLoader);
  return warning(
    "board",
    `attached, ${running.known.what} (${usbText(running.usb)}), not in its boot loader`,
    `to flash it: ${toBootLoader}`,
  );
}
