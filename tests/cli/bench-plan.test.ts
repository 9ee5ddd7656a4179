import { describe, expect, it } from "vitest";
import { jsonLines, minim } from "./captured-terminal";

const SLOW = ["bench", "plan", "--rate", "0.048 mL/day", "--balance", "0.1 mg"];

describe("minim bench plan", () => {
  it("says how long, which windows, and what to type next (PLN-006)", async () => {
    const { exitCode, stdout, stderr } = await minim(...SLOW);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/time for U = 1 % \(k = 2\) +14 h 11 min\n/);
    expect(stdout).toMatch(/570 min +0\.746 % .* yes\n/);
    expect(stdout).toMatch(/150 min +2\.83 % .* no: noise\n/);
    expect(stdout).toContain(
      '  npx minim bench record --out my-run --rate "0.048 mL/day" --duration "2 days 1 h" --interval "15 min"\n',
    );
    const [plan, ...others] = jsonLines((await minim(...SLOW, "--json")).stdout);
    expect(others).toEqual([]);
    expect(plan).toMatchObject({ kind: "benchPlan", rateMlPerH: 0.002, limitPercent: 5, floorPercent: 0 });
    expect(plan?.["hours"]).toBeCloseTo((200 * Math.SQRT2 * 1e-4) / (0.002 * 0.998), 9);
    expect(plan?.["recommended"]).toMatchObject({ preset: "ambulatory", durationMinutes: 2940, intervalS: 900 });
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
    expect((long?.["warnings"] as string[]).join()).toMatch(/the reservoir is not enough: the run takes 5\d+/);
  });

  it("refuses what cannot be meant, in one line", async () => {
    const cases = [
      [["--rate", "0.048"], /a rate needs a unit/],
      [["--rate", "1 mL/h"], /--balance is missing/],
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
});
