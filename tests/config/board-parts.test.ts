import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../config/bad-input";
import { readPumpFile } from "../../config/read-pump";
import { toPumpConfig } from "../../config/pump-config";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { MEMORY_CHIP_BYTES } from "../../config/memory-chips";
import { checkoutRoot } from "../../toolchain/checkout";
import { generatedModules } from "../../toolchain/devicescript/generated-config";
import { jsonLines, minim } from "../cli/captured-terminal";
import { fileOf } from "../cli/scenario-texts";
import { refusal } from "./refusals";

const REFERENCE = JSON.parse(readFileSync(join(checkoutRoot(), "devs.config.json"), "utf8")) as object;
const SENSOR = { atZero: "0.5 V", atFull: "4.5 V", full: "200 kPa", blocked: "80 kPa", divider: 2 };

function pumpWith(changes: object): string {
  return JSON.stringify({ ...REFERENCE, ...changes });
}

function said(changes: object): string {
  return refusal(() => readPumpFile(pumpWith(changes), "p.json")).replace(/^p\.json:\d+: /, "");
}

describe("optional parts of a board (MEM-005)", () => {
  test("what is not declared is absent", () => {
    const { parts } = readPumpFile(pumpWith({}), "p.json");
    expect(parts).toEqual({ holdEnabled: false, supervisor: false, batteryDivider: 0 });
  });

  test("every part can be declared, and the core's numbers do not change by it but for what the core must know", () => {
    const changes = {
      board: "pump_pico",
      holdEnabled: "yes",
      memory: { chip: "MB85RC1MT", address: "0x52" },
      clockChip: "DS3231",
      supervisor: true,
      airSensor: { air: "low" },
      occlusion: { pressure: SENSOR },
      adcFullScale: "3.25 V",
    };
    const pump = readPumpFile(pumpWith(changes), "p.json");
    expect(pump.parts).toEqual({
      holdEnabled: true,
      memory: { chip: "MB85RC1MT", address: 0x52 },
      clockChip: "DS3231",
      supervisor: true,
      air: "low",
      pressure: { zeroMv: 500, fullMv: 4500, fullKpa: 200, blockedKpa: 80, divider: 2 },
      batteryDivider: 0,
      adcFullScaleMv: 3250,
    });
    const plain = readPumpFile(pumpWith({ board: "pump_pico" }), "p.json");
    expect(toPumpConfig(pump)).toEqual(toPumpConfig(plain));
    expect(readPumpFile(pumpWith({ memory: "settings" }), "p.json").parts.memory).toBe("settings");
    expect(readPumpFile(pumpWith({ memory: { chip: "FM24V05" } }), "p.json").parts.memory).toMatchObject({
      address: 80,
    });
  });

  test("every chip that can be named holds the ledger and a journal of 1,000 entries", () => {
    for (const bytes of Object.values(MEMORY_CHIP_BYTES)) expect(bytes / 4 - 1 - LEDGER_WORDS).toBeGreaterThan(3000);
  });

  test.each<[string, object, string]>([
    [
      "a pin that the board does not have",
      { airSensor: { air: "high" } },
      "airSensor: pump_esp32c3 has no pin AIR for it; it is on pump_esp32 and pump_pico",
    ],
    [
      "two users of one pin",
      { occlusion: { switch: "opens", pressure: SENSOR } },
      "occlusion.pressure: a board has one pin OCCLUSION: for a switch or for a pressure sensor",
    ],
    ["another chip", { memory: { chip: "FM24CL64B" } }, "memory"],
    ["an address that no FRAM has", { memory: { chip: "MB85RC256V", address: "0x68" } }, "memory"],
    [
      "an odd address of a chip with two",
      { memory: { chip: "FM24V10", address: "0x51" } },
      "memory.address: FM24V10 takes two addresses, and the first is even: 0x50, 0x52, 0x54 or 0x56",
    ],
    ["another clock", { clockChip: "DS1307" }, "clockChip: DS1307 is not known here; it must be DS3231"],
    [
      "no word for a switch",
      { occlusion: { switch: "open" } },
      "occlusion.switch: open is not known here; did you mean opens? (it must be one of opens, closes)",
    ],
    [
      "a sensor that falls",
      { occlusion: { pressure: { ...SENSOR, atZero: "4.6 V" } } },
      "occlusion.pressure.atZero: 4.6 V must be less than atFull, 4.5 V; a sensor whose voltage falls will not do",
    ],
    [
      "one that gives nothing without pressure",
      { occlusion: { pressure: { ...SENSOR, atZero: "0 V" } } },
      "occlusion.pressure.atZero: it must be more than 0, for example 0.5 V",
    ],
    [
      "a mark beyond the sensor",
      { occlusion: { pressure: { ...SENSOR, blocked: "200 kPa" } } },
      "occlusion.pressure.blocked: 200 kPa must be less than full, 200 kPa",
    ],
    [
      "more than the converter reads",
      { occlusion: { pressure: { ...SENSOR, divider: 1.5 } } },
      "occlusion.pressure.divider: 4.5 V by 1.5 is above what the converter reads, 2.9 V; the least divider is 1.553",
    ],
    [
      "a supply beyond the converter",
      { battery: { low: "3.5 V", out: "3.2 V", divider: 1.2 } },
      "battery.divider: 3.5 V by 1.2 is above what the converter reads, 2.9 V",
    ],
    [
      "no ratio",
      { battery: { low: "3.5 V", out: "3.2 V", divider: 0.5 } },
      "battery.divider: 0.5 is too small; the least is 1",
    ],
    ["no yes or no", { supervisor: "on" }, "supervisor"],
    ["a driver that is not there", { stepDriver: "tone" }, "stepDriver: tone is not known here; it must be pulse"],
  ])("%s is refused in one line that says what would be right", (_what, changes, message) => {
    const line = said(changes);
    expect(line.startsWith(message), line).toBe(true);
    expect(line).not.toContain("\n");
  });

  test("an encoder that a board would miss is refused by the build and by the check of its file, and fine in the simulator (TLC-010)", async () => {
    const text = pumpWith({ encoder: { countsPerRevolution: 101 } });
    expect(readPumpFile(text, "p.json").countsPerRevolution).toBe(101);
    expect(() => generatedModules(text, "p.json", "pump_pico", 0)).toThrow(BadInput);
    expect(() => generatedModules(text, "p.json", "pump_pico", 0)).toThrow(
      /encoder\.countsPerRevolution: 101 marks pass unseen on a board; it sees 100 at most/,
    );
    expect(generatedModules(text, "p.json", "", 0).size).toBe(2);
    const built = fileOf(text, "devs.config.json");
    const line = refusal(() => generatedModules(text, built, "pump_esp32c3", 0));
    expect(await minim("check", built)).toEqual({ exitCode: 2, stdout: "", stderr: `${line}\n` });
    const [checked] = jsonLines((await minim("check", fileOf(text, "p.json"), "--json")).stdout);
    expect(checked).toMatchObject({ what: "pump", warnings: [{ message: line.replace(/^.*?:\d+: /, "") }] });
    expect(generatedModules(pumpWith({ encoder: { countsPerRevolution: 100 } }), "p.json", "pump_pico", 0).size).toBe(
      2,
    );
  });
});
