import { expect, test } from "vitest";
import { OutstandingStrokes } from "../../../src/motion/outstanding";
import { NEVER_MS } from "../../../src/units";

test("the report of the oldest stroke is waited for: later ones do not put it off, and each report begins anew", () => {
  const outstanding = new OutstandingStrokes(100);
  expect(outstanding.overdueMs).toBe(NEVER_MS);
  outstanding.ordered(1000);
  const patienceMs = outstanding.overdueMs - 1100;
  expect(patienceMs).toBeGreaterThan(0);
  outstanding.ordered(1050);
  expect(outstanding.overdueMs).toBe(1100 + patienceMs);
  outstanding.reported(1, 1100);
  expect([outstanding.strokes, outstanding.overdueMs]).toEqual([1, 1200 + patienceMs]);
  outstanding.reported(1, 1200);
  expect([outstanding.strokes, outstanding.overdueMs]).toEqual([0, NEVER_MS]);
});

test("a head that takes longer for a stroke has longer for its report", () => {
  const overdueMs = [100, 300].map((strokeMs) => {
    const outstanding = new OutstandingStrokes(strokeMs);
    outstanding.ordered(1000);
    return outstanding.overdueMs;
  });
  expect((overdueMs[1] ?? NaN) - (overdueMs[0] ?? NaN)).toBe(200);
});
