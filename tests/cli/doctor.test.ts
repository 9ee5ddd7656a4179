import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FlashHost } from "../../cli/board/flash-host";
import { doctor } from "../../cli/commands/doctor";
import { SYSTEM_TIMERS } from "../../link/timers";
import { CHIPS } from "../../toolchain/board/chip";
import { FIRMWARE_FOLDER } from "../../toolchain/board/firmware";
import { checkoutRoot } from "../../toolchain/checkout";
import { checkoutWith, writeIn } from "../toolchain/checkout-copy";
import { fakeMachine } from "../toolchain/device-tree";
import type { FakeDisk, FakeUsb } from "../toolchain/device-tree";
import { fakeFirmware } from "../toolchain/fake-firmware";
import { jsonLines } from "./captured-terminal";
import { textTerminal } from "./text-terminal";

const COPIED = ["src", "boards", "services", "bin", "devs.config.json", "package.json", "package-lock.json"];
const LIBRARY = "node_modules/@devicescript/core/src/devicescript-boards.d.ts";
const LOCK = "node_modules/.package-lock.json";

interface Around extends FakeDisk {
  readonly devices?: readonly FakeUsb[];
  readonly esptool?: string;
}

function host(root: string, { devices = [], esptool, ...disk }: Around = {}): FlashHost {
  return {
    root,
    machine: fakeMachine(devices, disk),
    findEsptool: () => Promise.resolve(esptool === undefined ? undefined : { command: "esptool", version: esptool }),
    canListPorts: () => Promise.resolve(esptool !== undefined),
    openSerial: () => Promise.reject(new Error("doctor opens no port")),
    timers: SYSTEM_TIMERS,
    ask: () => Promise.reject(new Error("doctor asks nobody")),
  };
}

async function looked(options: { board?: string }, at: FlashHost) {
  const terminal = textTerminal();
  const exitCode = await doctor({ ...options, json: true }, terminal, at);
  const findings = jsonLines(terminal.stdout());
  const verdicts = Object.fromEntries(findings.map(({ what, verdict }) => [what, verdict])) as Record<string, string>;
  const fixes = Object.fromEntries(findings.map(({ what, fix }) => [what, fix])) as Record<string, string>;
  return { exitCode, findings, verdicts, fixes };
}

const SIMULATOR = ["Node", "packages", "DeviceScript", "library files", "pump file", "build"];

describe("minim doctor", () => {
  test("in this checkout, without a board, finds all that the simulator needs; a board's things are warnings (TLC-007)", async () => {
    const { exitCode, verdicts, findings } = await looked({}, host(checkoutRoot()));
    expect(SIMULATOR.map((what) => verdicts[what])).toStrictEqual(SIMULATOR.map(() => "ok"));
    expect(exitCode).toBe(0);
    expect(findings.filter(({ group }) => group === "board").some(({ verdict }) => verdict === "missing")).toBe(false);
    expect(verdicts["esptool"]).toBe("warning");
    // Whoever names a board wants it.
    const wanted = await looked({ board: "pump_esp32c3" }, host(checkoutRoot()));
    expect(wanted.exitCode).toBe(1);
    expect(wanted.verdicts).toMatchObject({ esptool: "missing", "port list": "missing", board: "missing" });
    // devs.config.json declares no FRAM: fine for the dry run, and no therapy.
    expect(wanted.verdicts["memory"]).toBe("warning");
    expect(wanted.fixes["memory"]).toContain('"memory": { "chip": "MB85RC256V" }');
    expect(wanted.fixes["esptool"]).toContain("pip install esptool");
    expect(wanted.fixes["port list"]).toBe("sudo apt install udev");
  });

  test("says in two lines what is missing and what mends it, and all in one exit code", async () => {
    const terminal = textTerminal();
    expect(await doctor({ board: "pump_pico" }, terminal, host(checkoutRoot()))).toBe(1);
    expect(terminal.stdout()).toMatch(/ {2}✗ missing {2}board: none attached\n {13}unplug it, hold BOOTSEL/);
    expect(terminal.stdout()).toMatch(/! warning {2}RP2040 firmware: .*freezes within seconds to minutes/);
    expect(terminal.stdout()).toMatch(/Something that is needed is missing\.\n$/);
  });

  test("finds each thing that the simulator lacks, one by one (TLC-007)", async () => {
    // Without packages to speak of, and with a program that needs none of the checkout's sources.
    const root = checkoutWith({}, COPIED);
    const program = 'import { pins } from "@dsboard/pump_pico";\nconsole.log(pins.EN);\n';
    writeIn(root, "boards/pump_pico.ts", program);
    writeIn(root, "package-lock.json", '{"packages":{"node_modules/a":{"version":"1.0.0","integrity":"x"}}}');
    const bare = await looked({ board: "pump_pico" }, host(root));
    expect(bare.verdicts).toMatchObject({
      Node: "ok",
      packages: "missing",
      DeviceScript: "ok",
      "library files": "missing",
    });
    expect(bare.fixes).toMatchObject({ packages: "npm ci", "library files": "node bin/setup.mjs" });
    expect(bare.verdicts["build"]).toBe("ok");

    writeIn(root, LOCK, '{"packages":{"node_modules/a":{"version":"1.0.0","integrity":"x"}}}');
    writeIn(root, LIBRARY, "");
    writeIn(root, "package.json", '{"name":"minim","engines":{"node":">=99.1"}}');
    writeIn(root, "boards/pump_pico.ts", `let x = 1;\nx ||= 2;\n${program}`);
    writeIn(root, "devs.config.json", "{}");
    const spoilt = await looked({}, host(root));
    expect(spoilt.exitCode).toBe(1);
    expect(spoilt.verdicts).toMatchObject({
      Node: "missing",
      packages: "ok",
      "library files": "ok",
      "pump file": "missing",
    });
    expect(spoilt.findings.find(({ what }) => what === "pump file")?.["found"]).toMatch(/^devs\.config\.json:1: /);
    expect(
      (await looked({ board: "pump_pico" }, host(root))).findings.find(({ what }) => what === "build"),
    ).toMatchObject({
      verdict: "missing",
      fix: "npx minim build --board pump_pico",
    });
    rmSync(join(root, "node_modules/@devicescript/cli"));
    const without = await looked({ board: "pump_pico" }, host(root));
    expect(without.verdicts).toMatchObject({ DeviceScript: "missing", build: "missing" });
  });

  test("finds firmware, ports, permissions and boot drives (TLC-007)", async () => {
    const root = checkoutRoot();
    const c3: FakeUsb = { id: "303a:1001", tty: "ttyACM0" };
    const there = await looked({ board: "pump_esp32c3" }, host(root, { devices: [c3], esptool: "4.8.1" }));
    expect(there.verdicts).toMatchObject({ esptool: "ok", "port list": "ok", board: "ok" });
    const locked = await looked(
      { board: "pump_esp32c3" },
      host(root, { devices: [{ ...c3, mayUse: false }], esptool: "4.4" }),
    );
    expect(locked.verdicts).toMatchObject({ esptool: "missing", "port permission": "missing" });
    expect(locked.fixes["port permission"]).toContain("usermod -aG dialout");

    const pico = async (around: Around) => (await looked({ board: "pump_pico" }, host(root, around))).findings;
    const boardOf = async (around: Around) => (await pico(around)).find(({ what }) => what === "board");
    expect(await boardOf({ bootDrive: "/media/me/RPI-RP2" })).toMatchObject({ verdict: "ok" });
    expect(await boardOf({ unmounted: "sdb" })).toMatchObject({
      verdict: "missing",
      fix: "udisksctl mount -b /dev/sdb1",
    });
    expect(await boardOf({ devices: [{ id: "2e8a:420a", tty: "ttyACM0" }] })).toMatchObject({ verdict: "warning" });
  });
});

test("a firmware at hand that is spoilt is no firmware (TLC-007)", async () => {
  const root = checkoutWith({}, ["bin", "package.json", "boards/pump_pico.board.json", "devs.config.json"]);
  writeIn(root, "boards/pump_pico.ts", "console.log(1);\n");
  const file = CHIPS.find(({ archId }) => archId === "rp2040")?.firmwareFile ?? "";
  writeIn(root, `${FIRMWARE_FOLDER}/${file}`, "");
  const firmware = async () => {
    const { findings } = await looked({ board: "pump_pico" }, host(root));
    return findings.find(({ what }) => what === "firmware for RP2040");
  };
  expect(await firmware()).toMatchObject({ verdict: "missing", found: expect.stringContaining("too few") as string });
  writeFileSync(join(root, FIRMWARE_FOLDER, file), fakeFirmware("rp2040"));
  expect(await firmware()).toMatchObject({ verdict: "ok" });
});
