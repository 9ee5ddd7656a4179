import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { PumpConfig } from "../../../src/config";
import { StrokeVolume } from "../../../src/motion/stroke";
import { StateRecord } from "../../../src/record/state-record";
import { Reservoir, ReservoirLevel } from "../../../src/reservoir/reservoir";
import { REFERENCE_PUMP } from "../reference-pump";

function reservoirOf(config: PumpConfig, filledNl: number, drawnStrokes: number): Reservoir {
  const restored = Object.assign(new StateRecord(), { filledNl, drawnStrokes });
  return new Reservoir(config, new StrokeVolume(config), restored);
}

function reservoir(filledNl: number, drawnStrokes = 0): Reservoir {
  return reservoirOf(REFERENCE_PUMP, filledNl, drawnStrokes);
}

describe("the marks of the reservoir, with strokes of 300 nL", () => {
  test.each([
    ["far above low", 20000000, ReservoirLevel.ok],
    ["1 nL above low", 2000001, ReservoirLevel.ok],
    ["at low", 2000000, ReservoirLevel.low],
    ["a stroke above empty", 1000300, ReservoirLevel.low],
    ["1 nL less than a stroke above empty", 1000299, ReservoirLevel.empty],
    ["at empty", 1000000, ReservoirLevel.empty],
    ["dry", 0, ReservoirLevel.empty],
  ])("%s", (_name, contentNl, level) => {
    expect(reservoir(contentNl).level).toBe(level);
  });

  test("low comes with the stroke that reaches the mark, not the one before (RES-002)", () => {
    const exact = reservoir(2000600);
    exact.draw(1);
    expect(exact.level).toBe(ReservoirLevel.ok);
    exact.draw(1);
    expect(exact.level).toBe(ReservoirLevel.low);
    const between = reservoir(2000601);
    between.draw(2);
    expect(between.level).toBe(ReservoirLevel.ok);
    between.draw(1);
    expect(between.level).toBe(ReservoirLevel.low);
  });

  test("what was drawn before a restart counts", () => {
    expect(reservoir(2000600, 2).level).toBe(ReservoirLevel.low);
    expect(reservoir(2000600, 2).contentNl()).toBe(2000000);
  });

  test("content and usable volume are never negative", () => {
    expect(reservoir(500, 4).contentNl()).toBe(0);
    expect(reservoir(1999999).usableNl()).toBe(0);
    expect(reservoir(2000001).usableNl()).toBe(1);
  });

  test("a low mark that is moved holds at once (RES-006)", () => {
    const held = reservoir(3000000);
    held.setLow(3000000);
    expect([held.level, held.usableNl()]).toEqual([ReservoirLevel.low, 0]);
    held.setLow(2999999);
    expect([held.level, held.usableNl()]).toEqual([ReservoirLevel.ok, 1]);
  });

  test("strokes that were perhaps not made widen the band upwards; every decision goes by its lower edge (RES-009)", () => {
    const held = reservoir(3000000);
    held.draw(10);
    held.uncertainStrokes = 4;
    expect([held.contentNl(), held.bandNl(), held.usableNl()]).toEqual([2997000, 1200, 997000]);
  });

  test("a refill counts anew", () => {
    const refilled = reservoir(1000000, 3);
    refilled.fill(3000000, 77, 9000);
    expect(refilled).toMatchObject({
      filledAtMs: 77,
      expiryDay: 9000,
      drawnStrokes: 0,
      uncertainStrokes: 0,
      level: ReservoirLevel.ok,
      filledNl: 3000000,
    });
  });
});

property.prop(
  [
    fc.constantFrom(47123457, 60000000, 19999999, 150000001),
    fc.integer({ min: 0, max: 3000000 }),
    fc.integer({ min: 0, max: 2000000 }),
    fc.integer({ min: 0, max: 1000000 }),
  ],
  { numRuns: 300 },
)(
  "levels are those of exact volumes, stroke by stroke, and nothing is drawn below empty (RES-001, RES-003)",
  (pl, filledNl, low, gap) => {
    const config = { ...REFERENCE_PUMP, plPerRevolution: pl, lowNl: low, emptyNl: Math.max(0, low - gap) };
    const held = reservoirOf(config, filledNl, 0);
    const steps = 200n;
    const strokePl = BigInt(pl);
    let content = BigInt(filledNl) * 1000n * steps;
    const expected = (): ReservoirLevel => {
      if (content - strokePl < BigInt(config.emptyNl) * 1000n * steps) return ReservoirLevel.empty;
      return content <= BigInt(low) * 1000n * steps ? ReservoirLevel.low : ReservoirLevel.ok;
    };
    for (;;) {
      if (held.level !== expected()) expect(held.level).toBe(expected());
      if (held.level === ReservoirLevel.empty) break;
      held.draw(1);
      content -= strokePl;
    }
    expect(content >= BigInt(config.emptyNl) * 1000n * steps || held.drawnStrokes === 0).toBe(true);
  },
);
