import { describe, expect, test } from "vitest";
import { RIGID_TUBE, Tube } from "../../../sim/plant/tube";
import type { TubeModel } from "../../../sim/plant/tube";

const H = 3600000;
/** 1 µL/kPa. */
const SOFT: TubeModel = { ...RIGID_TUBE, complianceNlPerKpa: 1000 };

/** Lets `rateUlPerH` in, in strokes of a nL, from now to `untilMs`. */
function fill(tube: Tube, rateUlPerH: number, fromMs: number, untilMs: number): void {
  const strokes = Math.round((rateUlPerH * 1000 * (untilMs - fromMs)) / H);
  for (let n = 1; n <= strokes; n++) {
    tube.passTo(fromMs + ((untilMs - fromMs) * n) / strokes);
    tube.take(1, 0);
  }
}

test("a rigid line, and a soft one that is open, let all pass at once", () => {
  for (const model of [RIGID_TUBE, SOFT]) {
    const tube = new Tube(model);
    tube.take(300, 0);
    expect([tube.outNl, tube.pressureKpa()]).toEqual([300, 0]);
  }
});

test("behind a closed outlet the pressure rises by volume over compliance, and the bolus C p comes out when it opens (PLT-002)", () => {
  const tube = new Tube(SOFT);
  tube.block(30 * H);
  // The predictor t = C p / q: 1 µL/kPa x 50 kPa at 2 µL/h are 25 h.
  fill(tube, 2, 0, 25 * H);
  expect(tube.pressureKpa()).toBeCloseTo(50, 9);
  expect(tube.outNl).toBe(0);
  tube.passTo(30 * H);
  expect(tube.outNl).toBeCloseTo(50000, 6);
  expect(tube.pressureKpa()).toBe(0);
});

test("through a resistance the pressure falls exponentially with R C, and all comes out in the end", () => {
  // 0.5 kPa h/µL x 1 µL/kPa: half an hour.
  const tube = new Tube({ ...SOFT, resistanceKpaHPerUl: 0.5 });
  tube.take(40000, 0);
  const first = tube.snapshot();
  for (const hours of [0.1, 0.5, 2]) {
    const at = tube.in(first);
    at.passTo(hours * H);
    expect(at.pressureKpa()).toBeCloseTo(40 * Math.exp(-hours / 0.5), 9);
    expect(at.outNl).toBeCloseTo(40000 * (1 - Math.exp(-hours / 0.5)), 6);
  }
  expect(tube.msUntil(10)).toBeCloseTo(0.5 * H * Math.log(4), 3);
});

test("in a partial occlusion the pressure nears q R with the time constant R C", () => {
  const tube = new Tube({ ...SOFT, blockedKpaHPerUl: 0.5 });
  tube.block(Infinity);
  fill(tube, 60, 0, H);
  // A nL of 1000 nL/kPa is 0.001 kPa: the staircase of strokes lies no further off.
  expect(tube.pressureKpa()).toBeCloseTo(30 * (1 - Math.exp(-2)), 2);
  expect(tube.outNl + tube.pressureKpa() * 1000).toBeCloseTo(60000, 3);
});

describe("air in the line", () => {
  test("adds the compliance of Boyle's law, V / p", () => {
    // 200 µL of air at 101.325 kPa in a line that hardly gives: 25 µL more make it 175 µL, and p 200/175 of before.
    const tube = new Tube({ ...SOFT, complianceNlPerKpa: 1e-6 });
    tube.block(Infinity);
    tube.take(25000, 200000);
    expect(tube.pressureKpa()).toBeCloseTo(101.325 * (200 / 175 - 1), 6);
    // At the start a soft line has C + V / p.
    const soft = new Tube(SOFT);
    soft.block(Infinity);
    soft.take(1, 200000);
    expect(soft.pressureKpa()).toBeCloseTo(1 / (1000 + 200000 / 101.325), 8);
  });

  test("and the pressure falls as its differential equation says", () => {
    const model = { ...SOFT, resistanceKpaHPerUl: 0.5 };
    const tube = new Tube(model, 5);
    tube.take(60000, 50000);
    const from = tube.pressureKpa();
    // dS/dt = -p / R in steps of a second (midpoint rule), in nL/s, S = C p + A p / (p0 + p), A at the outlet's pressure.
    const p0 = 106.325;
    const air = (50000 * 101.325) / p0;
    const slope = (p: number): number => (-p * 1000) / (0.5 * 3600) / (1000 + (air * p0) / (p0 + p) ** 2);
    let p = from;
    for (let n = 0; n < 3600; n++) p += slope(p + slope(p) / 2);
    expect(tube.msUntil(p) / H).toBeCloseTo(1, 6);
    tube.passTo(H);
    expect(tube.pressureKpa()).toBeCloseTo(p, 5);
    expect(tube.outNl).toBeCloseTo(60000 - 1000 * p - (air * p) / (p0 + p), 1);
  });
});
