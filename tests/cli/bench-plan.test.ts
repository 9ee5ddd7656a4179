import { describe, expect, it } from "vitest";
import { readBenchPump } from "../../bench/simulated/node/bench-pump";
import { SimulatedBench } from "../../bench/simulated/simulated-bench";
import { jsonLines, minim } from "./captured-terminal";

const SLOW = ["bench", "plan", "--rate", "0.048 mL/day", "--balance", "0.1 mg"];

describe("minim bench plan", () => {
  it("says how long, which windows, and what to type next (PLN-006)", async () => {
    const { exitCode, stdout, stderr } = await minim(...SLOW);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /time for U = 1 % \(k = 2\) of the pump's flow +30 h\n +by the balance alone +14 h 11 min\n/,
    );
    expect(stdout).toContain("3 whole passes: 30 h\n");
    expect(stdout).toMatch(/570 min +0\.746 % .* yes\n/);
    expect(stdout).toMatch(/150 min +2\.83 % .* no: noise\n/);
    expect(stdout).toContain(
      '  npx minim bench record --out my-run --rate "0.048 mL/day" --duration "2 days 6 h" --interval "15 min"\n',
    );
    const [plan, ...others] = jsonLines((await minim(...SLOW, "--json")).stdout);
    expect(others).toEqual([]);
    expect(plan).toMatchObject({ kind: "benchPlan", rateMlPerH: 0.002, limitPercent: 5, floorPercent: 0 });
    expect(plan?.["hours"]).toBeCloseTo(30, 9);
    expect(plan?.["balanceHours"]).toBeCloseTo((200 * Math.SQRT2 * 1e-4) / (0.002 * 0.998), 9);
    expect(plan?.["recommended"]).toMatchObject({ preset: "ambulatory", durationMinutes: 3240, intervalS: 900 });
  });

  it("says what makes an uncertainty impossible, and does not send anybody into such a run (PLN-002)", async () => {
    const { exitCode, stdout } = await minim(
      ...SLOW,
      "--evaporation",
      "3.6 mg/h",
      "--evaporation-uncertainty",
      "0.1 mg/h",
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/U = 1 % can never be reached: evaporation alone takes 10 % \(k = 2\)/);
    expect(stdout).toContain("the blank dominates: evaporation is 180 % of the flow");
    expect(stdout).not.toContain("bench record");
  });

  it("does not plan past the reservoir (PLN-005)", async () => {
    const fast = ["bench", "plan", "--rate", "24 mL/day", "--balance", "0.1 mg"];
    const [plan] = jsonLines((await minim(...fast, "--preset", "ambulatory", "--json")).stdout);
    expect(plan?.["presets"]).toMatchObject([{ name: "ambulatory", outlastsReservoir: true }]);
    expect(plan?.["recommended"]).toMatchObject({ preset: "custom" });
    const [long] = jsonLines((await minim(...fast, "--uncertainty", "0.0005 %", "--json")).stdout);
    expect((long?.["warnings"] as string[]).join()).toMatch(/the reservoir is not enough: the run takes \d+/);
    expect(long?.["recommended"]).toBeNull();
    // A simulated bench has a bottle in its place, and a balance that takes only so much.
    const simulated = ["bench", "plan", "--rate", "24 mL/day", "--uncertainty", "0.1 %", "--profile"];
    expect((await minim(...simulated, "analytical")).stdout).toMatch(
      /the simulated bench's bottle \(100 mL\) lasts +4 days 4 h\n/,
    );
    expect((await minim(...simulated, "micro")).stdout).toMatch(/what its balance can take \(37\.1 mL\) lasts/);
  });

  it("has the analysis correct what would be more than the wanted uncertainty (PLN-006)", async () => {
    const fine = ["bench", "plan", "--rate", "24 mL/day", "--uncertainty", "0.2 %"];
    const simulated = (await minim(...fine, "--profile", "analytical")).stdout;
    expect(simulated).toMatch(/bench analyse my-run .*--correct-all /);
    expect(simulated).not.toContain("buoyancy");
    // Its water is known to half a degree, which that analysis counts.
    const [plan] = jsonLines((await minim(...fine, "--profile", "analytical", "--json")).stdout);
    expect(plan?.["uncertaintyInputs"]).toHaveProperty("densityPercent", expect.closeTo(0.0103, 3));
    const real = (await minim(...fine, "--balance", "0.1 mg")).stdout;
    expect(real).not.toContain("--correct-all");
    expect(real).toMatch(/! for U = 0\.2 % buoyancy \(0\.105 %\) must be corrected: .*--buoyancy and --temperature/);
    expect((await minim(...SLOW)).stdout).not.toContain("buoyancy");
  });

  it("refuses what cannot be meant, in one line", async () => {
    const cases = [
      [["--rate", "0.048"], /a rate needs a unit/],
      [["--rate", "1 mL/h"], /--balance is missing/],
      [["--rate", "1 mL/h", "--balance", "1 mg", "--rollers", "0"], /from 1 to 12/],
      [["--rate", "1 mL/h", "--balance", "0 mg"], /it must be more than 0/],
      [["--rate", "1 mL/h", "--balance", "1 mg", "--limit", "0 %"], /it must be more than 0 %/],
      [["--rate", "1 mL/h", "--balance", "1 mg", "--preset", "volumetrc"], /volumetric/],
      [["--balance", "1 mg"], /--rate/],
    ] as const;
    for (const [args, message] of cases) {
      const { exitCode, stdout, stderr } = await minim("bench", "plan", ...args);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain("\n");
    }
  });

  it("recommends a run of which strokes and rollers stay within the wanted uncertainty, from any seed (PLN-007)", async () => {
    const rate = "0.048 mL/day";
    const [plan] = jsonLines((await minim("bench", "plan", "--rate", rate, "--profile", "micro", "--json")).stdout);
    const { fromMinutes, toMinutes } = plan?.["recommended"] as { fromMinutes: number; toMinutes: number };
    const { config } = readBenchPump("devs.config.json");
    for (let seed = 1; seed <= 5; seed++) {
      const bench = new SimulatedBench({ config, rateMlPerH: 0.002, profile: "micro", seed });
      bench.advanceTo(60000 * toMinutes);
      const gaveMl = (bench.trueVolumeNl(60000 * toMinutes) - bench.trueVolumeNl(60000 * fromMinutes)) / 1e6;
      const flow = gaveMl / (0.002 * ((toMinutes - fromMinutes) / 60));
      bench.close();
      expect(Math.abs(100 * (flow / (1 + bench.truth.headPercent / 100) - 1))).toBeLessThan(1);
    }
  });
});
