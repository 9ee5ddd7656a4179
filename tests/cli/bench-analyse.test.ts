import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
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
    expect(await complaint(file, ...RATE, "--rollers", "3")).toContain("--strokes-per-revolution belong together");
    expect(await complaint(file, ...RATE, "--density", "1", "--temperature", "20 C")).toContain("both say the density");
  });

  it("takes the last place of the balance by itself (ANA-017)", async () => {
    const { stdout } = await minim("bench", "analyse", runFile("d.csv", 1), ...RATE, "--resolution", "1 mg", "--json");
    const [found] = jsonLines(stdout);
    expect(found?.["balanceNoiseG"]).toBeCloseTo(1e-3 / Math.sqrt(12), 9);
    expect(found?.["noiseSource"]).toContain("--resolution");
  });

  it("takes windows, stretch and start as they are written (ANA-010)", async () => {
    const args = ["--windows", "2,5 min", "--analyse", "0:50min", "--start", "10 min", "--json"];
    const { stdout } = await minim("bench", "analyse", runFile("own.csv", 1), ...RATE, ...args);
    const [found] = jsonLines(stdout);
    expect(found).toMatchObject({ preset: "custom", fromMinutes: 0, toMinutes: 50, samples: 101 });
    expect((found?.["windows"] as { minutes: number }[]).map(({ minutes }) => minutes)).toEqual([2, 5]);
  });
});

describe("the folder of a recording", () => {
  /** A simulated run at 4.8 mL/day, 30 min of it unless told. */
  async function recorded(name: string, ...args: string[]): Promise<string> {
    const out = join(folder, name);
    const { exitCode } = await minim("bench", "record", "--out", out, "--rate", "4.8 mL/day", ...args);
    expect(exitCode).toBe(0);
    return out;
  }

  async function analysed(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout, stderr } = await minim("bench", "analyse", ...args, "--json");
    expect(stderr).toBe("");
    return jsonLines(stdout)[0] ?? {};
  }

  function changeManifest(out: string, change: (manifest: Record<string, Record<string, unknown>>) => object): void {
    const file = join(out, "manifest.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, unknown>>;
    writeFileSync(file, JSON.stringify({ ...manifest, ...change(manifest) }));
  }

  it("has boluses, and no steps that the pump's log does not know, rollers or not (ANA-015)", async () => {
    const boluses = ["30 uL at 1 h over 10 min", "20 uL at 2 h over 5 min", "2 uL at 3 h over 2 min"];
    const clean = await recorded(
      "clean",
      "--duration",
      "6h",
      "--seed",
      "3",
      ...boluses.flatMap((one) => ["--bolus", one]),
    );
    const found = await analysed(clean, "--correct-all");
    expect(found["boluses"]).toHaveLength(3);
    for (const { errorPercent, noisePercent } of found["boluses"] as { errorPercent: number; noisePercent: number }[])
      // The head of this seed gives 2 % more.
      expect(Math.abs(errorPercent - 2)).toBeLessThan(2 * noisePercent);
    expect(String(found["notes"])).not.toContain("does not know");
    // The same run with 20 µL in 5 min at 4 h that nobody told the pump.
    const rows = readFileSync(join(clean, "balance.csv"), "utf8").trimEnd().split("\n").slice(1);
    const shifted = rows.map((row) => {
      const [elapsedS, massG] = row.split(",").map(Number);
      const extraG = 0.02 * Math.min(1, Math.max(0, ((elapsedS ?? NaN) - 14400) / 300));
      return `${elapsedS ?? ""},${((massG ?? NaN) + extraG).toFixed(4)}\n`;
    });
    const file = join(folder, "extra.csv");
    writeFileSync(file, `elapsed_s,mass_g\n${shifted.join("")}`);
    const extra = await analysed(
      file,
      "--rate",
      "4.8 mL/day",
      "--pump-log",
      join(clean, "pump.ndjson"),
      "--balance",
      "0.1 mg",
    );
    const steps = (extra["notes"] as string[]).filter((note) => note.includes("does not know"));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatch(/^a step of (19|2[0-2])\.\d µL at 2(3\d|40)\.\d min/);
  });

  it("charges no bolus with the basal flow of a head that gives less (ANA-015)", async () => {
    const slow = await recorded("slow", "--duration", "6h", "--seed", "1", "--bolus", "5 uL at 2 h over 20 min");
    const { boluses, notes } = await analysed(slow);
    const [bolus] = boluses as { measuredUl: number; noisePercent: number }[];
    expect(Math.abs((bolus?.measuredUl ?? NaN) - 4.75)).toBeLessThan((5 * (bolus?.noisePercent ?? NaN)) / 100);
    expect(bolus?.noisePercent).toBeLessThan(25);
    expect(String(notes)).toContain("the flow measured in 339.5 min without boluses");
  });

  it("has windows of whole roller passes, by the head of the recording (ANA-011)", async () => {
    const { cycleMinutes, cycleWindows, cycleSource } = await analysed(await recorded("pass", "--duration", "2h"));
    expect(cycleMinutes).toBeCloseTo(6, 6);
    expect(cycleSource).toContain("pass of a roller");
    expect((cycleWindows as { minutes: number }[]).map(({ minutes }) => Math.round(minutes))).toEqual([6, 12, 18, 30]);
  });

  it("is refused when its raw file or its temperature is not what can be (ANA-018)", async () => {
    const out = await recorded("broken-off", "--duration", "30 min");
    const args = [out, "--analyse", "0:30min"];
    changeManifest(out, (manifest) => ({ complete: false, raw: { ...manifest["raw"], sha256: null } }));
    expect((await analysed(...args))["notes"]).toContainEqual(expect.stringContaining("was broken off"));
    changeManifest(out, () => ({ temperatureC: 60 }));
    const hot = await minim("bench", "analyse", ...args, "--correct-all");
    expect([hot.exitCode, hot.stdout]).toEqual([2, ""]);
    expect(hot.stderr).toContain("the recording's temperature, 60 °C, is none from 0 to 40 °C");
    expect((await minim("bench", "analyse", ...args, "--correct-all", "--temperature", "21 C")).exitCode).toBe(0);
    const raw = join(out, "balance.csv");
    writeFileSync(raw, readFileSync(raw, "utf8").replace(/\n60\.000,0/, "\n60.000,1"));
    const forged = await minim("bench", "analyse", ...args);
    expect([forged.exitCode, forged.stdout]).toEqual([2, ""]);
    expect(forged.stderr).toContain("it is not the file that was recorded: the SHA-256 of its first");
  });
});
