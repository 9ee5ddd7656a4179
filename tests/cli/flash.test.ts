import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { FlashHost } from "../../cli/board/flash-host";
import type { FlashOptions } from "../../cli/board/flash-options";
import { flash } from "../../cli/commands/flash";
import { BadInput, describeBadInput } from "../../config/bad-input";
import { SYSTEM_TIMERS } from "../../link/timers";
import { CHIPS } from "../../toolchain/board/chip";
import { FIRMWARE_FOLDER } from "../../toolchain/board/firmware";
import { checkoutRoot } from "../../toolchain/checkout";
import { checkoutWith } from "../toolchain/checkout-copy";
import { fakeMachine } from "../toolchain/device-tree";
import type { FakeDisk, FakeUsb } from "../toolchain/device-tree";
import { fakeFirmware } from "../toolchain/fake-firmware";
import { fakePrograms } from "../toolchain/fake-programs";
import { jsonLines, minim } from "./captured-terminal";
import { textTerminal } from "./text-terminal";

const BOARDS = { trial_pico: "rp2040", trial_c3: "esp32c3", trial_esp32: "esp32" } as const;
const C3: FakeUsb = { id: "303a:1001", product: "USB JTAG/serial debug unit", tty: "ttyACM0" };
const BRIDGE: FakeUsb = { id: "10c4:ea60", tty: "ttyUSB0" };
const ESPTOOL = { command: "esptool", version: "5.0.2" };

/** A checkout with small programs for three boards, and firmware at hand for those that are named. */
function checkout(...firmware: (typeof BOARDS)[keyof typeof BOARDS][]): string {
  const files: Record<string, string> = {};
  for (const [board, archId] of Object.entries(BOARDS)) {
    const pins = { EN: 4 };
    files[`boards/${board}.board.json`] = JSON.stringify({ devName: board, productId: "0x36b950ee", archId, pins });
    files[`boards/${board}.ts`] = `import { pins } from "@dsboard/${board}";\nconsole.log("on ${board}", pins.EN);\n`;
  }
  const root = checkoutWith(files);
  for (const { archId, firmwareFile } of CHIPS) {
    mkdirSync(join(root, FIRMWARE_FOLDER), { recursive: true });
    const known = firmware.find((wanted) => wanted === archId);
    if (known !== undefined) writeFileSync(join(root, FIRMWARE_FOLDER, firmwareFile), fakeFirmware(known));
  }
  return root;
}

function hostWith(root: string, devices: readonly FakeUsb[], disk?: FakeDisk): FlashHost {
  return {
    root,
    machine: fakeMachine(devices, disk),
    findEsptool: () => Promise.resolve(ESPTOOL),
    canListPorts: () => Promise.resolve(true),
    openSerial: () => Promise.reject(new Error("not in this test")),
    timers: SYSTEM_TIMERS,
    ask: () => Promise.reject(new Error("nobody is to be asked")),
  };
}

async function flashed(options: FlashOptions, host: FlashHost) {
  const terminal = textTerminal();
  const exitCode = await flash(options, terminal, host);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

async function refusal(options: FlashOptions, host: FlashHost): Promise<string> {
  const failure: unknown = await flashed(options, host).catch((error: unknown) => error);
  if (failure instanceof BadInput) return describeBadInput(failure);
  return failure instanceof Error ? failure.message : "not refused";
}

/** What `udevadm info -e` says of a port, for DeviceScript's own look. */
const UDEVADM = `echo "P: /devices/x"; echo "N: ttyACM0"; echo "E: DEVNAME=/dev/ttyACM0"; echo "E: SUBSYSTEM=tty"; echo "E: ID_VENDOR_ID=303a"; echo "E: ID_MODEL_ID=1001"; echo`;

describe("an ESP32-C3", () => {
  test("gets the bundle by DeviceScript's own tool and esptool, whose words are shown, and whose failure is one (TLC-005)", async () => {
    const root = checkout("esp32c3");
    const seen = join(root, "esptool-arguments");
    const esptool = `[ "$1" = version ] || echo "$@" >>${seen}`;
    const path = fakePrograms({ udevadm: UDEVADM, esptool });
    vi.stubEnv("PATH", `${path}:${process.env["PATH"] ?? ""}`);
    const asked: string[] = [];
    const answers = ["no", "yes"];
    const ask = (question: string) => Promise.resolve(answers[asked.push(question) - 1]);
    const host = { ...hostWith(root, [C3, { id: "2341:0043", tty: "ttyACM9" }]), ask };

    const declined = await flashed({ board: "trial_c3" }, host);
    expect(declined).toMatchObject({ exitCode: 1, stderr: "Nothing was written.\n" });
    expect(existsSync(seen)).toBe(false);

    const done = await flashed({ board: "trial_c3", baud: 460800 }, host);
    expect(asked[1]).toBe("Flash trial_c3 by /dev/ttyACM0 (USB of the ESP32-C3 itself, 303a:1001)? Type yes: ");
    expect(done.exitCode).toBe(0);
    expect(done.stderr).toContain("using serial port /dev/ttyACM0 at 460800");
    const told = /--port (\S+) --baud (\d+) write_flash (\S+) (\S+)\n$/.exec(readFileSync(seen, "utf8"));
    expect(told?.slice(1, 4)).toStrictEqual(["/dev/ttyACM0", "460800", "0x0"]);
    const image = readFileSync(told?.[4] ?? "");
    expect(done.stdout).toContain(createHash("sha256").update(image).digest("hex"));

    writeFileSync(join(path, "esptool"), "#!/bin/sh\nexit 2\n");
    const failed = await flashed({ board: "trial_c3", yes: true, json: true }, host);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain("using serial port /dev/ttyACM0 at 1500000");
    expect(failed.stderr).toMatch(
      /trial_c3 was not flashed: .* esptool --port \/dev\/ttyACM0 write_flash 0x0 \S+\.bin\n$/,
    );
    expect(jsonLines(failed.stdout)).toMatchObject([
      { kind: "flashPlan", board: "trial_c3", chip: "ESP32-C3", port: "/dev/ttyACM0", bundleBytes: image.length },
      { kind: "flash", board: "trial_c3", flashed: false },
    ]);
  });

  test("that is not there, not alone, not this, or not to be used is refused with what to do (TLC-005)", async () => {
    const root = checkout();
    const c3 = { board: "trial_c3" };
    expect(await refusal(c3, hostWith(root, []))).toMatch(/^no ESP32-C3 is attached .*--port PORT$/);
    expect(await refusal(c3, hostWith(root, [{ id: "2341:0043", tty: "ttyACM0" }]))).toContain("only /dev/ttyACM0");
    expect(await refusal(c3, hostWith(root, [C3, BRIDGE]))).toContain("say which: --port PORT");
    expect(await refusal(c3, hostWith(root, [{ ...C3, mayUse: false }]))).toBe(
      "/dev/ttyACM0: no permission to use this port: sudo usermod -aG dialout $USER, then log in again (on Arch the group is uucp)",
    );
    expect(await refusal({ ...c3, port: "/dev/ttyUSB7" }, hostWith(root, [C3]))).toContain(
      "there is no such serial port",
    );
    expect(await refusal({ board: "trial_esp32", port: "/dev/ttyACM0" }, hostWith(root, [C3]))).toContain("no ESP32");
    expect(await refusal({ ...c3, drive: "/media/x" }, hostWith(root, [C3]))).toContain("--port PORT");
    const host = hostWith(root, [C3]);
    const without = (found: Partial<FlashHost>) => refusal(c3, { ...host, ...found });
    expect(await without({ findEsptool: () => Promise.resolve(undefined) })).toContain("pip install esptool");
    const old = { command: "esptool.py", version: "4.4" };
    expect(await without({ findEsptool: () => Promise.resolve(old) })).toContain(
      "esptool 4.4 is too old, 4.5 or newer",
    );
    expect(await without({ canListPorts: () => Promise.resolve(false) })).toContain("sudo apt install udev");
    expect(await refusal({ ...c3, json: true }, host)).toContain("add --yes, or --dry-run");
    expect(await refusal({ board: "trial_c4" }, host)).toContain("did you mean trial_c3?");
  });
});

describe("an RP2040", () => {
  const DRIVE = "/media/me/RPI-RP2";

  test("gets the bundle on its boot drive, after a loud word about its firmware (TLC-005)", async () => {
    const root = checkout("rp2040");
    const host = hostWith(root, [], { bootDrive: DRIVE });
    const done = await flashed({ board: "trial_pico", yes: true }, host);
    expect(done.exitCode).toBe(0);
    expect(done.stderr).toMatch(/^WARNING: .*FREEZES within seconds to minutes/);
    const sha256 = /image .* sha256 (\w{64})/.exec(done.stdout)?.[1];
    const copied = readFileSync(host.machine.at(`${DRIVE}/fw.uf2`));
    expect(createHash("sha256").update(copied).digest("hex")).toBe(sha256);

    const dry = await flashed({ board: "trial_pico", dryRun: true }, hostWith(root, []));
    expect(dry.exitCode).toBe(0);
    expect(dry.stderr).toContain("missing: no RP2040 is attached in its boot loader");
    expect(dry.stdout).toMatch(/would run: cp \.minim\/bundles\/\S+\/minim-trial_pico\.uf2 DRIVE\/fw\.uf2\n$/);
  });

  test("that is not in its boot loader, or not mounted, is refused with what to do (TLC-005)", async () => {
    const root = checkout();
    const pico = { board: "trial_pico" };
    expect(await refusal(pico, hostWith(root, []))).toContain("hold BOOTSEL");
    expect(await refusal(pico, hostWith(root, [], { unmounted: "sdb" }))).toContain("udisksctl mount -b /dev/sdb1");
    expect(await refusal({ ...pico, drive: "/proc" }, hostWith(root, []))).toContain("no boot drive of an RP2040");
    expect(await refusal({ ...pico, port: "/dev/ttyACM0" }, hostWith(root, []))).toContain("--drive FOLDER");
  });
});

test("the program alone wants no firmware, no drive, and a board that runs DeviceScript (TLC-006)", async () => {
  const root = checkout();
  const only: FlashOptions = { board: "trial_pico", programOnly: true };
  const running: FakeUsb = { id: "2e8a:420a", tty: "ttyACM3" };
  expect(await refusal({ ...only, firmware: "x" }, hostWith(root, [running]))).toContain("leave --firmware out");
  expect(await refusal({ ...only, drive: "x" }, hostWith(root, [running]))).toContain("leave --drive and --baud out");
  expect(await refusal(only, hostWith(root, []))).toMatch(/^no RP2040 is attached/);
  const dry = await flashed({ ...only, dryRun: true, json: true }, hostWith(root, [running]));
  expect(jsonLines(dry.stdout)).toMatchObject([{ kind: "flashPlan", board: "trial_pico", port: "/dev/ttyACM3" }]);
});

test.each([
  [["flash", "--board", "pump_pic"], "did you mean pump_pico?"],
  [["flash", "--program", "dryrun"], "did you mean dry-run?"],
  [["flash", "--baud", "fast"], "A whole number from 9600 to 3000000"],
  [["flash", "--json"], "add --yes, or --dry-run"],
  [["build", "--program", "purge"], "a purge needs --volume, the most that it moves from one start to the next"],
  [["flash", "--volume", "1 mL"], "--volume is for --program purge"],
  [["build", "--program", "purge", "--volume", "0.5"], "30 uL"],
  [["build", "--program", "purge", "--volume", "6 mL"], "from 563 nL to 5 mL is wanted, not 6 mL"],
  [["flash", "--program", "purge", "--volume", "1 mL", "--board", "pump_pico"], "the purge is for ESP32 boards"],
  [["build", "--firmware", "/nowhere/at/all"], "there is no such file or folder with firmware"],
  [["doctor", "--board", "pump_pic"], "did you mean pump_pico?"],
])("bad input, %j: one clear line, exit 2, nothing on stdout", async (args, part) => {
  const { exitCode, stdout, stderr } = await minim(...args);
  expect({ exitCode, stdout: args.includes("--json") ? "" : stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(part);
});

test.each([true, undefined])(
  "what a purge does to the pump is told before anything else, program only: %s (BRD-007)",
  async (programOnly) => {
    const options = { board: "pump_esp32c3", program: "purge", volume: 500000, dryRun: true } as const;
    const host = hostWith(checkoutRoot(), [C3]);
    const said = await flashed({ ...options, ...(programOnly === true ? { programOnly } : {}) }, host);
    expect(said.exitCode).toBe(0);
    expect(said.stderr).toMatch(
      /^This puts the purge in the place of the pump: .* takes the prescription out of force/,
    );
    expect(said.stderr).toContain("There is no pump on the board until it is flashed again");
  },
);

test("the dry run of a board is built by its name, and is another program than the pump (TLC-001)", async () => {
  const [dry] = jsonLines((await minim("build", "--board", "pump_pico", "--program", "dry-run", "--json")).stdout);
  const [pump] = jsonLines((await minim("build", "--board", "pump_pico", "--json")).stdout);
  expect(dry).toMatchObject({ kind: "build", board: "pump_pico" });
  expect(Number(dry?.["codeBytes"])).toBeLessThan(Number(pump?.["codeBytes"]) / 2);
  expect(dry?.["program"]).not.toBe(pump?.["program"]);
});
