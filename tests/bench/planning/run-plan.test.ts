import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../bench/analysis/presets";
import { meanFlowUncertainty, NO_UNCERTAINTY } from "../../../bench/analysis/uncertainty";
import { USUAL_PULSE } from "../../../bench/calibration/roller-pulse";
import { neededTime } from "../../../bench/planning/needed-time";
import type { FlowRipple } from "../../../bench/planning/needed-time";
import { planWarnings } from "../../../bench/planning/plan-warnings";
import { recommendedRun } from "../../../bench/planning/recommended-run";
import { planRun } from "../../../bench/planning/run-plan";
import type { PlanInputs } from "../../../bench/planning/run-plan";
import { strokeWindow } from "../../../bench/planning/stroke-windows";

const SLOW: PlanInputs = {
  rateMlPerH: 0.002,
  densityGPerMl: 0.998,
  known: { ...NO_UNCERTAINTY, readingG: 1e-4 },
  evaporationGPerH: undefined,
  wantedPercent: 2,
  limitPercent: 5,
  strokeMl: 0.0003,
  revolutionMl: 0.06,
  pulse: USUAL_PULSE,
  usableMl: 19,
  supply: { volumeMl: 19, name: "the reservoir" },
  mostRateMlPerH: 1,
  presets: [PRESETS.volumetric, PRESETS.ambulatory],
};

/** A flow without strokes and rollers. */
const STEADY: FlowRipple = { strokeHours: 0, passHours: 0, pulsationPercent: 0 };

function timeOf(known: PlanInputs["known"], massRateGPerH: number, percent: number): number | null {
  return neededTime(known, massRateGPerH, percent, STEADY).anyHours;
}

describe("the time for an uncertainty", () => {
  it("is that of the reference table, for 1 % at k = 1 (PLN-001)", () => {
    // sqrt(2) s over 1 % of the flow, in minutes: rate in mL/day, then s = 1 ug, 10 ug, 0.1 mg, 1 mg; to the digits printed there.
    const table = [
      [0.048, 4.3, 42.5, 7.1 * 60, 71 * 60],
      [0.24, 0.85, 8.5, 85, 14 * 60],
      [1, 0.2, 2, 20, 3.4 * 60],
      [2.4, 0.09, 0.9, 8.5, 85],
      [5, 0.04, 0.4, 4.1, 41],
      [24, 0.01, 0.1, 0.9, 8.5],
    ] as const;
    for (const [mlPerDay, ...minutes] of table) {
      [1e-6, 1e-5, 1e-4, 1e-3].forEach((readingG, i) => {
        const hours = timeOf({ ...NO_UNCERTAINTY, readingG }, (mlPerDay / 24) * 0.998, 2);
        const printed = minutes[i] ?? NaN;
        // The table has two digits, one where it is below 1 min.
        expect(Math.abs((60 * (hours ?? NaN)) / printed - 1)).toBeLessThan(printed < 0.3 ? 0.3 : 0.06);
      });
    }
    const hours = timeOf({ ...NO_UNCERTAINTY, readingG: 1e-4 }, 0.002 * 0.998, 2);
    expect(hours).toBeCloseTo((100 * Math.SQRT2 * 1e-4) / (0.002 * 0.998), 9);
  });

  it("gives the wanted uncertainty back to the analysis' own budget (PLN-001)", () => {
    const known = {
      readingG: 1e-4,
      driftGPerH: 4e-6,
      evaporationGPerH: 3e-6,
      sensitivityPercent: 0.05,
      densityPercent: 0.02,
      resolutionG: 1e-4,
    };
    const hours = timeOf(known, 0.01, 1);
    expect(meanFlowUncertainty(known, 0.01 * (hours ?? NaN), hours ?? NaN).expandedPercent).toBeCloseTo(1, 9);
  });

  it("does not exist where drift or evaporation takes a constant share, and the larger is named (PLN-002)", () => {
    const known = { ...NO_UNCERTAINTY, readingG: 1e-4, driftGPerH: 5e-6, evaporationGPerH: 2e-5 };
    const never = neededTime(known, 0.002, 1, STEADY);
    expect(never.anyHours).toBeNull();
    expect(never.floor.map(({ name }) => name)).toEqual(["evaporation", "balance drift"]);
    expect(never.floorPercent).toBeCloseTo((200 * Math.hypot(5e-6, 2e-5)) / 0.002, 9);
    // Just above that share it does.
    expect(timeOf(known, 0.002, never.floorPercent * 1.001)).toBeGreaterThan(0);
    expect(timeOf(known, 0.002, never.floorPercent * 0.999)).toBeNull();
  });
});

describe("a planned run", () => {
  it("says which windows the balance can judge (PLN-003)", () => {
    // Noise of 930 min: 100 sqrt(2) 0.1 mg / (1.996 mg/h x 15.5 h) = 0.457 %; twice that is below 5 % / 3. At 150 min it is 2.8 %.
    const plan = planRun(SLOW);
    const [volumetric, ambulatory] = plan.presets;
    expect(volumetric?.windows.some(({ judgeable }) => judgeable)).toBe(false);
    expect(ambulatory?.windows.map(({ minutes, judgeable }) => [minutes, judgeable])).toEqual([
      [15, false],
      [60, false],
      [150, false],
      [330, false],
      [570, true],
      [930, true],
    ]);
    expect(ambulatory?.windows.at(-1)?.noisePercent).toBeCloseTo(0.4571, 4);
    expect(plan.shortestWindowMinutes).toBeCloseTo((6 * 100 * Math.SQRT2 * 0.1 * 60) / (5 * 1.996), 6);
    expect(plan.leastIntervalS).toBeCloseTo((plan.shortestWindowMinutes * 60) / 6, 6);
    expect(plan.intervalS).toBe(900);
    // 25 h after the first day, rounded up to three passes of the rollers of 10 h.
    expect(ambulatory?.runHours).toBeCloseTo(54, 9);
  });

  it("shows what whole strokes make of a window (PLN-004)", () => {
    // A dose every 3.3 min.
    const known = [
      [2, 65, -100],
      [5, 32, -34],
      [11, 20, -10],
      [19, 4.2105, -13.1579],
      [31, 6.4516, -4.1935],
    ] as const;
    for (const [minutes, max, min] of known) {
      expect(strokeWindow(minutes, 3.3).maxPercent).toBeCloseTo(max, 4);
      expect(strokeWindow(minutes, 3.3).minPercent).toBeCloseTo(min, 4);
    }
    expect(strokeWindow(33, 3.3)).toMatchObject({ maxPercent: 0, minPercent: 0 });
    expect(planRun(SLOW).cycleMinutes).toBeCloseTo(9, 9);
  });

  it("warns when the blank dominates, and knows how long the reservoir lasts (PLN-005)", () => {
    expect(planRun(SLOW)).toMatchObject({ evaporationPercent: null, blankDominates: false, reservoirHours: 9500 });
    const open = planRun({ ...SLOW, evaporationGPerH: 1.1e-4 });
    expect(open.evaporationPercent).toBeCloseTo(5.511, 3);
    expect(open.blankDominates).toBe(true);
    expect(planRun({ ...SLOW, evaporationGPerH: 0.99e-4 }).blankDominates).toBe(false);
  });
});

describe("the pump's flow, not the stretch's", () => {
  it("takes longer than the balance by strokes and rollers, as their bounds say (PLN-007)", () => {
    const exact = { ...NO_UNCERTAINTY };
    const { strokesHours, anyHours } = neededTime(exact, 0.002, 1, {
      strokeHours: 0.15,
      passHours: 10,
      pulsationPercent: 20,
    });
    expect(strokesHours).toBeCloseTo(15, 9);
    expect(anyHours).toBeCloseTo(Math.hypot(15, (40 * 10) / (Math.PI * Math.SQRT2)), 9);
    // However fine the balance, no less than the strokes take, in whole passes of 10 h.
    expect(planRun({ ...SLOW, known: exact, wantedPercent: 1 }).hours).toBeCloseTo(20, 9);
    // A pass of 72 s is no whole number of readings each 30 s; five are.
    expect(planRun({ ...SLOW, rateMlPerH: 1, wantedPercent: 1 }).hours).toBeCloseTo(0.1, 9);
    // Where whole passes would be three times as long, the bound counts.
    const coarse = planRun({ ...SLOW, known: exact, wantedPercent: 40, pulse: { rollers: 1, pulsationPercent: 5 } });
    expect(coarse.hours).toBeCloseTo(Math.hypot(15, (10 * 30) / (Math.PI * Math.SQRT2)) / 40, 9);
  });

  it("is within the wanted uncertainty in the run that is recommended (PLN-007)", () => {
    // Heads without noise: the deviation is that of strokes and rollers alone, whatever the start.
    for (const [rateMlPerH, wantedPercent] of [
      [0.002, 1],
      [0.0123, 0.5],
      [0.11, 0.7],
      [1, 0.5],
    ] as const) {
      const inputs = { ...SLOW, rateMlPerH, wantedPercent, known: { ...NO_UNCERTAINTY, readingG: 1.5e-6 } };
      const run = recommendedRun(inputs, planRun(inputs));
      expect(run).not.toBeNull();
      const { fromMinutes = 0, toMinutes = 0, intervalS = 1 } = run ?? {};
      expect(60 * (toMinutes - fromMinutes)).toBeGreaterThanOrEqual(4 * intervalS);
      for (const phase of [0, 0.07, 0.11, 0.19, 0.28]) {
        const readingAt = (minutes: number): number => Math.floor((60 * minutes) / intervalS + 1e-6) * intervalS;
        const fromS = readingAt(fromMinutes);
        const toS = readingAt(toMinutes);
        const gave = headMl(rateMlPerH, toS, phase) - headMl(rateMlPerH, fromS, phase);
        const percent = 100 * (gave / (rateMlPerH * ((toS - fromS) / 3600)) - 1);
        expect(Math.abs(percent), `${rateMlPerH} mL/h from ${phase}`).toBeLessThan(wantedPercent);
      }
    }
  });

  it("is not recommended beyond the pump's limit or what there is to pump (PLN-005)", () => {
    const fast = { ...SLOW, rateMlPerH: 1.1 };
    expect(recommendedRun(fast, planRun(fast))).toBeNull();
    expect(planWarnings(fast, planRun(fast)).join()).toContain("its hard limit is 1 mL/h");
    const little = { ...SLOW, supply: { volumeMl: 0.02, name: "the bottle" } };
    expect(recommendedRun(little, planRun(little))).toBeNull();
    expect(planWarnings(little, planRun(little)).join()).toContain("the bottle is not enough");
  });
});

/** What a head of 60 uL, 200 strokes and 3 rollers with a pulsation of 20 % has given after so long, in mL, from a phase in revolutions. */
function headMl(rateMlPerH: number, seconds: number, phase: number): number {
  const turned = Math.floor(((rateMlPerH * seconds) / 3600 / 0.06) * 200 + 1e-6) / 200;
  const pulse = (at: number): number => (0.2 * Math.sin(6 * Math.PI * at)) / (6 * Math.PI);
  return 0.06 * (turned - pulse(phase + turned) + pulse(phase));
}
