import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { normalAt } from "../../sim/plant/balance-noise";
import { jsonLines, minim } from "./captured-terminal";

const folder = mkdtempSync(join(tmpdir(), "minim-analyse-"));

/** A CSV file of a run that is `percent` off 1 mL/h, and evaporates. */
function runFile(name: string, percent: number, setup: { minutes?: number; lossGPerH?: number } = {}): string {
  const { minutes = 150, lossGPerH = 0 } = setup;
  const rows = Array.from({ length: 2 * minutes + 1 }, (_, i) => {
    const mass = 10 + (0.998 * (1 + percent / 100) - lossGPerH) * (i / 120) + 1e-5 * normalAt(7, i, 1);
    return `${30 * i},${mass.toFixed(5)}\n`;
  });
  const file = join(folder, name);
  writeFileSync(file, `elapsed_s,mass_g\n${rows.join("")}`);
  return file;
}

const RATE = ["--rate", "1 mL/h"];

describe("minim bench analyse", () => {
  it("prints one object with all that it found out, and ends with 1 only for a failed limit (ANA-014)", async () => {
    const file = runFile("run.csv", 3);
    const passed = await minim("bench", "analyse", file, ...RATE, "--limit", "14.5 % SynchroMed II label", "--json");
    expect(passed.exitCode).toBe(0);
    const [found] = jsonLines(passed.stdout);
    expect(found).toMatchObject({
      kind: "flowAnalysis",
      analysedMinutes: 60,
      samples: 121,
      gaps: 0,
      limitSource: "SynchroMed II label",
      verdict: "pass",
    });
    expect(found?.["meanErrorPercent"]).toBeCloseTo(3, 2);
    expect(Object.keys(found ?? {})).toEqual(
      expect.arrayContaining(["windows", "startUp", "hourly", "corrections", "sha256", "convention", "noiseSource"]),
    );
    expect((await minim("bench", "analyse", file, ...RATE, "--limit", "2 %")).exitCode).toBe(1);
    expect((await minim("bench", "analyse", file, ...RATE)).exitCode).toBe(0);
    const noisy = await minim("bench", "analyse", file, ...RATE, "--limit", "2 %", "--balance", "10 mg");
    expect(noisy.exitCode).toBe(0);
    expect(noisy.stdout).toContain("? not judgeable  mean flow error +3.0");
  });

  it("tells people the figures, how they came about and the trumpet (ANA-014)", async () => {
    const file = runFile("told.csv", -1);
    const { stdout } = await minim("bench", "analyse", file, ...RATE, "--limit", "5 %", "--balance", "0.1 mg");
    expect(stdout).toContain(
      "✓ pass  mean flow error -1.00 % ± 0.028 % (U, k = 2), limit ±5 % (as told on the command line)",
    );
    expect(stdout).toContain("s = 0.1 mg (--balance 0.1 mg)");
    expect(stdout).toMatch(/ {2}2 min .* 0\.43 % {2}yes {8}yes/);
    expect(stdout).toContain("Modelled on IEC 60601-2-24");
    expect(stdout).toMatch(/evaporation +- +off/);
  });

  it("corrects for what it is told, and fits blank runs (ANA-002)", async () => {
    const file = runFile("loses.csv", 0, { lossGPerH: 0.05 });
    const error = async (...args: string[]): Promise<number> => {
      const { stdout, stderr } = await minim("bench", "analyse", file, ...RATE, ...args, "--json");
      expect(stderr).toBe("");
      return Number(jsonLines(stdout)[0]?.["meanErrorPercent"]);
    };
    expect(await error()).toBeCloseTo(-5.01, 2);
    expect(await error("--evaporation", "0.05 g/h")).toBeCloseTo(0, 2);
    const blanks = [0.048, 0.052].map((loss, i) => runFile(`blank-${i}.csv`, -100, { lossGPerH: loss }));
    expect(await error("--blank", ...blanks)).toBeCloseTo(0, 2);
    expect(await error("--evaporation", "0.05 g/h", "--temperature", "20 C", "--buoyancy")).toBeCloseTo(
      0.105 - 0.0207,
      2,
    );
  });

  it("refuses what cannot be meant, in one line (ANA-010)", async () => {
    const file = runFile("short.csv", 0, { minutes: 100 });
    const complaint = async (...args: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await minim("bench", "analyse", ...args);
      expect([exitCode, stdout, stderr.split("\n").length]).toEqual([2, "", 2]);
      return stderr;
    };
    expect(await complaint(file, ...RATE)).toContain("it allows --analyse 60min:100min");
    expect((await minim("bench", "analyse", file, ...RATE, "--analyse", "60min:100min")).exitCode).toBe(0);
    expect(await complaint(file)).toContain("--rate is wanted");
    expect(await complaint(join(folder, "none.csv"), ...RATE)).toContain("there is no such file");
    expect(await complaint(folder, ...RATE)).toContain("this is no recording's folder");
    expect(await complaint(file, ...RATE, "--analyse", "26h:2h")).toContain("it ends before it begins");
    expect(await complaint(file, ...RATE, "--buoyancy")).toContain("--buoyancy wants the temperature");
    expect(await complaint(file, ...RATE, "--density", "1", "--temperature", "20 C")).toContain("both say the density");
  });

  it("takes windows, stretch and start as they are written (ANA-010)", async () => {
    const args = ["--windows", "2,5 min", "--analyse", "0:50min", "--start", "10 min", "--json"];
    const { stdout } = await minim("bench", "analyse", runFile("own.csv", 1), ...RATE, ...args);
    const [found] = jsonLines(stdout);
    expect(found).toMatchObject({ preset: "custom", fromMinutes: 0, toMinutes: 50, samples: 101 });
    expect((found?.["windows"] as { minutes: number }[]).map(({ minutes }) => minutes)).toEqual([2, 5]);
  });
});
