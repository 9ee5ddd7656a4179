import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { machineBelow } from "../../toolchain/board/machine";
import type { Machine } from "../../toolchain/board/machine";
import { folderWith, writeIn } from "./checkout-copy";

/** A USB device of a machine that is made up. */
export interface FakeUsb {
  /** As `303a:1001`. */
  readonly id: string;
  readonly product?: string;
  /** Name of its serial port, as `ttyACM0`. */
  readonly tty?: string;
  /** False: this account may not use the port. */
  readonly mayUse?: boolean;
}

/** What else there is. */
export interface FakeDisk {
  /** Folder of a mounted boot drive of an RP2040, as `/media/me/RPI-RP2`. */
  readonly bootDrive?: string;
  /** A boot drive that is attached and not mounted, as `sdb`. */
  readonly unmounted?: string;
}

/** A machine with these devices, laid out as Linux does it; removed when the test is over. */
export function fakeMachine(devices: readonly FakeUsb[], disk: FakeDisk = {}): Machine {
  const root = folderWith({ "proc/mounts": "/dev/root / ext4 rw 0 0\n" });
  // A port of the machine's own, which no USB is behind.
  writeIn(root, "sys/devices/pnp/00:01/name", "serial\n");
  link(root, "sys/class/tty/ttyS0/device", "sys/devices/pnp/00:01");
  for (const [index, device] of devices.entries()) addUsb(root, `1-${index + 1}`, device);
  if (disk.bootDrive !== undefined) {
    writeIn(
      root,
      join(disk.bootDrive, "INFO_UF2.TXT"),
      "UF2 Bootloader v3.0\nModel: Raspberry Pi RP2\nBoard-ID: RPI-RP2\n",
    );
    const folder = disk.bootDrive.replaceAll(" ", "\\040");
    writeIn(root, "proc/mounts", `/dev/root / ext4 rw 0 0\n/dev/sdb1 ${folder} vfat rw 0 0\n`);
  }
  if (disk.unmounted !== undefined) {
    writeIn(root, `sys/block/${disk.unmounted}/device/model`, "RP2             \n");
    writeIn(root, `sys/block/${disk.unmounted}/${disk.unmounted}1/partition`, "1\n");
  }
  const machine = machineBelow(root);
  const forbidden = devices.filter(({ mayUse }) => mayUse === false).map(({ tty }) => join(root, "dev", tty ?? ""));
  return { ...machine, mayUse: (path) => (forbidden.includes(path) ? Promise.resolve(false) : machine.mayUse(path)) };
}

function addUsb(root: string, place: string, { id, product, tty }: FakeUsb): void {
  const [vendor = "", number = ""] = id.split(":");
  const device = `sys/devices/pci0000:00/usb1/${place}`;
  writeIn(root, `${device}/idVendor`, `${vendor}\n`);
  writeIn(root, `${device}/idProduct`, `${number}\n`);
  if (product !== undefined) writeIn(root, `${device}/product`, `${product}\n`);
  link(root, `sys/bus/usb/devices/${place}`, device);
  if (tty === undefined) return;
  const port = `${device}/${place}:1.0/tty/${tty}`;
  writeIn(root, `${port}/uevent`, "");
  link(root, `${port}/device`, `${device}/${place}:1.0`);
  link(root, `sys/class/tty/${tty}`, port);
  writeIn(root, `dev/${tty}`, "");
}

function link(root: string, from: string, to: string): void {
  mkdirSync(dirname(join(root, from)), { recursive: true });
  symlinkSync(join(root, to), join(root, from));
}
