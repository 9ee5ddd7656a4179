import { describe, expect, test } from "vitest";
import { jsonLines, minim } from "./captured-terminal";

describe("npm run prove", () => {
  test("ends with its figures on one line, and names its seed", async () => {
    const { exitCode, stdout, stderr } = await minim("prove", "--minutes", "0.001", "--seed", "5");
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    const [figures = {}, ...more] = jsonLines(stdout);
    expect(more).toEqual([]);
    const names = ["kind", "cutsNative", "cutsBytecode", "walks", "simulatedYears", "violations", "seed"];
    expect(Object.keys(figures).slice(0, names.length)).toEqual(names);
    expect(figures).toMatchObject({ kind: "prove", violations: 0, seed: 5 });
    expect(figures["cutsNative"]).toBeGreaterThan(0);
  });

  test("a replay that it never told is bad usage", async () => {
    for (const told of ["cut/continuous/x/y/z", "cut/continuous/99999999/0/1", "call/continuous/neverStored"])
      expect((await minim("prove", "--replay", told)).exitCode).toBe(2);
    const { exitCode, stderr } = await minim("prove", "--replay", "walk/none");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--replay walk/none: nothing that prove has told");
  });
});
