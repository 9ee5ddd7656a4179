import { describe, expect, test } from "vitest";
import { highestRateNlPerDay, longestStrokeMs } from "../../../src/motion/stroke-time";
import { StrokeVolume } from "../../../src/motion/stroke";
import { REFERENCE_PUMP } from "../reference-pump";

describe("the longest time of a stroke", () => {
  // 2 ms enable, 50 ms hold, 5 ms for one write; pulses a tenth slower than wanted.
  test.each([
    ["16 pulses of 2 ms on a 10 ms grid", 16, 2, 10, 57 + 178],
    ["16 pulses of 2 ms on a 1 ms grid", 16, 2, 1, 57 + 36],
    ["one pulse of 1 ms on a 1 ms grid", 1, 1, 1, 57 + 2],
    ["9 pulses of 10 ms: no rounding", 9, 10, 10, 57 + 100],
    ["a pulse just above the grid takes two", 9, 11, 10, 57 + 200],
  ])("%s", (_name, microsteps, intervalMs, gridMs, expectedMs) => {
    expect(longestStrokeMs(microsteps, intervalMs, gridMs)).toBe(expectedMs);
  });
});

describe("the highest rate", () => {
  test("is that of whole strokes one after the other", () => {
    expect(highestRateNlPerDay(new StrokeVolume(REFERENCE_PUMP), 235)).toBe(367659 * 300);
    expect(highestRateNlPerDay(new StrokeVolume(REFERENCE_PUMP), 86400000)).toBe(300);
    expect(highestRateNlPerDay(new StrokeVolume(REFERENCE_PUMP), 86400001)).toBe(0);
  });
});
