import { realpath } from "node:fs/promises";
import { BadInput } from "../../config/bad-input";
import { isBootDrive, listBootDrives, unmountedBootDrive } from "../../toolchain/board/boot-drives";
import type { Chip } from "../../toolchain/board/chip";
import { INSTALL_ESPTOOL, isNewEnough, OLDEST_ESPTOOL } from "../../toolchain/board/esptool";
import type { Esptool } from "../../toolchain/board/esptool";
import { listSerialPorts, portText } from "../../toolchain/board/serial-ports";
import type { SerialPortFound } from "../../toolchain/board/serial-ports";
import { BadUsage } from "../bad-usage";
import type { FlashHost } from "./flash-host";
import { PORT_PERMISSION, UDEVADM_WANTED } from "../../toolchain/board/port-advice";

/** A board in its boot loader, or on a port, that is ready to take an image. */
export type FlashTarget =
  | { readonly kind: "serial"; readonly port: SerialPortFound; readonly esptool: Esptool }
  | { readonly kind: "drive"; readonly drive: string };

/** Finds the one place where an image for `chip` can go. Throws {@link BadUsage} or `BadInput`, with what to do, when there is none or more than one. */
export async function findTarget(
  chip: Chip,
  options: { readonly port?: string; readonly drive?: string },
  host: FlashHost,
): Promise<FlashTarget> {
  if (chip.family === "rp2040") {
    if (options.port !== undefined)
      throw new BadUsage("--port is for an ESP32; an RP2040 is flashed by a copy to its boot drive: --drive FOLDER");
    return { kind: "drive", drive: await oneDrive(options.drive, host) };
  }
  if (options.drive !== undefined)
    throw new BadUsage("--drive is for an RP2040; an ESP32 has a serial port: --port PORT");
  const port = await findPort(chip, options.port, host);
  const esptool = await usableEsptool(host);
  if (!(await host.canListPorts())) throw new BadUsage(UDEVADM_WANTED);
  return { kind: "serial", port, esptool };
}

/** The serial port of an attached board with this chip: the one that is named, or the only one that can be it. Throws as {@link findTarget} does. */
export async function findPort(chip: Chip, named: string | undefined, host: FlashHost): Promise<SerialPortFound> {
  const ports = await listSerialPorts(host.machine);
  const port = named === undefined ? onlyPort(chip, ports) : await namedPort(chip, named, ports);
  if (!port.mayUse) throw new BadInput(port.path, 0, `no permission to use this port: ${PORT_PERMISSION}`);
  return port;
}

function onlyPort(chip: Chip, ports: readonly SerialPortFound[]): SerialPortFound {
  const fitting = ports.filter(({ known }) => known?.archIds.includes(chip.archId) === true);
  const [first, ...others] = fitting;
  if (first === undefined) {
    const there = ports.length === 0 ? "no serial port behind USB" : `only ${ports.map(portText).join(", ")}`;
    const boot = chip.family === "esp32" ? ", if need be while BOOT is held" : "";
    throw new BadUsage(
      `no ${chip.name} is attached (there is ${there}): plug it in with a cable that carries data${boot}; or name the port: --port PORT`,
    );
  }
  if (others.length === 0) return first;
  throw new BadUsage(
    `more than one port can be the board: ${fitting.map(portText).join(", ")}; say which: --port PORT`,
  );
}

async function namedPort(chip: Chip, named: string, ports: readonly SerialPortFound[]): Promise<SerialPortFound> {
  // Also by a name in /dev/serial/by-id, which stays the same.
  const path = await realpath(named).catch(() => named);
  const port = ports.find((candidate) => candidate.path === path || candidate.path === named);
  if (port === undefined) {
    const there = ports.length === 0 ? "there are none" : `there are ${ports.map(portText).join(", ")}`;
    throw new BadInput(named, 0, `there is no such serial port behind USB (${there})`);
  }
  if (port.known !== undefined && !port.known.archIds.includes(chip.archId))
    throw new BadInput(named, 0, `this is ${port.known.what}, and no ${chip.name}`);
  return port;
}

async function usableEsptool(host: FlashHost): Promise<Esptool> {
  const esptool = await host.findEsptool();
  if (esptool === undefined)
    throw new BadUsage(`esptool, which writes the flash of an ESP32, is not installed: ${INSTALL_ESPTOOL}`);
  if (isNewEnough(esptool)) return esptool;
  throw new BadUsage(
    `esptool ${esptool.version} is too old, ${OLDEST_ESPTOOL} or newer is wanted: pip install --upgrade esptool`,
  );
}

async function oneDrive(named: string | undefined, host: FlashHost): Promise<string> {
  if (named !== undefined) {
    if (!(await isBootDrive(host.machine.at(named))))
      throw new BadInput(named, 0, "this is no boot drive of an RP2040: it has no INFO_UF2.TXT that says RPI-RP2");
    return usableDrive(named, host);
  }
  const [first, ...others] = await listBootDrives(host.machine);
  if (first === undefined) {
    const device = await unmountedBootDrive(host.machine);
    throw new BadUsage(
      device === undefined
        ? "no RP2040 is attached in its boot loader: unplug the board, hold BOOTSEL, plug it in with a cable that carries data, let go; its drive RPI-RP2 comes up"
        : `the boot drive of an RP2040 is attached and not mounted: udisksctl mount -b ${device}`,
    );
  }
  if (others.length > 0)
    throw new BadUsage(
      `more than one boot drive is there: ${[first, ...others].join(", ")}; say which: --drive FOLDER`,
    );
  return usableDrive(first, host);
}

async function usableDrive(drive: string, host: FlashHost): Promise<string> {
  if (await host.machine.mayUse(host.machine.at(drive))) return drive;
  throw new BadInput(drive, 0, "no permission to write to this drive: mount it for your account, with udisksctl");
}
