import { fc, test as property } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import { madeSeries } from "../../../bench/analysis/mass-series";
import { medianInPlace } from "../../../bench/analysis/median";
import { stretchOf } from "../../../bench/analysis/stretch";
import { windowExtremes } from "../../../bench/analysis/windows";

/** Times in whole seconds, so that comparing them is exact: uneven, with equal ones and gaps; and masses beside them. */
const irregularRun = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 20, max: 40 }) },
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 70, max: 2000 }) },
      ),
      grown: fc.integer({ min: -50, max: 400 }),
    }),
    { minLength: 8, maxLength: 120 },
  )
  .map((steps) => {
    const timeS = [0];
    const volumeMl = [0];
    for (const { step, grown } of steps) {
      timeS.push((timeS.at(-1) ?? 0) + step);
      volumeMl.push((volumeMl.at(-1) ?? 0) + grown / 1024);
    }
    return { timeS, volumeMl };
  });

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** The definition word for word, without any cleverness. */
function byDefinition(
  { timeS, volumeMl }: { readonly timeS: readonly number[]; readonly volumeMl: readonly number[] },
  windowS: number,
  rateMlPerH: number,
): number[] {
  const intervals = timeS.slice(1).map((time, i) => time - (timeS[i] ?? NaN));
  const median = medianOf(intervals);
  const errors: number[] = [];
  timeS.forEach((from, i) => {
    let j = 0;
    timeS.forEach((time, k) => {
      if (Math.abs(time - from - windowS) < Math.abs((timeS[j] ?? NaN) - from - windowS)) j = k;
    });
    const to = timeS[j] ?? NaN;
    if (j <= i || to === from || Math.abs(to - from - windowS) > median / 2) return;
    if (intervals.slice(i, j).some((interval) => interval > 2.5 * median)) return;
    const flow = (((volumeMl[j] ?? NaN) - (volumeMl[i] ?? NaN)) / (to - from)) * 3600;
    errors.push(100 * (flow / rateMlPerH - 1));
  });
  return errors;
}

describe("windows by true elapsed time", () => {
  property.prop([irregularRun, fc.integer({ min: 5, max: 900 })], { numRuns: 500 })(
    "are those of the definition, on uneven samples with gaps (ANA-003)",
    (run, windowS) => {
      fc.pre(medianOf(run.timeS.slice(1).map((time, i) => time - (run.timeS[i] ?? NaN))) > 0);
      const stretch = stretchOf(Float64Array.from(run.timeS), Float64Array.from(run.volumeMl));
      const found = windowExtremes(stretch, windowS / 60, 30);
      const errors = byDefinition(run, windowS, 30);
      expect(found?.count ?? 0).toBe(errors.length);
      if (found === undefined) return;
      expect(found.maxPercent).toBeCloseTo(Math.max(...errors), 6);
      expect(found.minPercent).toBeCloseTo(Math.min(...errors), 6);
    },
  );

  property.prop([irregularRun, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 5 })], { numRuns: 200 })(
    "do not know the vessel's mass, and go with the rate (ANA-003)",
    (run, vesselG, factor) => {
      fc.pre(medianOf(run.timeS.slice(1).map((time, i) => time - (run.timeS[i] ?? NaN))) > 0);
      const settings = { rateMlPerH: 30, preset: "custom" } as const;
      const plain = analyseFlow(madeSeries(run.timeS, run.volumeMl), settings);
      const heavy = analyseFlow(
        madeSeries(
          run.timeS,
          run.volumeMl.map((mass) => factor * mass + vesselG),
        ),
        { ...settings, rateMlPerH: 30 * factor },
      );
      expect(heavy.meanErrorPercent).toBeCloseTo(plain.meanErrorPercent, 6);
      heavy.windows.forEach(({ maxPercent, minPercent, noisePercent }, i) => {
        const other = plain.windows[i];
        expect(noisePercent).toBeCloseTo(other?.noisePercent ?? NaN, 6);
        if (maxPercent === null || minPercent === null) return expect(other?.maxPercent).toBeNull();
        expect(maxPercent).toBeCloseTo(other?.maxPercent ?? NaN, 6);
        expect(minPercent).toBeCloseTo(other?.minPercent ?? NaN, 6);
      });
    },
  );

  property.prop([fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 })], { numRuns: 300 })(
    "are cut by the median that sorting finds (ANA-003)",
    (values) => {
      expect(medianInPlace(Float64Array.from(values))).toBe(medianOf(values));
    },
  );
});
