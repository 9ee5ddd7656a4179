import { expect, test } from "vitest";
import { HeadFlow, IDEAL_HEAD_FLOW } from "../../../sim/plant/head-flow";
import type { HeadFlowModel } from "../../../sim/plant/head-flow";
import { REFERENCE_PUMP } from "../../src/reference-pump";

// 60 µL in 3200 steps, 7 a stroke: a stroke lies over the end of a revolution, and 3200 strokes are exactly 7 revolutions.
const CONFIG = { ...REFERENCE_PUMP, plPerRevolution: 60000000, fullStepsPerRevolution: 3200, fullStepsPerStroke: 7 };
const V = 60000;
const STROKES = 3200;

function flow(model: Partial<HeadFlowModel>, startRevolution?: number): HeadFlow {
  return new HeadFlow(CONFIG, { ...IDEAL_HEAD_FLOW, ...model }, startRevolution);
}

function sum(head: HeadFlow, strokes: number, kpa?: number, celsius?: number): number {
  let nl = 0;
  for (let n = 0; n < strokes; n++) nl += head.strokeNl(kpa, celsius);
  return nl;
}

test("an ideal head gives its configured volume with each stroke", () => {
  const head = flow({});
  for (let n = 0; n < 1000; n++) expect(head.strokeNl(30, 37)).toBe((V * 7) / 3200);
});

test("rollers make the flow rise and fall, and whole revolutions give the exact volume all the same (PLT-001)", () => {
  for (const rollers of [1, 2, 3, 12]) {
    const head = flow({ pulsationPercent: 100, rollers, calibrationPercent: -3 }, 0.123);
    expect(sum(head, STROKES) / (7 * V * 0.97) - 1).toBeCloseTo(0, 9);
  }
  // From phase 0 to x the volume is V (x - a sin(2 pi N x) / (2 pi N)): at a quarter of a roller's pass 1/4 - a / 2 pi of it.
  const quarter = new HeadFlow(
    { ...CONFIG, fullStepsPerRevolution: 12, fullStepsPerStroke: 1 },
    { ...IDEAL_HEAD_FLOW, rollers: 3, pulsationPercent: 20 },
  );
  expect(quarter.strokeNl()).toBeCloseTo((V / 3) * (0.25 - 0.2 / (2 * Math.PI)), 9);
  expect(quarter.strokeNl()).toBeCloseTo((V / 3) * (0.25 + 0.2 / (2 * Math.PI)), 9);
});

test("a worn tube gives less, in proportion to its revolutions, and never less than half", () => {
  const model = { wearPercentPerMillionRevolutions: 20 };
  // Between n1 and n2 revolutions the mean of 1 - w n is the one at the middle.
  expect(sum(flow(model), STROKES)).toBeCloseTo(7 * V * (1 - 0.2 * 3.5e-6), 6);
  expect(sum(flow(model, 500000), STROKES)).toBeCloseTo(7 * V * (1 - 0.2 * 0.5000035), 6);
  expect(sum(flow(model, 4000000), STROKES)).toBeCloseTo(7 * V * 0.5, 6);
});

test("warmth and back pressure change the volume in proportion, and it does not turn round", () => {
  const model = { temperaturePercentPerK: 0.3, backPressurePercentPerKpa: 0.5 };
  expect(sum(flow(model), STROKES, 13.33, 37)).toBeCloseTo(7 * V * (1 + 0.003 * 17) * (1 - 0.005 * 13.33), 6);
  expect(sum(flow(model), 100, 500, 20)).toBe(0);
});

test.each([
  [{ calibrationPercent: 51 }, "calibrationPercent is 51; it is -50 to 50"],
  [{ rollers: 2.5 }, "rollers is 2.5; it is a whole number"],
  [{ pulsationPercent: NaN }, "pulsationPercent is NaN; it is 0 to 100"],
])("a head that cannot be is refused: %s", (model, why) => {
  expect(() => flow(model)).toThrow(why);
});
