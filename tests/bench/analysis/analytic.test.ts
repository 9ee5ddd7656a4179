import { describe, expect, it } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import type { FlowAnalysis } from "../../../bench/analysis/flow-analysis";
import { DENSITY, evenRun } from "./made-runs";

const RATE = 1;
/** mL a minute at the set rate. */
const PER_MIN = RATE / 60;

function errorsOf({ windows }: FlowAnalysis): (readonly [number, number | null, number | null])[] {
  return windows.map(({ minutes, maxPercent, minPercent }) => [minutes, maxPercent, minPercent]);
}

describe("flows with a known answer", () => {
  it("finds a constant error in the mean, in all windows and in every hour (ANA-001)", () => {
    const found = analyseFlow(
      evenRun({ minutes: 180 }, (minutes) => 40 + 1.03 * PER_MIN * minutes),
      { rateMlPerH: RATE },
    );
    expect(found).toMatchObject({
      preset: "volumetric",
      analysedMinutes: 60,
      samples: 121,
      gaps: 0,
      verdict: "noLimit",
    });
    expect(found).toMatchObject({ fromMinutes: 60, toMinutes: 120 });
    expect(found.meanErrorPercent).toBeCloseTo(3, 8);
    expect(found.windows.map(({ minutes }) => minutes)).toEqual([2, 5, 11, 19, 31]);
    for (const { maxPercent, minPercent } of found.windows) {
      expect(maxPercent).toBeCloseTo(3, 6);
      expect(minPercent).toBeCloseTo(3, 6);
    }
    expect(found.hourly.hours.map(({ fromMinutes }) => fromMinutes)).toEqual([0, 60, 120]);
    for (const { errorPercent } of found.hourly.hours) expect(errorPercent).toBeCloseTo(3, 6);
    expect(found.startUp.points).toHaveLength(240);
    for (const { mlPerH } of found.startUp.points) expect(mlPerH).toBeCloseTo(1.03, 8);
    expect(found.driftPercentPerHour).toBeCloseTo(0, 8);
  });

  it("shows a pulsation of 20 % and 7 min as its closed form on the grid of samples (ANA-001)", () => {
    const [share, period] = [0.2, 7];
    const angle = (minutes: number): number => (2 * Math.PI * minutes) / period;
    const volume = (minutes: number): number => PER_MIN * (minutes - (share / angle(1)) * Math.cos(angle(minutes)));
    const found = analyseFlow(evenRun({ minutes: 120 }, volume), { rateMlPerH: RATE });
    const expected = [2, 5, 11, 19, 31].map((length) => {
      // The mean over a window is the sine at its middle, less by sinc.
      const size = (100 * share * Math.sin((Math.PI * length) / period)) / ((Math.PI * length) / period);
      const starts = Array.from({ length: 2 * (60 - length) + 1 }, (_, i) => 60 + i / 2);
      const errors = starts.map((start) => size * Math.sin(angle(start + length / 2)));
      return [length, Math.max(...errors), Math.min(...errors)] as const;
    });
    errorsOf(found).forEach(([length, most, least], i) => {
      expect(length).toBe(expected[i]?.[0]);
      expect(most).toBeCloseTo(expected[i]?.[1] ?? NaN, 6);
      expect(least).toBeCloseTo(expected[i]?.[2] ?? NaN, 6);
    });
    // Never beyond the amplitude of the continuous flow.
    [17.42, 6.97, 3.95, 1.83, 1.4].forEach((most, i) => expect(found.windows[i]?.maxPercent).toBeLessThanOrEqual(most));
  });

  it("shows single doses of 3.3 min as the quantisation that they are (ANA-001)", () => {
    const cycle = 3.3;
    const doses = (minutes: number): number => PER_MIN * cycle * Math.floor(minutes / cycle + 1e-9);
    const found = analyseFlow(evenRun({ minutes: 120 }, doses), { rateMlPerH: RATE });
    const expected = [2, 5, 11, 19, 31].map((length) => [
      100 * ((Math.ceil(length / cycle) * cycle) / length - 1),
      100 * ((Math.floor(length / cycle) * cycle) / length - 1),
    ]);
    expect(expected[3]?.[0]).toBeCloseTo(4.2105, 3);
    errorsOf(found).forEach(([, most, least], i) => {
      expect(most).toBeCloseTo(expected[i]?.[0] ?? NaN, 6);
      expect(least).toBeCloseTo(expected[i]?.[1] ?? NaN, 6);
    });
  });

  it("lets windows of whole dose cycles see no pulsation at all (ANA-001)", () => {
    const cycle = 3;
    const pulsed = (minutes: number): number =>
      PER_MIN * (1.02 * minutes + 0.3 * Math.sin((2 * Math.PI * minutes) / cycle));
    const found = analyseFlow(evenRun({ minutes: 120 }, pulsed), {
      rateMlPerH: RATE,
      cycle: { minutes: cycle, source: "told" },
    });
    expect(found.cycleWindows.map(({ minutes }) => minutes)).toEqual([3, 6, 12, 18, 30]);
    for (const { maxPercent, minPercent } of found.cycleWindows) {
      expect(maxPercent).toBeCloseTo(2, 6);
      expect(minPercent).toBeCloseTo(2, 6);
    }
  });

  it("finds the evaporation of 0.05 g/h and takes it out (ANA-002)", () => {
    const weighed = evenRun({ minutes: 120 }, (minutes) => PER_MIN * minutes * (1 - 0.05 / DENSITY));
    expect(analyseFlow(weighed, { rateMlPerH: RATE }).meanErrorPercent).toBeCloseTo(-5.0100200401, 8);
    const corrected = analyseFlow(weighed, {
      rateMlPerH: RATE,
      corrections: { evaporation: { gPerH: 0.05, standardGPerH: 0, source: "--evaporation" } },
    });
    expect(corrected.meanErrorPercent).toBeCloseTo(0, 8);
    for (const { maxPercent } of corrected.windows) expect(maxPercent).toBeCloseTo(0, 6);
    expect(corrected.corrections.map(({ name, on }) => [name, on])).toEqual([
      ["evaporation", true],
      ["buoyancy", false],
      ["waterDensity", false],
    ]);
    expect(corrected.notes.join()).toContain("the blank dominates: evaporation is 5.01 % of the flow");
  });

  it("takes out the water's density and the lift of the air as in the tables (ANA-002)", () => {
    // 1 mg of water on the balance is 1.00285 µL at 20 °C, 1013.25 hPa and 50 % (Gilson's table: 1.0029).
    const series = evenRun({ minutes: 120 }, (minutes) => (PER_MIN * minutes) / DENSITY / 1.00285);
    const air = { temperatureC: 20, pressureHpa: 1013.25, humidityPercent: 50, source: "told" };
    const found = analyseFlow(series, { rateMlPerH: RATE, corrections: { waterTemperatureC: 20, air } });
    expect(found.meanErrorPercent).toBeCloseTo(0, 3);
    expect(found.densityGPerMl).toBeCloseTo(0.998207, 6);
    const dry = analyseFlow(series, { rateMlPerH: RATE, corrections: { waterTemperatureC: 20 } });
    expect(found.meanErrorPercent - dry.meanErrorPercent).toBeCloseTo(0.105, 2);
  });

  it("finds a drift of the flow in % an hour, and the hours' means and spread (ANA-001)", () => {
    // q = r (1 + 0.04 h): V = r (h + 0.02 h²), hour k has 1 + 0.04 (k + 1/2).
    const series = evenRun({ minutes: 360 }, (minutes) => RATE * (minutes / 60 + 0.02 * (minutes / 60) ** 2));
    const found = analyseFlow(series, { rateMlPerH: RATE, analyse: { fromMinutes: 120, toMinutes: 360 } });
    expect(found.preset).toBe("custom");
    expect(found.driftPercentPerHour).toBeCloseTo(4, 6);
    expect(found.hourly.hours.map(({ errorPercent }) => Number(errorPercent.toFixed(6)))).toEqual([
      2, 6, 10, 14, 18, 22,
    ]);
    expect(found.hourly.meanPercent).toBeCloseTo(16, 6);
    expect(found.hourly.sdPercent).toBeCloseTo(Math.sqrt((36 + 4 + 4 + 36) / 3), 6);
  });
});
