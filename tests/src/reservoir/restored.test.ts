import { expect, test } from "vitest";
import { StrokeVolume } from "../../../src/motion/stroke";
import { StateRecord } from "../../../src/record/state-record";
import { Reservoir } from "../../../src/reservoir/reservoir";
import { REFERENCE_PUMP } from "../reference-pump";

test("what was reserved when the power failed is drawn, and uncertain; what was uncertain stays so", () => {
  const restored = Object.assign(new StateRecord(), {
    filledNl: 20000000,
    filledAtMs: 7,
    expiryDay: 9100,
    drawnStrokes: 1000,
    uncertainStrokes: 30,
    reservedStrokes: 12,
  });
  const reservoir = new Reservoir(REFERENCE_PUMP, new StrokeVolume(REFERENCE_PUMP), restored);
  expect([reservoir.drawnStrokes, reservoir.uncertainStrokes]).toEqual([1012, 42]);
  // 1012 strokes of 300 nL; 42 of them are perhaps still there.
  expect([reservoir.contentNl(), reservoir.bandNl()]).toEqual([20000000 - 303600, 12600]);
  expect([reservoir.filledAtMs, reservoir.expiryDay]).toEqual([7, 9100]);
});
