import { describe, expect, test } from "vitest";
import { listBootDrives, unmountedBootDrive } from "../../toolchain/board/boot-drives";
import { findEsptool, isNewEnough } from "../../toolchain/board/esptool";
import { listBoardUsb, listSerialPorts, portText } from "../../toolchain/board/serial-ports";
import { fakeMachine } from "./device-tree";
import { fakePrograms } from "./fake-programs";

describe("what is attached is read from the machine's own tree", () => {
  test("serial ports behind USB, with what they are and whether they may be used (TLC-004)", async () => {
    const machine = fakeMachine([
      { id: "10c4:ea60", product: "CP2102N USB to UART Bridge", tty: "ttyUSB10" },
      { id: "303a:1001", product: "USB JTAG/serial debug unit", tty: "ttyACM0", mayUse: false },
      { id: "1a86:7523", tty: "ttyUSB2" },
      { id: "046d:c52b", product: "a mouse" },
      { id: "2341:0043", product: "Arduino Uno", tty: "ttyACM1" },
      { id: "2e8a:420a", tty: "ttyACM2" },
    ]);
    const ports = await listSerialPorts(machine);
    expect(ports.map(portText)).toStrictEqual([
      "/dev/ttyACM0 (USB of the ESP32-C3 itself, 303a:1001)",
      "/dev/ttyACM1 (Arduino Uno, 2341:0043)",
      "/dev/ttyACM2 (RP2040 that runs DeviceScript, 2e8a:420a)",
      "/dev/ttyUSB2 (CH34x serial bridge, 1a86:7523)",
      "/dev/ttyUSB10 (CP210x serial bridge, 10c4:ea60)",
    ]);
    expect(ports.map(({ mayUse }) => mayUse)).toStrictEqual([false, true, true, true, true]);
    expect(ports.map(({ known }) => known?.archIds.join())).toStrictEqual([
      "esp32c3",
      undefined,
      "rp2040",
      "esp32,esp32c3",
      "esp32,esp32c3",
    ]);
    expect((await listBoardUsb(machine)).map(({ usb }) => usb.vendor)).not.toContain("046d");
    expect(await listSerialPorts(fakeMachine([]))).toStrictEqual([]);
  });

  test("boot drives of an RP2040, wherever they are mounted, and those that are not (TLC-004)", async () => {
    const mounted = fakeMachine([], { bootDrive: "/run/media/me too/RPI-RP2" });
    expect(await listBootDrives(mounted)).toStrictEqual(["/run/media/me too/RPI-RP2"]);
    expect(await unmountedBootDrive(mounted)).toBeUndefined();
    const waiting = fakeMachine([{ id: "2e8a:0003" }], { unmounted: "sdb" });
    expect(await listBootDrives(waiting)).toStrictEqual([]);
    expect(await unmountedBootDrive(waiting)).toBe("/dev/sdb1");
  });
});

test("esptool is found under each of its names and in each of its ways to say which it is (TLC-004)", async () => {
  const found = async (programs: Record<string, string>) => findEsptool({ PATH: fakePrograms(programs) });
  expect(await found({})).toBeUndefined();
  const four = await found({ "esptool.py": 'echo "esptool.py v4.8.1"; echo 4.8.1' });
  expect(four).toStrictEqual({ command: "esptool.py", version: "4.8.1" });
  // From release 5 on it has another name, by which DeviceScript does not find it.
  expect(await found({ esptool: 'echo "esptool v5.0.2"' })).toStrictEqual({ command: "esptool", version: "5.0.2" });
  const module = await found({ python3: '[ "$1 $2 $3" = "-m esptool version" ] && echo "esptool.py v4.4"' });
  expect(module).toStrictEqual({ command: "python3 -m esptool", version: "4.4" });
  expect([four, module].map((tool) => tool !== undefined && isNewEnough(tool))).toStrictEqual([true, false]);
  // A tool that is there and fails is none.
  expect(await found({ esptool: 'echo "esptool v5.0.2"; exit 1' })).toBeUndefined();
});
