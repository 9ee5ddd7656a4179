import { describe, expect, test } from "vitest";
import { MixingLine, StirredSegment } from "../../../sim/plant/mixing-line";

/** Erlang: 1 - exp(-N th) sum of (N th)^k / k!, k below N. */
function stepResponse(tanks: number, theta: number): number {
  let term = Math.exp(-tanks * theta);
  let sum = 0;
  for (let k = 0; k < tanks; k++) {
    sum += term;
    term *= (tanks * theta) / (k + 1);
  }
  return 1 - sum;
}

describe("a segment after a step of its inlet", () => {
  test.each([1, 5, 20, 200])("of %i tanks gives the Erlang distribution, in strokes or at once (PLT-004)", (tanks) => {
    for (const theta of [0.2, 0.8, 1, 1.3, 3]) {
      const atOnce = new StirredSegment(180000, tanks, 0);
      atOnce.push(theta * 180000, 1);
      expect(atOnce.outlet).toBeCloseTo(stepResponse(tanks, theta), 10);
      const inStrokes = new StirredSegment(180000, tanks, 0);
      for (let n = 0; n < 600; n++) inStrokes.push((theta * 180000) / 600, 1);
      expect(inStrokes.outlet).toBeCloseTo(stepResponse(tanks, theta), 10);
    }
  });

  test("spreads with the variance 1/N, which for large N is 2/Pe", () => {
    // Mean and variance of the time at the outlet: integrals of 1 - F and of 2 th (1 - F).
    const segment = new StirredSegment(1, 50, 0);
    let mean = 0;
    let square = 0;
    const step = 0.001;
    for (let th = 0; th < 4; th += step) {
      const rest = 1 - segment.push(step, 1);
      mean += rest * step;
      square += 2 * (th + step / 2) * rest * step;
    }
    expect(mean).toBeCloseTo(1, 6);
    expect(square - mean * mean).toBeCloseTo(1 / 50, 5);
  });
});

describe("tubing and catheter", () => {
  const segments = (tanks: number): [StirredSegment, StirredSegment] => [
    new StirredSegment(200000, tanks, 10),
    new StirredSegment(180000, tanks, 10),
  ];

  test("lose no drug: what goes in comes out or is there", () => {
    const parts = segments(20);
    const line = new MixingLine(parts, 10);
    // Pushed out with none for 20 volumes: 380 µL x 10 must have come.
    let outNg = 0;
    const nl = 50;
    for (let n = 0; n < 20 * 7600; n++) {
      const before = line.tip;
      line.push(nl, 0);
      outNg += ((before + line.tip) / 2) * nl;
    }
    expect(outNg / 3800000).toBeCloseTo(1, 3);
  });

  test("are two Erlang distributions one behind the other", () => {
    // With tanks of one size the two are one segment of twice as many.
    const line = new MixingLine([new StirredSegment(200000, 20, 0), new StirredSegment(200000, 20, 0)], 0);
    line.push(0.9 * 400000, 1);
    expect(line.tip).toBeCloseTo(stepResponse(40, 0.9), 2);
  });

  test("a new catheter is without drug until the prime has filled it", () => {
    const line = new MixingLine(segments(20), 10);
    line.clearEnd(180000);
    expect(line.tip).toBe(0);
    // The tubing behind it is full: the catheter alone is a segment with a step.
    line.push(180000, 10);
    expect(line.tip / 10).toBeCloseTo(stepResponse(20, 1), 3);
    line.clearEnd(280000);
    line.push(180000, 10);
    expect(line.tip / 10).toBeLessThan(0.6);
  });

  test.each([
    ["a catheter of a hundred tanks of one stroke behind wide tubing", 200000, 300],
    ["wide tubing behind so little", 300, 200000],
  ])("%s costs no more than its own volume, and delays by it (PLT-004)", (_, firstNl, secondNl) => {
    // The front of the wide one alone, as late as the narrow one holds.
    for (const theta of [0.5, 1, 1.5]) {
      const line = new MixingLine([new StirredSegment(firstNl, 200, 0), new StirredSegment(secondNl, 200, 0)], 0);
      line.push(theta * 200000 + 300, 1);
      expect(line.tip).toBeCloseTo(stepResponse(200, theta), 3);
    }
    // Ten thousand times what the line holds.
    const flushed = new MixingLine([new StirredSegment(firstNl, 200, 0), new StirredSegment(secondNl, 200, 0)], 0);
    flushed.push(2e9, 1);
    expect(flushed.tip).toBe(1);
  });

  test("two of unlike tanks give in one push what they give in strokes", () => {
    const parts = (): [StirredSegment, StirredSegment] => [
      new StirredSegment(50000, 20, 0),
      new StirredSegment(180000, 20, 0),
    ];
    const [atOnce, inStrokes] = [new MixingLine(parts(), 0), new MixingLine(parts(), 0)];
    atOnce.push(240000, 1);
    for (let n = 0; n < 800; n++) inStrokes.push(300, 1);
    expect(atOnce.tip).toBeCloseTo(inStrokes.tip, 3);
  });

  test("a line without volume gives what goes in", () => {
    const line = new MixingLine([], 10);
    line.push(1, 4);
    expect(line.tip).toBe(4);
  });
});
