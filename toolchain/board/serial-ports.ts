import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { THIS_MACHINE } from "./machine";
import type { Machine } from "./machine";
import { knownUsb, usbText } from "./usb-ids";
import type { KnownUsb, UsbId } from "./usb-ids";

/** A serial port that is there. */
export interface SerialPortFound {
  /** As `/dev/ttyACM0` or `COM3`. */
  readonly path: string;
  /** Of the USB device behind it; `undefined`: none, or not known on this machine. */
  readonly usb: UsbId | undefined;
  /** What the USB device calls itself; empty when it does not. */
  readonly product: string;
  readonly known: KnownUsb | undefined;
  /** False: this account may not use it. */
  readonly mayUse: boolean;
}

/**
 * The serial ports behind USB. On Linux they are read from `/sys`, which needs no udev; elsewhere the package `serialport` lists
 * them. Sorted by name.
 */
export async function listSerialPorts(machine: Machine = THIS_MACHINE): Promise<SerialPortFound[]> {
  const ports = machine.platform === "linux" ? await linuxPorts(machine) : await listedPorts(machine);
  return ports.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
}

/** A port in one line: its name and what is behind it. */
export function portText({ path, usb, product, known }: SerialPortFound): string {
  if (usb === undefined) return path;
  const what = known?.what ?? (product === "" ? "unknown device" : product);
  return `${path} (${what}, ${usbText(usb)})`;
}

async function linuxPorts(machine: Machine): Promise<SerialPortFound[]> {
  const folder = machine.at("/sys/class/tty");
  const ports: SerialPortFound[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const device = await realpath(join(folder, name, "device")).catch(() => undefined);
    const found = device === undefined ? undefined : await usbAbove(device, machine.at("/sys"));
    if (found === undefined) continue;
    const path = `/dev/${name}`;
    const mayUse = await machine.mayUse(machine.at(path));
    ports.push({ path, usb: found.usb, product: found.product, known: knownUsb(found.usb), mayUse });
  }
  return ports;
}

/** The USB device that a device of `/sys` belongs to: the nearest folder above with its ids. */
async function usbAbove(device: string, top: string): Promise<{ usb: UsbId; product: string } | undefined> {
  const end = await realpath(top).catch(() => top);
  for (let folder = device; folder.startsWith(end) && folder !== end; folder = dirname(folder)) {
    const usb = await readUsbId(folder);
    if (usb !== undefined) return { usb, product: await readLine(join(folder, "product")) };
  }
  return undefined;
}

async function readUsbId(folder: string): Promise<UsbId | undefined> {
  const vendor = await readLine(join(folder, "idVendor"));
  return vendor === "" ? undefined : { vendor, product: await readLine(join(folder, "idProduct")) };
}

function readLine(file: string): Promise<string> {
  return readFile(file, "utf8").then(
    (text) => text.trim(),
    () => "",
  );
}

/** The USB devices that belong to boards, whether or not they are serial ports; Linux only. */
export async function listBoardUsb(machine: Machine = THIS_MACHINE): Promise<{ usb: UsbId; known: KnownUsb }[]> {
  const folder = machine.at("/sys/bus/usb/devices");
  const devices: { usb: UsbId; known: KnownUsb }[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const usb = await readUsbId(join(folder, name));
    const known = usb === undefined ? undefined : knownUsb(usb);
    if (usb !== undefined && known !== undefined) devices.push({ usb, known });
  }
  return devices;
}

async function listedPorts(machine: Machine): Promise<SerialPortFound[]> {
  const { SerialPort } = await import("serialport");
  const ports: SerialPortFound[] = [];
  for (const { path, vendorId, productId, manufacturer } of await SerialPort.list()) {
    if (vendorId === undefined) continue;
    const usb = { vendor: vendorId.toLowerCase(), product: (productId ?? "").toLowerCase() };
    // macOS names each port twice; a program that calls out uses the other name.
    const usable = path.replace("/dev/tty.", "/dev/cu.");
    const mayUse = machine.platform === "win32" || (await machine.mayUse(usable));
    ports.push({ path: usable, usb, product: manufacturer ?? "", known: knownUsb(usb), mayUse });
  }
  return ports;
}
