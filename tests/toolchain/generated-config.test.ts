import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BadInput } from "../../config/bad-input";
import { toPumpConfig } from "../../config/pump-config";
import { readPumpFile } from "../../config/read-pump";
import { readConfig } from "../../src/config";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { DEFAULT_PUMP_FILE, GENERATED_CONFIG, generatedConfig } from "../../toolchain/devicescript/generated-config";
import { checkoutWith, writeIn } from "./checkout-copy";

const PUMP_TEXT = readFileSync(join(checkoutRoot(), DEFAULT_PUMP_FILE), "utf8");
const PUMP = readPumpFile(PUMP_TEXT, DEFAULT_PUMP_FILE);
const PROGRAM =
  'import { pumpConfig, GENERATED_FROM_SHA256 } from "./generated/pump-config";\n' +
  "console.log(GENERATED_FROM_SHA256, pumpConfig().capacityNl);\n";

test("the module holds every number of the pump and of its drug library, and nothing that is not a whole number", () => {
  const text = generatedConfig(PUMP_TEXT, DEFAULT_PUMP_FILE, PUMP.board);
  const numbers: unknown = JSON.parse(/^const NUMBERS = "(.*)";$/m.exec(text)?.[1] ?? "");
  expect((numbers as unknown[]).every(Number.isSafeInteger)).toBe(true);
  expect(readConfig(numbers as number[])).toStrictEqual(toPumpConfig(PUMP));
});

test("the module holds the number of the build, and another source or setting gives another number (MEM-007)", async () => {
  const root = checkoutWith({ "boards/trial.ts": PROGRAM }, [DEFAULT_PUMP_FILE, "src"]);
  const request = { root, entry: "boards/trial.ts" };
  const first = await buildProgram(request);
  expect(first.program).toBeGreaterThan(0);
  expect(first.program).toBeLessThan(2 ** 48);
  expect(Buffer.from(first.image).toString("latin1")).toContain(`${PUMP.serial},${first.program},`);
  expect(await buildProgram(request)).toStrictEqual(first);

  const programs = [first.program];
  writeIn(root, "boards/trial.ts", `${PROGRAM}console.log(1);\n`);
  programs.push((await buildProgram(request)).program);
  writeIn(root, DEFAULT_PUMP_FILE, PUMP_TEXT.replace('"serial": 1,', '"serial": 2,'));
  programs.push((await buildProgram(request)).program);
  programs.push((await buildProgram({ ...request, flags: ["allFunctions"] })).program);
  expect(new Set(programs).size).toBe(4);
});

test("a stale module in the checkout is not what is compiled, and is renewed", async () => {
  const root = checkoutWith({ "boards/trial.ts": PROGRAM }, [DEFAULT_PUMP_FILE, "src"]);
  const request = { root, entry: "boards/trial.ts" };
  const first = await buildProgram(request);
  writeIn(root, GENERATED_CONFIG, "export const pumpConfig = broken");
  expect((await buildProgram(request)).imageSha256).toBe(first.imageSha256);
  expect(readFileSync(join(root, GENERATED_CONFIG), "utf8")).toBe(generatedConfig(PUMP_TEXT, DEFAULT_PUMP_FILE, ""));

  writeIn(root, DEFAULT_PUMP_FILE, `${PUMP_TEXT}\n`);
  expect((await buildProgram(request)).imageSha256).not.toBe(first.imageSha256);
});

test("a pump file that is missing or wrong is bad input, with its name", async () => {
  const root = checkoutWith({ "boards/trial.ts": PROGRAM, "empty.json": "{}" });
  const failureWith = (pumpFile: string) =>
    buildProgram({ root, entry: "boards/trial.ts", pumpFile }).catch((error: unknown) => error);
  const missing = await failureWith("none.json");
  expect(missing).toBeInstanceOf(BadInput);
  expect(missing).toMatchObject({
    file: "none.json",
    message: expect.stringContaining("there is no such file") as string,
  });
  expect(await failureWith("empty.json")).toMatchObject({ name: "BadInput", file: "empty.json" });
});

test("a pump that is too fast for the other board is refused there, by key and by both boards", () => {
  const fast = JSON.stringify({
    name: "fast",
    board: "pump_pico",
    stepDriver: "pulse",
    head: {
      volumePerRevolution: "60 uL",
      fullStepsPerRevolution: 200,
      fullStepsPerStroke: 1,
      microsteps: 16,
      maxMicrostepsPerSecond: 900,
    },
    reservoir: { capacity: "20 mL", low: "2 mL", empty: "1 mL" },
    hardLimits: { rate: "10 mL/h", bolus: "1 mL", volume: "300 mL", per: "24 h" },
  });
  expect(generatedConfig(fast, "fast.json", "pump_pico")).toContain("fast.json for pump_pico");
  expect(() => generatedConfig(fast, "fast.json", "pump_esp32c3")).toThrow(
    /hardLimits\.rate: on pump_esp32c3, .*instead of pump_pico: 240 mL\/day/,
  );
});
