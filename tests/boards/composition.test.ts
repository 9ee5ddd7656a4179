import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPumpFile } from "../../config/read-pump";
import { Pump } from "../../src/pump";
import { JournalCode } from "../../src/record/journal";
import { StateRecord } from "../../src/record/state-record";
import { BoardPart, FaultKind } from "../../src/safety/fault";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { generatedParts } from "../../toolchain/devicescript/generated-parts";
import { REFERENCE_PUMP } from "../src/reference-pump";
import { OPEN_BOARD_IMPORTS, openBoard } from "./open-board";
import { FULLEST_PUMP as FULLEST, runProbe } from "./probe";

const ROOT = checkoutRoot();
const DEFAULT = JSON.parse(readFileSync(join(ROOT, "devs.config.json"), "utf8")) as Record<string, unknown>;
const folder = mkdtempSync(join(tmpdir(), "minim-pump-"));

afterAll(() => rmSync(folder, { recursive: true }));

function partsOf(changes: object): string {
  return generatedParts(readPumpFile(JSON.stringify({ ...DEFAULT, ...changes }), "p.json"), "p.json");
}

/** The text of the modules that a generated module joins. */
function imported(text: string): string[] {
  return [...text.matchAll(/^import \{ .* \} from "(.*)";$/gm)].map(([, module = ""]) => module);
}

test("each declared part is joined by its own module, and one that is not declared by none (MEM-005)", () => {
  expect(imported(partsOf({}))).toEqual(["../memory/no-memory"]);
  const parts: [changes: object, module: string][] = [
    [{ memory: "settings" }, "../memory/settings-memory"],
    [{ memory: { chip: "FM24V10", address: "0x54" } }, "../memory/fram-store"],
    [{ clockChip: "DS3231" }, "../clock/clock-chip"],
    [{ encoder: { countsPerRevolution: 3 } }, "../sensors/roller-index"],
    [{ occlusion: { switch: "opens" } }, "../sensors/alarm-switch"],
    [{ board: "pump_pico", airSensor: { air: "low" } }, "../sensors/alarm-switch"],
    [{ battery: { low: "3.5 V", out: "3.2 V", divider: 2 } }, "../sensors/supply-voltage"],
    [{ supervisor: "yes" }, "../supervisor"],
  ];
  for (const [changes, module] of parts) expect(imported(partsOf(changes))).toContain(module);
  expect(partsOf({ memory: { chip: "FM24V10", address: "0x54" } })).toContain("new FramStore(84, 131072)");
});

test("switch levels and pressure marks are those of the data sheet, at the pin", () => {
  const text = readFileSync(join(ROOT, FULLEST), "utf8");
  const parts = generatedParts(readPumpFile(text, FULLEST), FULLEST);
  // 0.5 V at no pressure and 20 mV a kPa, halved by the divider: blocked at 80 kPa, open at 64 kPa.
  expect(parts).toContain('{"fullScaleMv":3100,"blockedMv":1050,"openMv":890,"leastMv":125,"mostMv":2675}');
  const levels = (occlusion: object): string[] =>
    [...partsOf({ occlusion }).matchAll(/GPIOMode\.(\w+), ([01])/g)].map(([, mode, level]) => `${mode} ${level}`);
  expect(levels({ switch: "opens" })).toEqual(["InputPullUp 1"]);
  expect(levels({ switch: "closes" })).toEqual(["InputPullUp 0"]);
});

test("what a board's program is made of: all parts that are declared, and none of the others (MEM-005)", async () => {
  const names = async (pumpFile?: string): Promise<string[]> => {
    const built = await buildProgram({ root: ROOT, entry: "boards/pump_esp32.ts", pumpFile, name: "composition" });
    return built.sizes.functions.map(({ name }) => name);
  };
  const optional = [
    "FramStore",
    "ClockChip",
    "RollerIndex",
    "AlarmSwitch",
    "LinePressure",
    "SupplyVoltage",
    "superviseBy",
  ];
  expect((await names()).filter((name) => optional.includes(name))).toEqual([]);
  expect(await names(FULLEST)).toEqual(expect.arrayContaining(optional));
});

/** A board whose pins lead nowhere and whose bus answers nothing, as `boards/pump_*.ts` runs it. */
const BARE_BOARD = `${OPEN_BOARD_IMPORTS}
function silent(): number {
  return -1;
}
${openBoard({ level: 0, answer: "silent" })}
await pumpOnOpenBoard();
`;

test.each<[string, object, BoardPart]>([
  ["memory", { memory: { chip: "MB85RC256V" }, clockChip: "DS3231" }, BoardPart.memory],
  ["clock chip", { clockChip: "DS3231" }, BoardPart.clockChip],
])(
  "a declared %s that does not answer at the start leaves the pump in its safe state, by name (MEM-006)",
  async (what, changes, part) => {
    const file = join(folder, `${what.replace(" ", "-")}.json`);
    writeFileSync(file, JSON.stringify({ ...DEFAULT, ...changes }));
    const entry = "boards/bare-board.ts";
    const { image } = await buildProgram({
      root: ROOT,
      entry,
      pumpFile: relative(ROOT, file),
      extraSources: new Map([[entry, BARE_BOARD]]),
    });
    const { lines, panicCode } = await runProbe(image);
    expect(panicCode).toBe(0);
    const entries = lines.flatMap((line) => {
      const [, numbers] = /journal ([-\d ]+)/.exec(line) ?? [];
      return numbers === undefined ? [] : [numbers.trim().split(" ").map(Number)];
    });
    const faults = entries.filter(([code]) => code === Number(JournalCode.fault));
    expect(faults.map(([, , kind, about]) => [kind, about])).toEqual([[FaultKind.missingPart, part]]);
  },
);

test("an analog sensor that gives less or more than a sound one counts as missing (MEM-006)", async () => {
  const { expectReading } = (await import(/* @vite-ignore */ `../../boards/${"missing-part"}`)) as {
    expectReading: (pump: Pump, part: BoardPart, pin: { value: number }, least: number, most: number) => void;
  };
  const missingAt = (value: number): number => {
    const pump = new Pump(REFERENCE_PUMP, new StateRecord());
    expectReading(pump, BoardPart.pressureSensor, { value }, 0.04, 0.86);
    return pump.fault === FaultKind.missingPart ? pump.faultA : 0;
  };
  expect([0.04, 0.5, 0.86].map(missingAt)).toEqual([0, 0, 0]);
  expect([0, 0.039, 0.87, 1].map(missingAt)).toEqual([3, 3, 3, 3]);
  const parts = partsOf({ battery: { low: "3.5 V", out: "3.2 V", divider: 2 } });
  // A quarter of 3.2 V, of 5.8 V that the ESP32-C3's converter reads behind the divider.
  expect(parts).toContain("expectReading(pump, BoardPart.batteryDivider, pins.BATTERY, 0.1379, 1);");
});
