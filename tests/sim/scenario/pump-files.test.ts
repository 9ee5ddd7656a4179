import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { refusal } from "../../config/refusals";
import { readScenarioFile } from "../../../sim/scenario/node/scenario-file";
import { readTextFile } from "../../../sim/scenario/node/text-file";
import { written } from "./written-scenario";

const PUMP = readFileSync("scenarios/pumps/reference-20ml.yaml", "utf8");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minim-pump-files-"));
  mkdirSync(join(folder, "pumps"));
  mkdirSync(join(folder, "day"));
  const pump = (name: string): string => PUMP.replace("name: reference-20ml", `name: ${name}`);
  writeFileSync(join(folder, "pumps", "mine.yaml"), pump("mine"));
  writeFileSync(join(folder, "pumps", "reference-40ml.yaml"), pump("own-40ml"));
  writeFileSync(join(folder, "pumps", "bad.yaml"), PUMP.replace("microsteps: 16", "microsteps: 15"));
  writeFileSync(join(folder, "day", "pump.json"), JSON.stringify({ extends: 1 }));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The name of the pump that a scenario in the folder runs on when it says `pump`. */
function pumpNamed(pump: string, below = ""): string {
  const path = join(folder, below, "s.yaml");
  writeFileSync(path, written({}).replace("pump: reference-20ml", `pump: ${pump}`));
  return readScenarioFile(path).pumpName;
}

test("a pump is looked for beside the scenario, then in the checkout", () => {
  expect(pumpNamed("mine")).toBe("mine");
  expect(pumpNamed("reference-40ml")).toBe("own-40ml");
  expect(pumpNamed("reference-20ml")).toBe("reference-20ml");
  expect(pumpNamed("{ extends: mine, name: thirsty }")).toBe("thirsty");
});

test("a path is seen from the scenario's folder", () => {
  expect(pumpNamed("../pumps/mine.yaml", "day")).toBe("mine");
  expect(refusal(() => pumpNamed("pumps/mine.yaml", "day"))).toMatch(
    /s\.yaml:2: pump: there is no pump pumps\/mine\.yaml/,
  );
  expect(refusal(() => pumpNamed("minee"))).toMatch(/did you mean mine\? \(the pumps are bad, mine, reference-20ml/);
  expect(refusal(() => pumpNamed("'..'"))).toMatch(/there is no pump/);
});

test("what cannot be read is not offered as a pump", () => {
  symlinkSync("gone.yaml", join(folder, "pumps", "minim.yaml"));
  mkdirSync(join(folder, "pumps", "minima.yaml"));
  expect(refusal(() => pumpNamed("minim"))).toMatch(/there is no pump minim \(the pumps are bad, mine, reference-20ml/);
});

test("what is wrong in a pump's file is placed there", () => {
  expect(refusal(() => pumpNamed("bad"))).toMatch(/pumps\/bad\.yaml:\d+: head\.microsteps/);
});

test("a file that cannot be read is refused in one line", () => {
  expect(refusal(() => readTextFile(join(folder, "no.yaml"), "no.yaml"))).toBe(
    "no.yaml: cannot be read: there is no such file",
  );
  expect(refusal(() => readTextFile(folder, "f"))).toBe("f: this is a folder; a file is wanted");
  expect(refusal(() => readTextFile("/dev/zero", "z"))).toBe("z: this is not a regular file");
  const large = join(folder, "large.yaml");
  writeFileSync(large, Buffer.alloc(10 * 1024 * 1024, 0xff));
  expect(refusal(() => readTextFile(large, "l"))).toMatch(/^l: too long: 10485760 bytes; at most 1048576 characters/);
});
