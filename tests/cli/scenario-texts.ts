import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed after the tests of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "minim-cli-"));
  folders.push(folder);
  return folder;
}

/** Writes a file into a new folder and returns its path. */
export function fileOf(text: string | Buffer, name = "scenario.yaml"): string {
  const path = join(newFolder(), name);
  writeFileSync(path, text);
  return path;
}

/** A scenario of 12 hours with one bolus; `expectations` begin in line 11. */
export function scenarioText(...expectations: string[]): string {
  return `title: A half day
pump: reference-20ml
duration: 12 h
prescription:
  drugs: [{ name: morphine, concentration: 10 mg/mL }]
  basal: 0.5 mL/day
  demandBolus: { volume: 30 uL, over: 10 min, lockout: 2 h, mostPer24h: 4 }
events:
  - { at: 1 h, do: requestBolus, as: first }
expect:
${expectations.map((text) => `  - ${text}\n`).join("")}`;
}

/** One that passes: 250 µL of basal and a bolus of 30 µL, in strokes of 300 nL. */
export const PASSING = scenarioText(
  "{ request: first, is: granted }",
  "{ at: 12 h, delivered: 280 uL, within: 1 stroke }",
);

/** One of its two expectations is wrong, that in line 12. */
export const FAILING = scenarioText(
  "{ request: first, is: granted }",
  "{ at: 12 h, delivered: 320 uL, within: 1 stroke }",
);
