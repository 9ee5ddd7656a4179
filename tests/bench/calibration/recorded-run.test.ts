import { describe, expect, it } from "vitest";
import { madeSeries } from "../../../bench/analysis/mass-series";
import { readPumpLog } from "../../../bench/analysis/pump-log";
import { calibrateVolume } from "../../../bench/calibration/calibrate-volume";
import type { CalibrationRun } from "../../../bench/calibration/calibration-run";
import { recordedRun } from "../../../bench/calibration/recorded-run";
import type { RecordingScale } from "../../../bench/calibration/recorded-run";
import { USUAL_PULSE } from "../../../bench/calibration/roller-pulse";
import { strokesBetween } from "../../../bench/calibration/pump-strokes";
import { normals } from "./runs";

const STROKES_PER_REVOLUTION = 200;
const STROKE_S = 0.5;
const SCALE: RecordingScale = {
  strokesPerRevolution: STROKES_PER_REVOLUTION,
  stepsPerRevolution: STROKES_PER_REVOLUTION,
  pulse: USUAL_PULSE,
  strokeS: STROKE_S,
  corrections: {},
  readingG: undefined,
  uncertainty: {},
  analyse: undefined,
};

/** A recording made of exact numbers: strokes of `trueUl` / 200, evenly, in lines that end at each full hour as the pump's do. */
function recording(
  name: string,
  run: { everyS: number; hours: number; trueUl: number; noiseG?: number; lostGPerH?: number; firstSampleS?: number },
): Parameters<typeof recordedRun>[0] {
  const { everyS, hours, trueUl, noiseG = 0, lostGPerH = 0, firstSampleS = 0 } = run;
  const times = Array.from({ length: Math.floor((hours * 3600) / everyS) }, (_, i) => (i + 1) * everyS);
  const byHour = new Map<number, number[]>();
  for (const atS of times) byHour.set(Math.floor(atS / 3600), [...(byHour.get(Math.floor(atS / 3600)) ?? []), atS]);
  const lines = [...byHour.values()].map((strokes) => {
    const [firstS = 0] = strokes;
    const lastS = strokes.at(-1) ?? 0;
    return JSON.stringify({ atMs: 1000 * firstS, event: "strokes", count: strokes.length, lastAtMs: 1000 * lastS });
  });
  const normal = normals(everyS);
  const sampleS = Array.from(
    { length: Math.floor((hours * 3600 - firstSampleS) / 30) + 1 },
    (_, i) => firstSampleS + 30 * i,
  );
  const massG = sampleS.map((atS) => {
    const whole = Math.min(times.length, Math.floor(atS / everyS + 1e-9));
    const under = whole === 0 ? 0 : Math.min(1, Math.max(0, (atS - whole * everyS) / STROKE_S));
    const strokes = Math.max(0, whole - 1) + under;
    return (strokes / STROKES_PER_REVOLUTION) * trueUl * 0.998e-3 - (lostGPerH * atS) / 3600 + noiseG * normal();
  });
  return {
    name,
    rateMlPerH: (3600 / everyS) * (0.06 / STROKES_PER_REVOLUTION),
    series: madeSeries(sampleS, massG, name),
    turned: readPumpLog(`${lines.join("\n")}\n`, "pump.ndjson", 0),
  };
}

describe("strokes of the pump's log", () => {
  it("are counted between two times, one under way with its share", () => {
    const lines = [
      { atS: 10, lastS: 50, count: 5 },
      { atS: 60, lastS: 60, count: 1 },
    ];
    expect(strokesBetween(lines, 0, 100, 2)).toBe(6);
    expect(strokesBetween(lines, 20, 51, 2)).toBe(3.5);
    expect(strokesBetween(lines, 11, 11, 2)).toBe(0);
  });
});

describe("recordings", () => {
  it("of less than a revolution are refused, and counted revolutions taken in the place of a log (CAL-011)", () => {
    const short = recording("short", { everyS: 10, hours: 0.5, trueUl: 60 });
    expect(() => recordedRun(short, SCALE)).toThrow(/0\.89\d revolutions are less than one.*whole revolutions/);
    const counted = recordedRun({ ...short, turned: 12 }, SCALE);
    expect(counted.revolutions).toBe(12);
    expect(counted.endsMl).toBe(0);
  });

  it("give the plant's true volume per revolution, to rounding when nothing is noisy (CAL-006)", () => {
    const runs = [80, 60, 3.7].map((everyS, i) =>
      recordedRun(recording(`run-${i}`, { everyS, hours: 5, trueUl: 57.3, firstSampleS: 37 * i }), SCALE),
    );
    for (const { volumeMl, revolutions } of runs) expect((1000 * volumeMl) / revolutions).toBeCloseTo(57.3, 9);
  });

  it("give it within the interval, with the balance's noise and evaporation added back (CAL-006)", () => {
    const corrections = { evaporation: { gPerH: 1e-3, standardGPerH: 2e-5, source: "blank" } };
    const runs: CalibrationRun[] = [];
    for (const everyS of [31, 30, 29, 7.1, 7, 6.9, 1.2, 1.1, 1])
      runs.push(
        recordedRun(recording(`every-${everyS}`, { everyS, hours: 4, trueUl: 61.9, noiseG: 1e-4, lostGPerH: 1e-3 }), {
          ...SCALE,
          corrections,
        }),
      );
    const found = calibrateVolume(runs);
    expect(found.refusals).toEqual([]);
    expect(found.intervalPercent).toBeLessThan(0.2);
    expect(found.lowPl).toBeLessThan(61.9e6);
    expect(found.highPl).toBeGreaterThan(61.9e6);
    // The balance's noise is found in its own second differences: slow runs are the less certain ones.
    const relative = runs.map(({ uncertaintyMl, volumeMl }) => uncertaintyMl / volumeMl);
    expect(relative[0]).toBeGreaterThan(5 * (relative.at(-1) ?? 0));
  });

  it("without flow or without strokes are refused (CAL-005)", () => {
    const good = recording("dry", { everyS: 10, hours: 1, trueUl: 60 });
    const still = { ...good, series: madeSeries([0, 1800, 3600], [1, 1, 1], "dry") };
    expect(() => recordedRun(still, SCALE)).toThrow(
      /no flow: the mass changed by 0.000000 g while the head turned 1\.8/,
    );
    expect(() => recordedRun({ ...good, turned: readPumpLog("", "pump.ndjson", 0) }, SCALE)).toThrow(/made no stroke/);
  });
});
