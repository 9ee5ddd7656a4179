import { describe, expect, test } from "vitest";
import { OutstandingStrokes } from "../../../src/motion/outstanding";
import { NEVER_MS } from "../../../src/units";

const STROKE_MS = 235;
const GRACE_MS = 4000;

describe("strokes on their way", () => {
  test("one stroke has its time and twice the time after which it is stale", () => {
    const outstanding = new OutstandingStrokes(STROKE_MS);
    expect(outstanding.overdueMs).toBe(NEVER_MS);
    outstanding.ordered(1000);
    expect(outstanding.overdueMs).toBe(1000 + STROKE_MS + GRACE_MS);
  });

  test("a report gives the rest its full time again, and the last one ends the wait", () => {
    const outstanding = new OutstandingStrokes(STROKE_MS);
    outstanding.ordered(1000);
    outstanding.ordered(1100);
    outstanding.reported(1, 1235);
    expect(outstanding).toMatchObject({ strokes: 1, overdueMs: 1235 + STROKE_MS + GRACE_MS });
    outstanding.reported(1, 1470);
    expect(outstanding).toMatchObject({ strokes: 0, overdueMs: NEVER_MS });
  });

  test("when all are given up at once, none is waited for", () => {
    const outstanding = new OutstandingStrokes(STROKE_MS);
    outstanding.ordered(1000);
    outstanding.ordered(1100);
    outstanding.reported(2, 1150);
    expect(outstanding).toMatchObject({ strokes: 0, overdueMs: NEVER_MS });
  });
});
