import { describe, expect, it } from "vitest";
import { Balance, IDEAL_BALANCE } from "../../../sim/plant/balance";
import type { BalanceModel } from "../../../sim/plant/balance";
import { DRAUGHT_MS, normalAt } from "../../../sim/plant/balance-noise";
import { airDensityGPerMl, buoyancyShare, waterDensityGPerMl } from "../../../sim/plant/water";

const HOUR = 3600000;

function balanceOf(model: Partial<BalanceModel>, seed = 1, restGPerH = 0): Balance {
  return new Balance({ ...IDEAL_BALANCE, ...model }, seed, restGPerH);
}

describe("the balance", () => {
  it("follows a steady flow and a dose with its time constant (SBE-002)", () => {
    const [tauS, gPerH] = [2, 36];
    const balance = balanceOf({ responseS: tauS, stableWithinG: 1e-3 }, 1, -gPerH);
    const ramp = (s: number): number => (-gPerH / 3600) * (s - tauS * (1 - Math.exp(-s / tauS)));
    for (const s of [0, 0.5, 2, 7.3]) expect(balance.reading(1000 * s).massG).toBeCloseTo(ramp(s), 8);
    // A dose of 1 g within 1 ms, 8 s after the start, is a step on top.
    balance.pour(8000, 1, 1);
    const shown = (s: number): number => ramp(s) + 1 - Math.exp(-(s - 8.0005) / tauS);
    for (const s of [30, 9, 10]) expect(balance.reading(1000 * s).massG).toBeCloseTo(shown(s), 6);
  });

  it("is stable again when what it lags behind is small enough, and not before", () => {
    const balance = balanceOf({ responseS: 2, stableWithinG: 1e-3 });
    balance.pour(0, 1, 1);
    const restMs = 2000 * Math.log(1 / 1e-3);
    expect([restMs - 20, restMs + 20].map((atMs) => balance.reading(atMs).isStable)).toEqual([false, true]);
  });

  it("shows water lighter by the lift of the air, and adds drift and the error of its sensitivity (SBE-003)", () => {
    // bench.md, 2.1: Z in uL/mg of Gilson's table at 800 and 1013 hPa, 50 % humidity.
    const z = (t: number, hPa: number): number =>
      1 / waterDensityGPerMl(t) / buoyancyShare(waterDensityGPerMl(t), airDensityGPerMl(t, hPa, 50));
    for (const [t, hPa, uLPerMg] of [
      [15, 1013, 1.002],
      [20, 800, 1.0026],
      [20, 1013, 1.0029],
      [25, 1013, 1.004],
    ] as const)
      expect(Math.abs(z(t, hPa) - uLPerMg)).toBeLessThan(6e-5);
    const balance = balanceOf({ buoyancyShare: 0.99895, sensitivityPercent: -0.5, driftGPerH: 0.002 });
    balance.pour(0, HOUR, 10);
    expect(balance.reading(6 * HOUR).massG).toBeCloseTo(10 * 0.99895 * 0.995 + 6 * 0.002, 8);
  });

  it("shows the same noise whenever and however often somebody looks; of its size, without memory (SBE-004)", () => {
    const sd = 1e-4;
    const [one, other, third] = [1, 1, 2].map((seed) => balanceOf({ repeatabilityG: sd }, seed));
    const times = Array.from({ length: 20000 }, (_, n) => 500 * n);
    const first = times.map((atMs) => one?.reading(atMs).massG ?? 0);
    const backwards = times.toReversed().map((atMs) => other?.reading(atMs).massG ?? 0);
    expect(backwards.toReversed()).toEqual(first);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const second = times.map((atMs) => third?.reading(atMs).massG ?? 0);
    const share = (a: number[], b: number[]): number => mean(a.map((value, n) => value * (b[n] ?? 0))) / sd ** 2;
    expect(Math.abs(mean(first)) / sd).toBeLessThan(0.03);
    expect(share(first, first)).toBeCloseTo(1, 1);
    // Neither the next reading nor another balance can be told from it.
    expect(Math.abs(share(first.slice(0, -1), first.slice(1)))).toBeLessThan(0.03);
    expect(Math.abs(share(first, second))).toBeLessThan(0.03);
    // As many beyond two standard deviations as a normal distribution has: 4.55 %.
    const beyond = first.filter((value) => Math.abs(value) > 2 * sd).length / first.length;
    expect(Math.abs(beyond - 0.0455)).toBeLessThan(0.006);
    // Days later too: times pass 32 bits of ms.
    expect(normalAt(1, 1000, 0)).not.toBe(normalAt(1, 1000 + 2 ** 32, 0));
  });

  it("rounds to its step, shows all its places, and no negative zero", () => {
    const balance = balanceOf({ resolutionG: 5e-4 });
    balance.pour(0, 1, 0.12339);
    expect(balance.reading(10)).toMatchObject({ massG: 0.1235, text: "0.1235" });
    expect(balance.tare(10)).toBe(0.1235);
    expect(balance.reading(10)).toMatchObject({ massG: 0, text: "0.0000" });
    balance.clearTare();
    expect(balance.reading(10).massG).toBe(0.1235);
    expect(balanceOf({ resolutionG: 0.01 }, 1, -1e-3).reading(HOUR).text).toBe("0.00");
  });

  it("says when more lies on the pan than it can weigh, the vessel included, or less than nothing", () => {
    const balance = balanceOf({ capacityG: 220, vesselG: 200 });
    balance.pour(0, 1, 19.9);
    expect(balance.reading(1)).toMatchObject({ isOverload: false, isUnderload: false });
    balance.pour(2, 1, 0.2);
    expect(balance.reading(3)).toMatchObject({ isOverload: true });
    expect(balanceOf({ capacityG: 220, vesselG: 0 }, 1, -12).reading(HOUR)).toMatchObject({ isUnderload: true });
  });

  it("feels as many draughts as there are, upwards and downwards, and is not stable meanwhile", () => {
    const [perH, sizeG, hours] = [30, 0.01, 60];
    const balance = balanceOf({ draughtsPerH: perH, draughtG: sizeG, stableWithinG: 1e-4 });
    const seen = { up: 0, down: 0, stable: 0, mostG: 0 };
    for (let atMs = 0; atMs < hours * HOUR; atMs += 1000) {
      const { massG, isStable } = balance.reading(atMs);
      if (massG > 1e-4) seen.up++;
      if (massG < -1e-4) seen.down++;
      if (Math.abs(massG) > 1e-4 && isStable) seen.stable++;
      seen.mostG = Math.max(seen.mostG, Math.abs(massG));
    }
    const share = (seen.up + seen.down) / (hours * 3600);
    expect(Math.abs(share / ((perH * DRAUGHT_MS) / HOUR) - 1)).toBeLessThan(0.1);
    expect(Math.abs(seen.up / seen.down - 1)).toBeLessThan(0.15);
    expect(seen.stable).toBe(0);
    expect(seen.mostG).toBeGreaterThan(0.99 * sizeG);
  });

  it("refuses a model that cannot be", () => {
    expect(() => balanceOf({ resolutionG: 0 })).toThrow("resolutionG is 0; it is 1e-9 to 1");
    expect(() => balanceOf({ repeatabilityG: NaN })).toThrow(RangeError);
  });
});
