import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CalibrationRun } from "../../../bench/calibration/calibration-run";
import { readRunTable } from "../../../bench/calibration/read-run-table";
import { USUAL_PULSE } from "../../../bench/calibration/roller-pulse";
import { BadInput, describeBadInput } from "../../../config/bad-input";

const SCALE = {
  mlPerG: 1 / 0.998,
  sharedPercent: 0,
  strokesPerRevolution: 200,
  stepsPerRevolution: 200,
  pulse: USUAL_PULSE,
};

/** Runs of a table that names no recording. */
function weighed(text: string, file: string): CalibrationRun[] {
  return readRunTable(text, file, SCALE).map((run) => {
    if ("volumeMl" in run) return run;
    throw new Error(`${run.recording} is a recording`);
  });
}

function problemOf(text: string, file = "runs.csv"): string {
  try {
    readRunTable(text, file, SCALE);
  } catch (error) {
    if (error instanceof BadInput) return describeBadInput(error);
    throw error;
  }
  return "none";
}

describe("a table of runs", () => {
  it("says the same in CSV with units in cells, in headers, with semicolons and decimal commas, and in YAML (CAL-007)", () => {
    const texts = [
      ["a.csv", "run,rate,revolutions,mass,uncertainty\nx,24 mL/day,400,23.9520 g,0.1 mg\n"],
      ["b.csv", "# by hand\n\nRun,Rate (mL/h),strokes,mass_g,uncertainty_mg\nx,1,80000,23.9520,0.1\n"],
      ["c.csv", "\uFEFFname;rate_ml_per_day;turns;volume_ml;u_percent\r\nx;24,0;400;24,0000;0,000417502\r\n"],
      [
        "d.yaml",
        "runs:\n  - { run: x, rate: 1 mL/h, revolutions: 400, volume: 24.0000 mL, uncertainty: 0.1002004 uL }\n",
      ],
    ] as const;
    for (const [file, text] of texts) {
      const [run, ...others] = weighed(text, file);
      expect(others, file).toEqual([]);
      expect(run, file).toMatchObject({ name: "x", file, rateMlPerH: 1, revolutions: 400 });
      expect(run?.volumeMl, file).toBeCloseTo(24, 9);
      expect((run?.uncertaintyMl ?? 0) * 1000, file).toBeCloseTo(0.1002, 4);
    }
    expect(readRunTable("rate,revolutions,volume\n1 mL/h,1,1 mL\n1 mL/h,1,1 mL\n", "r.csv", SCALE)).toMatchObject([
      { name: "row-1", line: 2, isUncertaintyTold: false },
      { name: "row-2", line: 3 },
    ]);
  });

  it("is no finer than its last digit (CAL-007)", () => {
    const rows = "1 mL/h,10,0.60 mL,\n1 mL/h,10,0.600 mL,1 uL\n1 mL/h,10,600 uL,0.01 uL\n";
    const runs = weighed(`rate,revolutions,volume,uncertainty\n${rows}`, "r.csv");
    expect(runs.map(({ isUncertaintyTold }) => isUncertaintyTold)).toEqual([false, true, true]);
    [0.01 / Math.sqrt(12), 0.001, 0.001 / Math.sqrt(12)].forEach((ml, i) =>
      expect(runs[i]?.uncertaintyMl).toBeCloseTo(ml, 12),
    );
  });

  it("names recordings whose revolutions somebody counted (CAL-011)", () => {
    const csv = "recording,revolutions,rate\nruns/fast-1,400,\nruns/2,100.5,6 mL/day\n";
    expect(readRunTable(csv, "r.csv", SCALE)).toMatchObject([
      { recording: "runs/fast-1", line: 2, revolutions: 400, rateMlPerH: undefined, name: undefined },
      { recording: "runs/2", line: 3, revolutions: 100.5, rateMlPerH: 0.25 },
    ]);
    const yaml = "runs:\n  - { run: x, recording: runs/fast-1, strokes: 80000 }\n";
    expect(readRunTable(yaml, "r.yaml", SCALE)).toMatchObject([{ name: "x", revolutions: 400 }]);
    expect(problemOf("recording,revolutions,mass\nruns/1,400,3 g\n")).toContain(
      "runs.csv:2: mass: the recording has it",
    );
    expect(problemOf("recording,rate\nruns/1,1 mL/h\n")).toContain("runs.csv:2: neither revolutions nor strokes");
  });

  it("is refused by line for what cannot be meant (CAL-007)", () => {
    const head = "rate,revolutions,mass\n";
    const cases = [
      ["", "runs.csv: the file is empty"],
      [head, "runs.csv: the table holds no run"],
      [`${head}1 mL/h,400,-0.3 g\n`, "runs.csv:2: mass: -0.3 is negative"],
      [`${head}1 mL/h,400,0 g\n`, "runs.csv:2: mass: it must be more than 0"],
      [`${head}1 mL/h,0,23 g\n`, "runs.csv:2: revolutions: it must be more than 0"],
      [`${head}1 mL/h,400,23\n`, "runs.csv:2: mass: 23: a mass needs a unit"],
      [`${head}1 mL/h,400\n`, "runs.csv:2: neither volume nor mass is given"],
      [`${head}1,5 mL/h,400,23 g\n`, "runs.csv:2: 4 values for 3 columns"],
      [`${head}1 mL/h,0.75,23 g\n`, "runs.csv:2: 0.75 revolutions are less than one"],
      [
        "rate,revs,revolutions,mass\n1 mL/h,1,2,3 g\n",
        "runs.csv:1: columns revs and revolutions are both the revolutions",
      ],
      ['run,rate,revolutions,mass\n"a\nb",1 mL/h,9,1 g\n"c\r\nd",1 mL/h,9,0 g\n', "runs.csv:4: mass: it must be more"],
      ["rate,revolutions,weigth\n", "runs.csv:1: column weigth: a run has no such value"],
      ["rate,revolutions,strokes,mass\n1 mL/h,1,2,3 g\n", "runs.csv:2: revolutions and strokes are both given"],
      [`rate,revolutions,volume,uncertainty\n1 mL/h,1,1 mL,100 %\n`, "runs.csv:2: uncertainty: 100 % is as large"],
    ] as const;
    for (const [text, start] of cases) expect(problemOf(text)).toContain(start);
    expect(problemOf("runs:\n  - { rate: 1 mL/h, revs: 3 }\n", "r.yaml")).toMatch(/^r\.yaml:2: revs: .*no such value/);
    expect(problemOf("runs: 3\n", "r.yaml")).toMatch(/^r\.yaml:1: runs: a list of runs/);
  });

  it("of any text ends in runs or in one line of complaint (CAL-007)", () => {
    const word = fc.constantFrom(
      "rate",
      "mass_g",
      "revolutions",
      "volume",
      "1 mL/h",
      "3",
      "0.5 g",
      "-1",
      ";",
      ",",
      "\n",
      '"',
      "#",
      "𝟙",
      "",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }),
        fc.constantFrom("r.csv", "r.yaml"),
        (parts, file) => {
          const problem = problemOf(parts.join(","), file);
          expect(problem).not.toContain("\n");
        },
      ),
      { numRuns: 300 },
    );
  });
});
