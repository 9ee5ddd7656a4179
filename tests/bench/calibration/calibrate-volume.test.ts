import { describe, expect, it } from "vitest";
import { calibrateVolume } from "../../../bench/calibration/calibrate-volume";
import { endsUncertainty, USUAL_PULSE } from "../../../bench/calibration/roller-pulse";
import { studentLimit } from "../../../bench/calibration/student-t";
import { runsOf } from "./runs";

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

  it("names an outlier with its value and counts it all the same (CAL-003)", () => {
    const good = [60.1, 59.9, 60, 60.2, 59.8, 60.1, 59.9].map((ul) => [1, 500, ul / 2] as const);
    const found = calibrateVolume(runsOf([...good, [1, 500, 32]]));
    expect(found.outliers).toMatchObject([{ run: "run-8", plPerRevolution: 64e6 }]);
    expect(found.warnings.join()).toContain("run-8 is an outlier");
    expect(found.plPerRevolution).toBeCloseTo(60.5e6, 0);
    expect(found.runs).toHaveLength(8);
    expect(calibrateVolume(runsOf(good)).outliers).toEqual([]);
    // So small a difference is not worth a word.
    const fine = [1, 1.00001, 0.99999, 1, 1.00002, 0.99998, 1, 1.0009].map((share) => [1, 500, 30 * share] as const);
    expect(calibrateVolume(runsOf(fine)).outliers).toEqual([]);
    expect(calibrateVolume(runsOf([...fine.slice(0, 7), [1, 500, 30.06]])).outliers).toMatchObject([{ run: "run-8" }]);
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

  it("is refused where rates or an intercept are surely off the line, unless that is taken (CAL-012)", () => {
    // Slow runs give 3.6 % less, each rate repeats to 0.1 %; told uncertainties make an interval that would pass.
    const at = (rate: number, ul: number): (readonly [number, number, number, number])[] =>
      [-0.05, 0, 0.05].map((more) => [rate, 500, (500 * (ul + more)) / 1000, 0.015] as const);
    const rates = [57.9, 59.9, 60, 60.1, 60].flatMap((ul, i) => at(2 ** i / 16, ul));
    const bent = calibrateVolume(runsOf(rates));
    expect(bent.intervalPercent).toBeLessThan(2.5);
    expect(bent.refusals.join()).toMatch(/^at 1.5 mL\/day .* -2\.82 % off the line \(its own interval: ± 0\.1\d %\)/);
    expect(bent.bendPercent).toBeCloseTo(2.8, 1);
    const taken = calibrateVolume(runsOf(rates), true);
    expect(taken.refusals).toEqual([]);
    expect(taken.warnings.join()).toContain("off the line");
    // The interval is that of the five rates' means: t of 4 degrees, 2.776.
    const means = [57.9, 59.9, 60, 60.1, 60].map((ul) => ul - 59.58);
    const error = Math.sqrt(means.reduce((sum, one) => sum + one * one, 0) / 4 / 5);
    expect((bent.highPl - bent.lowPl) / 2e6).toBeCloseTo(2.776445 * error, 5);
    // 0.3 mL in every run, of which the smallest is 6 mL.
    const drip = [100, 200, 400, 800, 1600, 3200].map((n, i) => [1, n, n * 0.06 + 0.3 + (i % 2) * 1e-4, 0.3] as const);
    expect(calibrateVolume(runsOf(drip)).refusals.join()).toMatch(
      /300\.\d+ µL are in every run.*\+4\.\d+ % of the smallest/,
    );
  });

  it("has the rollers' phase at both ends in its interval, which repeats do not make smaller (CAL-013)", () => {
    // Three runs of 12.25 revolutions, all from the same phase: A = 0.2 V / (6 pi), and nothing of it scatters.
    const volumeMl = 12.25 * 0.06;
    const endsMl = endsUncertainty(volumeMl, 12.25, USUAL_PULSE, 200);
    expect(endsMl).toBeCloseTo((0.2 * 0.06) / (6 * Math.PI), 12);
    const runs = runsOf([1, 1, 1].map(() => [1, 12.25, volumeMl] as const)).map((run) => ({ ...run, endsMl }));
    const { intervalPercent, endsPercent, warnings } = calibrateVolume(runs);
    expect(endsPercent).toBeCloseTo((100 * 0.2) / (6 * Math.PI) / 12.25, 9);
    expect(intervalPercent).toBeCloseTo(2 * endsPercent, 6);
    expect(warnings.join()).not.toContain("whole revolutions");
    const short = runs.map((run) => ({ ...run, revolutions: 9.5 }));
    expect(calibrateVolume(short).warnings.join()).toContain("run-1, run-2, run-3: under 10 revolutions");
    // Whole revolutions within a step have none; whole passes of a roller have.
    expect([12, 12.004, 12 + 1 / 3].map((n) => endsUncertainty(1, n, USUAL_PULSE, 200) > 0)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("covers what a head gives from any phase, where scatter shows nothing of it (CAL-013)", () => {
    let covered = 0;
    for (let phase = 0; phase < 100; phase++) {
      const pulse = (at: number): number => Math.sin(6 * Math.PI * (at + phase / 100)) / (6 * Math.PI);
      const volumeMl = 0.06 * (1.25 - 0.2 * (pulse(1.25) - pulse(0)));
      const endsMl = endsUncertainty(volumeMl, 1.25, USUAL_PULSE, 200);
      const same = runsOf([1, 1, 1].map(() => [1, 1.25, volumeMl] as const));
      const found = calibrateVolume(same.map((run) => ({ ...run, endsMl })));
      if (found.lowPl <= 60e6 && 60e6 <= found.highPl) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(95);
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
