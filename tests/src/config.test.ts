// Shows SAF-003.
import { describe, expect, test } from "vitest";
import type { PumpConfig } from "../../src/config";
import { MAX_PULSE_INTERVAL_MS, MAX_STROKE_PL, NO_PUMP, wrongConfigField } from "../../src/config";
import { REFERENCE_PUMP } from "./reference-pump";

/** Slow, so that the head's rate bounds no other field. */
const SLOW_PUMP = { ...REFERENCE_PUMP, maxRateNlPerDay: 1000 };

/** Place, field, least, most. */
const RANGES: [place: number, field: keyof PumpConfig, least: number, most: number][] = [
  // 10 nL a stroke at least.
  [1, "plPerRevolution", 2000000, 1000000000],
  [2, "fullStepsPerRevolution", 1, 6000],
  [3, "fullStepsPerStroke", 1, Math.floor(MAX_STROKE_PL / REFERENCE_PUMP.plPerRevolution)],
  [4, "microsteps", 1, 256],
  [5, "pulseIntervalMs", 1, MAX_PULSE_INTERVAL_MS],
  [6, "strokeMs", 50, 2000],
  // 367,659 strokes of 300 nL in a day of 235 ms each, and one nL of rounding a stroke.
  [7, "maxRateNlPerDay", 1, 367659 * 301],
  [8, "maxBolusNl", 1, 100000000],
  [9, "windowMs", 60000, 604800000],
  [10, "maxWindowNl", 1, 1000000000],
  [11, "capacityNl", REFERENCE_PUMP.lowNl, 100000000],
  [12, "lowNl", REFERENCE_PUMP.emptyNl, REFERENCE_PUMP.capacityNl],
  [13, "emptyNl", 0, REFERENCE_PUMP.lowNl],
];

test("the reference pump is sound", () => {
  expect(wrongConfigField(REFERENCE_PUMP)).toBe(0);
});

describe.each(RANGES)("field %i, %s", (place, field, least, most) => {
  const wrongWith = (value: number): number => wrongConfigField({ ...SLOW_PUMP, [field]: value });

  test("is right at both ends of its range", () => {
    expect(wrongWith(least)).toBe(0);
    expect(wrongWith(most)).toBe(0);
  });

  test("is wrong beyond them, and when it is no whole number", () => {
    // Content marks are compared with each other: the one that is named may be its neighbour.
    const named = field === "capacityNl" ? [11, 12] : field === "lowNl" ? [12, 13] : place === 2 ? [1, 2] : [place];
    for (const value of [least - 1, most + 1, least + 0.5, -1, NaN, Infinity])
      expect(named).toContain(wrongWith(value));
  });
});

test("the hard limit's window is a whole number of minutes", () => {
  expect(wrongConfigField({ ...REFERENCE_PUMP, windowMs: 86400001 })).toBe(9);
});

test("the pump that stands in for a wrong one is sound", () => {
  expect(wrongConfigField(NO_PUMP)).toBe(0);
});
