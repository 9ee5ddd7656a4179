import { describe, expect, it } from "vitest";
import { readBenchPump } from "../../../bench/simulated/node/bench-pump";
import { SimulatedBench } from "../../../bench/simulated/simulated-bench";
import type { SimulatedBenchSetup } from "../../../bench/simulated/simulated-bench";

const HOUR = 3600000;
const { config } = readBenchPump("reference-20ml");
const strokeNl = config.plPerRevolution / 1000 / config.fullStepsPerRevolution;

function benchOf(setup: Partial<SimulatedBenchSetup> = {}): SimulatedBench {
  return new SimulatedBench({ config, rateMlPerH: 1, profile: "analytical", seed: 7, ...setup });
}

describe("the simulated bench", () => {
  it("delivers what the pump's own program delivers: to the stroke on the ideal bench, at both ends of the rates (SBE-005)", () => {
    for (const [rateMlPerH, hours] of [
      [1, 26],
      [0.002, 26],
    ] as const) {
      const bench = benchOf({ rateMlPerH, profile: "ideal" });
      bench.advanceTo(hours * HOUR);
      const orderedNl = rateMlPerH * hours * 1e6;
      const deliveredNl = bench.trueVolumeNl(hours * HOUR);
      // The stroke that is due at the end has only begun.
      expect(orderedNl - deliveredNl).toBeGreaterThan(-1e-6);
      expect(orderedNl - deliveredNl).toBeLessThan(strokeNl + 1e-6);
      expect(bench.display().massG).toBeCloseTo(deliveredNl / 1e6, 8);
      bench.close();
    }
  });

  it("shows the same weights and pump log however often it is looked at, so that a resumed recording goes on unbroken (SBE-006)", () => {
    const logs: string[][] = [[], []];
    const [whole, resumed] = logs.map((log) =>
      benchOf({ onPumpLine: (text) => log.push(text), balance: { draughtsPerH: 60, draughtG: 0.001 } }),
    );
    if (whole === undefined || resumed === undefined) throw new Error("two benches are wanted");
    const shown = new Map<number, unknown>();
    for (let atMs = 0; atMs <= 2 * HOUR; atMs += 1700) {
      whole.advanceTo(atMs);
      shown.set(atMs, whole.display());
    }
    for (let atMs = 1700 * 2500; atMs <= 2 * HOUR; atMs += 17000) {
      resumed.advanceTo(atMs);
      expect(resumed.display()).toEqual(shown.get(atMs));
    }
    whole.advanceTo(2 * HOUR);
    resumed.advanceTo(2 * HOUR);
    whole.close();
    resumed.close();
    expect(logs[0]?.length).toBeGreaterThan(5);
    expect(logs[1]).toEqual(logs[0]);
    expect(() => whole.advanceTo(HOUR)).toThrow(RangeError);
  });

  it("gives every seed a true instrument of its own, and what is told of the head instead", () => {
    const [one, other] = [benchOf({ seed: 1 }), benchOf({ seed: 2 })];
    expect(one.truth).not.toEqual(other.truth);
    // 3 % more a revolution than the configuration says.
    const told = benchOf({ revolutionUl: 61.8 });
    told.advanceTo(10 * HOUR);
    expect(told.trueVolumeNl(10 * HOUR) / 1.03e7).toBeCloseTo(1, 4);
  });

  it("lets a bolus arrive on top of the basal", () => {
    const boluses = [{ atMs: HOUR, volumeNl: 60000, overMs: 600000 }];
    const bench = benchOf({ rateMlPerH: 0.02, profile: "ideal", boluses });
    bench.advanceTo(2 * HOUR);
    const before = bench.trueVolumeNl(HOUR);
    const after = bench.trueVolumeNl(HOUR + 600000 + config.strokeMs) - before;
    expect(after / (60000 + 20000 / 6)).toBeCloseTo(1, 2);
    bench.close();
  });

  it("refuses what this pump cannot give, with its limit", () => {
    expect(() => benchOf({ rateMlPerH: 10 })).toThrow(
      "240 mL/day is more than this pump gives; its hard limit is 24 mL/day",
    );
    const boluses = [{ atMs: 0, volumeNl: 60000, overMs: 1000 }];
    expect(() => benchOf({ rateMlPerH: 0.5, boluses })).toThrow("let the bolus take longer");
    expect(() => readBenchPump("reference-20")).toThrow("there is no such pump; did you mean reference-20ml?");
  });
});
