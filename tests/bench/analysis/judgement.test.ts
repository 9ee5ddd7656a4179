import { describe, expect, it } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import type { FlowSettings } from "../../../bench/analysis/flow-settings";
import { madeSeries } from "../../../bench/analysis/mass-series";
import type { MassSeries } from "../../../bench/analysis/mass-series";
import { readWeighing } from "../../../bench/analysis/reading/weighing-reader";
import { meanFlowUncertainty, NO_UNCERTAINTY } from "../../../bench/analysis/uncertainty";
import { BadInput } from "../../../config/bad-input";
import { DENSITY, evenRun } from "./made-runs";

const at = (percent: number): ((minutes: number) => number) => {
  return (minutes) => (1 + percent / 100) * (minutes / 60);
};
const PLAIN: FlowSettings = { rateMlPerH: 1, balanceNoise: { readingG: 1e-4, source: "told" } };
const limit = (percent: number): FlowSettings => ({ ...PLAIN, limit: { percent, source: "our own" } });

describe("the balance's noise", () => {
  it("is 100 √2 s/(mass rate x P), and judges only what it is small enough for (ANA-007)", () => {
    const { windows, noiseSource, balanceNoiseG } = analyseFlow(evenRun({ minutes: 120 }, at(0)), limit(5));
    expect({ noiseSource, balanceNoiseG }).toEqual({ noiseSource: "told", balanceNoiseG: 1e-4 });
    windows.forEach(({ minutes, noisePercent }) => {
      expect(noisePercent).toBeCloseTo((100 * Math.SQRT2 * 1e-4) / (DENSITY * (minutes / 60)), 9);
    });
    // 2 x 0.85 % at 2 min for a balance of 0.2 mg: more than a third of 5 %, less than a third of 5.2 %.
    const of = (percent: number): (readonly [boolean, boolean | null])[] =>
      analyseFlow(evenRun({ minutes: 120 }, at(2)), {
        ...limit(percent),
        balanceNoise: { readingG: 2e-4, source: "told" },
      }).windows.map(({ judgeable, withinLimit }) => [judgeable, withinLimit]);
    expect(of(5).slice(0, 2)).toEqual([
      [false, null],
      [true, true],
    ]);
    expect(of(5.2)[0]).toEqual([true, true]);
    expect(of(1.9)[4]).toEqual([true, false]);
  });

  it("is found in the second differences of samples, even or not, whatever the flow (ANA-007)", () => {
    const made = { minutes: 300, intervalS: 1, noiseG: 3e-4 };
    const custom = { rateMlPerH: 1, preset: "custom" } as const;
    const even = evenRun(made, (minutes) => minutes / 60 + 0.3 * Math.sin(minutes / 30));
    const found = analyseFlow(even, custom);
    expect(found.balanceNoiseG).toBeGreaterThan(2.94e-4);
    expect(found.balanceNoiseG).toBeLessThan(3.06e-4);
    expect(found.noiseSource).toContain("second differences");
    const keep = [...even.timeS.keys()].filter((i) => i % 3 !== 0);
    const uneven = madeSeries(
      keep.map((i) => even.timeS[i] ?? NaN),
      keep.map((i) => even.massG[i] ?? NaN),
    );
    expect(analyseFlow(uneven, custom).balanceNoiseG / 3e-4).toBeCloseTo(1, 1);
  });
});

describe("noise that is found in readings", () => {
  /** 0.048 mL/day on a quiet balance of 0.1 mg, read each second, from some place between two steps on. */
  const coarse = (offset: number): MassSeries => {
    const timeS = Array.from({ length: 3601 }, (_, i) => i);
    return madeSeries(
      timeS,
      timeS.map((time) => Math.round(1e4 * (40 + (DENSITY * 0.002 * time) / 3600) + offset) / 1e4),
    );
  };
  const slow = { rateMlPerH: 0.002, preset: "custom" } as const;

  it("is at least what rounding to the display's last place leaves: U covers the truth (ANA-017)", () => {
    const runs = Array.from({ length: 40 }, (_, i) => analyseFlow(coarse(i / 40), slow));
    const covered = runs.filter(
      ({ meanErrorPercent, uncertaintyPercent }) => Math.abs(meanErrorPercent) <= uncertaintyPercent,
    );
    expect(covered.length).toBeGreaterThanOrEqual(36);
    const [found] = runs;
    expect(found?.balanceNoiseG).toBeCloseTo(1e-4 / Math.sqrt(12), 9);
    expect(found?.uncertaintyPercent).toBeCloseTo(4.09, 1);
    expect(found?.noiseSource).toContain("d/√12 with d = 0.1 mg, the smallest step of the readings");
    const told = analyseFlow(coarse(0), { ...slow, uncertainty: { resolutionG: 2e-4 } });
    expect(told.balanceNoiseG).toBeCloseTo(2e-4 / Math.sqrt(12), 9);
    expect(told.noiseSource).toContain("--resolution");
  });

  it("has the decimals of the file for a floor where the steps are those of the flow (ANA-017)", () => {
    const rows = Array.from({ length: 241 }, (_, i) => `${30 * i},${(10 + (DENSITY * i) / 120).toFixed(3)}\n`);
    const found = analyseFlow(readWeighing(`elapsed_s,mass_g\n${rows.join("")}`, "run.csv"), { rateMlPerH: 1 });
    expect(found.balanceNoiseG).toBeGreaterThanOrEqual(1e-3 / Math.sqrt(12) - 1e-12);
    expect(found.balanceNoiseG).toBeLessThan(4e-4);
  });

  it("does not take an even flow without noise for a coarse display (ANA-017)", () => {
    // Steps of exactly 10 mg, and of doses of 1 mg, each with many decimals.
    for (const made of [(i: number): number => 0.01 * i, (i: number): number => 0.998e-3 * Math.floor(i / 7)]) {
      const times = Array.from({ length: 241 }, (_, i) => 30 * i);
      const found = analyseFlow(
        madeSeries(
          times,
          times.map((_, i) => made(i)),
        ),
        { ...limit(0.001), balanceNoise: undefined },
      );
      expect(found.noiseSource).toContain("second differences");
    }
    const even = analyseFlow(evenRun({ minutes: 120 }, at(3)), {
      rateMlPerH: 1,
      limit: { percent: 0.001, source: "x" },
    });
    expect(even.verdict).toBe("fail");
    expect(even.meanErrorPercent).toBeCloseTo(3, 8);
    expect(even.windows.every(({ judgeable }) => judgeable)).toBe(true);
  });

  it("is not known of a display that stands still, which never fails (ANA-017)", () => {
    const frozen = evenRun({ minutes: 120 }, () => 40);
    const found = analyseFlow(frozen, { rateMlPerH: 1, limit: { percent: 5, source: "x" } });
    expect(found.verdict).toBe("notJudgeable");
    expect(found.noiseSource).toContain("all readings of the analysed stretch are the same");
    expect(found.windows.some(({ judgeable }) => judgeable)).toBe(false);
    // Who tells the noise knows the balance: then it is the pump that stands still.
    expect(analyseFlow(frozen, limit(5)).verdict).toBe("fail");
  });
});

describe("the verdict", () => {
  const verdict = (percent: number, settings: FlowSettings): string =>
    analyseFlow(evenRun({ minutes: 120 }, at(percent)), settings).verdict;

  it("is about the mean error, and none without a limit (ANA-008)", () => {
    expect(verdict(4.99, limit(5))).toBe("pass");
    expect(verdict(-4.99, limit(5))).toBe("pass");
    expect(verdict(5.01, limit(5))).toBe("fail");
    expect(verdict(-5.01, limit(5))).toBe("fail");
    expect(verdict(5.01, PLAIN)).toBe("noLimit");
    const { limitPercent, limitSource } = analyseFlow(evenRun({ minutes: 120 }, at(0)), limit(14.5));
    expect({ limitPercent, limitSource }).toEqual({ limitPercent: 14.5, limitSource: "our own" });
  });

  it("is not judgeable where noise or another uncertainty is too large for the limit (ANA-008)", () => {
    // 2 x 100 √2 s / 0.998 g = a third of 0.1 % at s = 0.1176 mg.
    expect(verdict(0, { ...limit(0.1), balanceNoise: { readingG: 1.17e-4, source: "told" } })).toBe("pass");
    expect(verdict(9, { ...limit(0.1), balanceNoise: { readingG: 1.18e-4, source: "told" } })).toBe("notJudgeable");
    // A drift of 1 % an hour.
    expect(verdict(0, { ...limit(5), uncertainty: { driftGPerH: 0.01 * DENSITY } })).toBe("notJudgeable");
    expect(verdict(0, { ...limit(6.2), uncertainty: { driftGPerH: 0.01 * DENSITY } })).toBe("pass");
  });

  it("says when the limit lies within the uncertainty (ANA-008)", () => {
    const near = analyseFlow(evenRun({ minutes: 120 }, at(4.99)), limit(5));
    expect(near.notes.join()).toContain("another run may be judged the other way");
    expect(analyseFlow(evenRun({ minutes: 120 }, at(4.9)), limit(5)).notes).toEqual([]);
  });
});

describe("the uncertainty of the mean error", () => {
  it("has the parts of the GUM form (ANA-009)", () => {
    const budget = meanFlowUncertainty(
      {
        readingG: 3e-4,
        driftGPerH: 1e-4,
        evaporationGPerH: 2e-4,
        sensitivityPercent: 0.03,
        densityPercent: 0.04,
        resolutionG: 6e-4,
      },
      2,
      4,
    );
    const parts = [(Math.SQRT2 * 3e-4) / 2, 6e-4 / Math.sqrt(6) / 2, 4e-4 / 2, 8e-4 / 2, 3e-4, 4e-4].map(
      (u) => 100 * u,
    );
    expect(budget.parts.map(({ percent }) => Number(percent.toFixed(9)))).toEqual(
      parts.map((u) => Number(u.toFixed(9))),
    );
    expect(budget.standardPercent).toBeCloseTo(Math.hypot(...parts), 9);
    expect(budget.expandedPercent).toBeCloseTo(2 * Math.hypot(...parts), 9);
    expect(meanFlowUncertainty(NO_UNCERTAINTY, 1, 1).parts).toEqual([]);
  });

  it("is neither too small nor inflated: it is the spread of the errors of 1000 runs (ANA-009)", () => {
    const made = { minutes: 120, intervalS: 600, noiseG: 2e-3 };
    const settings: FlowSettings = { ...PLAIN, preset: "custom", balanceNoise: { readingG: 2e-3, source: "told" } };
    const scaled = Array.from({ length: 1000 }, (_, seed) => {
      const { meanErrorPercent, uncertaintyPercent } = analyseFlow(evenRun({ ...made, seed }, at(3)), settings);
      return (meanErrorPercent - 3) / (uncertaintyPercent / 2);
    });
    const spread = Math.sqrt(scaled.reduce((sum, one) => sum + one * one, 0) / scaled.length);
    expect(spread).toBeGreaterThan(0.93);
    expect(spread).toBeLessThan(1.07);
  });
});

describe("the analysed stretch", () => {
  const refusal = (minutes: number, settings: FlowSettings): string => {
    try {
      analyseFlow(evenRun({ minutes }, at(0)), settings);
    } catch (error) {
      if (error instanceof BadInput) return error.message;
      throw error;
    }
    return "was analysed";
  };

  it("is refused where the file does not reach, with the --analyse that it allows (ANA-010)", () => {
    expect(refusal(100, PLAIN)).toBe(
      "the file lasts 100 min from the pump's start; the stretch 60min:120min is wanted; it allows --analyse 60min:100min",
    );
    expect(refusal(50, PLAIN)).toContain("it allows --analyse 0min:50min");
    expect(refusal(26 * 60, { ...PLAIN, analyse: { fromMinutes: 120, toMinutes: 1600 } })).toContain("120min:1560min");
    expect(refusal(100, { ...PLAIN, analyse: { fromMinutes: 60, toMinutes: 100 } })).toBe("was analysed");
    const blink = evenRun({ minutes: 0.8 / 60, intervalS: 0.1 }, at(0));
    expect(() => analyseFlow(blink, PLAIN)).toThrow(/is wanted; it is too short for any stretch$/);
    expect(refusal(23 * 60, { ...PLAIN, preset: "ambulatory" })).toContain("it allows --analyse 0min:1380min");
  });

  it("has windows that are longer than it, which are null and not judgeable (ANA-010)", () => {
    const found = analyseFlow(evenRun({ minutes: 120 }, at(0)), { ...limit(5), windowsMinutes: [60, 60.2] });
    expect(found.windows[0]).toMatchObject({ minutes: 60, judgeable: true, withinLimit: true });
    expect(found.windows[1]).toMatchObject({ maxPercent: null, minPercent: null, judgeable: false, withinLimit: null });
  });

  it("goes from 24 h on for an ambulatory pump, and from the pump's start when that is told (ANA-010)", () => {
    const found = analyseFlow(evenRun({ minutes: 50 * 60, intervalS: 900 }, at(1)), { ...PLAIN, preset: "ambulatory" });
    expect(found).toMatchObject({ preset: "ambulatory", fromMinutes: 1440, toMinutes: 2940, samples: 101 });
    expect(found.windows.map(({ minutes }) => minutes)).toEqual([15, 60, 150, 330, 570, 930]);
    const late = analyseFlow(evenRun({ minutes: 150 }, at(1)), { ...PLAIN, startS: 1800 });
    expect(late).toMatchObject({ fromMinutes: 60, toMinutes: 120, samples: 121 });
    expect(late.convention).toContain("Time 0 is 1800 s on the file's axis");
  });

  it("has no hours where it has no samples, however far apart they are (ANA-005)", () => {
    const series = madeSeries([0, 1800, 3600, 5400, 1e13], [0, 0.5, 1, 1.5, 2]);
    const found = analyseFlow(series, { ...PLAIN, analyse: { fromMinutes: 0, toMinutes: 90 } });
    expect(found.hourly.hours).toHaveLength(1);
  });

  it("has its gaps and negative steps told by line, and nothing in between made up (ANA-005)", () => {
    const whole = evenRun({ minutes: 120 }, at(2));
    const keep = [...whole.timeS.keys()].filter((i) => i <= 160 || i >= 220);
    const series = madeSeries(
      keep.map((i) => whole.timeS[i] ?? NaN),
      keep.map((i) => (whole.massG[i] ?? NaN) - (i === 140 ? 0.01 : 0)),
    );
    const found = analyseFlow(series, PLAIN);
    expect(found.gapList).toEqual([{ line: 163, fromMinutes: 80, minutes: 30 }]);
    expect(found).toMatchObject({ gaps: 1, samples: 62 });
    expect(found.meanErrorPercent).toBeCloseTo(2, 8);
    expect(found.windows.at(-1)).toMatchObject({ minutes: 31, maxPercent: null });
    // Step 140 falls by 10 mg less what came in 30 s.
    expect(found.notes.join()).toContain("1 of 181 steps are negative and kept; the largest, -1.52 mg, is at line 142");
    expect(found.startUp.points.some(({ minutes }) => minutes > 80 && minutes < 110.4)).toBe(false);
  });
});
