import { describe, expect, it } from "vitest";
import { calibrateVolume } from "../../../bench/calibration/calibrate-volume";
import { studentLimit } from "../../../bench/calibration/student-t";
import { normals, runsOf } from "./runs";

describe("the volume per revolution of several runs", () => {
  it("is exact for exact runs, whatever their length and rate (CAL-001)", () => {
    const runs = [0.002, 0.05, 1].flatMap((rate) =>
      [100, 350.5, 1200].map((turns) => [rate, turns, turns * 0.0612345] as const),
    );
    const found = calibrateVolume(runsOf(runs));
    expect(found.plPerRevolution).toBeCloseTo(61234500, 3);
    expect(found.highPl - found.lowPl).toBeLessThan(1);
    expect(found.rSquared).toBeCloseTo(1, 12);
    expect(found.withIntercept?.plPerRevolution).toBeCloseTo(61234500, 3);
    expect(found).toMatchObject({ outliers: [], refusals: [], warnings: [] });
    expect(found.degreesOfFreedom).toBeCloseTo(8, 9);
  });

  it("has Student's interval of the runs' mean when no uncertainty is told (CAL-001)", () => {
    // Volumes per revolution 59, 60, 61, 62 µL: mean 60.5, standard error sqrt(5/3)/2, t of 3 degrees 3.182446.
    const found = calibrateVolume(runsOf([59, 60, 61, 62].map((ul) => [1, 500, (500 * ul) / 1000] as const)));
    expect(found.plPerRevolution).toBeCloseTo(60.5e6, 3);
    expect(found.standardErrorPl).toBeCloseTo((1e6 * Math.sqrt(5 / 3)) / 2, 0);
    expect((found.highPl - found.lowPl) / 2).toBeCloseTo((3.182446305 * 1e6 * Math.sqrt(5 / 3)) / 2, 0);
  });

  it("gives a run the weight of its uncertainty (CAL-001)", () => {
    // Weights 1 and 1/4 by the uncertainties, which explain the scatter: (60 + 60 + 61/4) / 2.25.
    const found = calibrateVolume(
      runsOf([
        [1, 100, 6, 0.1],
        [1, 100, 6, 0.1],
        [1, 100, 6.1, 0.2],
      ]),
    );
    expect(found.scatterPercent).toBe(0);
    expect(found.plPerRevolution).toBeCloseTo((1e6 * (60 + 60 + 61 / 4)) / 2.25, 3);
  });

  it("covers the truth in 92 to 98 of 100 sets, with and without uncertainties told (CAL-002)", () => {
    for (const isTold of [false, true]) {
      let covered = 0;
      for (let seed = 1; seed <= 300; seed++) {
        const normal = normals(seed + (isTold ? 5000 : 0));
        const runs = [0.002, 0.05, 1].flatMap((rate) =>
          [1, 2, 3].map(() => {
            // The pump repeats to 0.4 %; the balance sees slow runs to 1 %, fast ones to 0.05 %.
            const truthMl = 600 * 0.0587;
            const balanceMl = truthMl * (rate < 0.01 ? 0.01 : 0.0005) * (isTold ? 1 : 0);
            const volumeMl = truthMl * (1 + 0.004 * normal()) + balanceMl * normal();
            return [rate, 600, volumeMl, balanceMl] as const;
          }),
        );
        const { lowPl, highPl } = calibrateVolume(runsOf(runs));
        if (lowPl <= 58.7e6 && 58.7e6 <= highPl) covered++;
      }
      expect(covered / 3, isTold ? "told" : "not told").toBeGreaterThanOrEqual(92);
      expect(covered / 3, isTold ? "told" : "not told").toBeLessThanOrEqual(98);
    }
  });

  it("names an outlier with its value and counts it all the same (CAL-003)", () => {
    const good = [60.1, 59.9, 60, 60.2, 59.8, 60.1, 59.9].map((ul) => [1, 500, ul / 2] as const);
    const found = calibrateVolume(runsOf([...good, [1, 500, 32]]));
    expect(found.outliers).toMatchObject([{ run: "run-8", plPerRevolution: 64e6 }]);
    expect(found.warnings.join()).toContain("run-8 is an outlier");
    expect(found.plPerRevolution).toBeCloseTo(60.5e6, 0);
    expect(found.runs).toHaveLength(8);
    expect(calibrateVolume(runsOf(good)).outliers).toEqual([]);
  });

  it("tells linearity, repeatability and reproducibility apart (CAL-004)", () => {
    // Two rates, 59 and 61 µL in the mean, each +-0.3: within variance 0.09, between 3 (61-59)^2/2 = 6, so s_R^2 = 0.09 + (6 - 0.09)/3.
    const at = (rate: number, ul: number): (readonly [number, number, number])[] =>
      [-0.3, 0, 0.3].map((more) => [rate, 1000, ul + more] as const);
    const found = calibrateVolume(runsOf([...at(0.05, 59), ...at(1, 61)]));
    expect(Math.abs(found.linearityPercent ?? 0)).toBeCloseTo(100 * (61 / 60 - 1), 6);
    expect(found.repeatabilityPercent).toBeCloseTo((100 * 0.3) / 60, 6);
    expect(found.reproducibilityPercent).toBeCloseTo((100 * Math.sqrt(0.09 + 5.91 / 3)) / 60, 6);
    expect(found.rates.map(({ rateMlPerH, runs }) => [rateMlPerH, runs])).toEqual([
      [0.05, 3],
      [1, 3],
    ]);
    expect(found.warnings.join()).toContain("the rates differ");
  });

  it("finds what is in every run, however long (CAL-004)", () => {
    const turns = [100, 200, 400, 800, 1600];
    const found = calibrateVolume(runsOf(turns.map((n, i) => [1, n, n * 0.06 + 0.01 + (i % 2) * 1e-5] as const)));
    expect(found.withIntercept?.interceptMl).toBeCloseTo(0.01, 4);
    expect(found.warnings.join()).toContain("does not pass through the origin");
  });

  it("is refused when it is none (CAL-005)", () => {
    expect(() => calibrateVolume(runsOf([[1, 1, 1]]))).toThrow(/at least 3/);
    const wild = calibrateVolume(runsOf([30, 60, 90, 45, 80, 20].map((ul) => [1, 100, ul / 10] as const)));
    expect(wild.refusals.join()).toMatch(/r² is 0\.\d+, under 0\.99.*wide/);
    // r² is 0.999, but three runs that differ by 3 % say too little.
    const few = calibrateVolume(runsOf([58, 60, 62].map((ul) => [1, 100, ul / 10] as const)));
    expect(few.refusals).toHaveLength(1);
    expect(few.refusals[0]).toContain("16.6 % wide");
    expect(few.warnings.join()).toContain("one rate");
  });
});

describe("Student's limit", () => {
  it("is that of the tables", () => {
    const table = [
      [1, 12.7062],
      [2, 4.30265],
      [8, 2.306],
      [30, 2.04227],
      [1000, 1.96234],
    ] as const;
    for (const [freedom, limit] of table) expect(studentLimit(0.05, freedom)).toBeCloseTo(limit, 4);
  });
});
