import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { MAX_STROKE_PL } from "../../../src/config";
import { StrokeVolume } from "../../../src/motion/stroke";
import { REFERENCE_PUMP } from "../reference-pump";

const ODD_HEAD = { ...REFERENCE_PUMP, plPerRevolution: 47123457 };

/** Heads from a fine geared one to the largest that the configuration may have. */
const head = fc.record({
  plPerRevolution: fc.oneof(fc.integer({ min: 1, max: 1000000000 }), fc.constantFrom(47123457, 60000000, 999999937)),
  fullStepsPerRevolution: fc.oneof(fc.constantFrom(200, 400, 2048, 86400), fc.integer({ min: 1, max: 100000 })),
  fullStepsPerStroke: fc.integer({ min: 1, max: 100 }),
});

describe("the volume of a stroke", () => {
  test("is held in lowest terms", () => {
    expect(new StrokeVolume(REFERENCE_PUMP)).toMatchObject({ plNumerator: 300000, plDenominator: 1 });
    expect(new StrokeVolume(ODD_HEAD)).toMatchObject({ plNumerator: 47123457, plDenominator: 200 });
  });

  property.prop([head], { numRuns: 1000 })("has the same ratio in units as in pL and ms", (change) => {
    const stroke = new StrokeVolume({ ...REFERENCE_PUMP, ...change });
    const pl = BigInt(change.plPerRevolution) * BigInt(change.fullStepsPerStroke);
    // 1 stroke over 1 nL/day x 1 ms is pl / steps over 1 / 86400.
    const left = BigInt(stroke.strokeUnits) * BigInt(change.fullStepsPerRevolution);
    expect(left).toBe(pl * 86400n * BigInt(stroke.unitsPerRateMs));
    expect(stroke.strokeUnits).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });

  test("leaves room for one millisecond of the highest rate on top of the largest stroke", () => {
    const largest = new StrokeVolume({
      ...REFERENCE_PUMP,
      plPerRevolution: 999999937,
      fullStepsPerStroke: Math.floor(MAX_STROKE_PL / 999999937),
      fullStepsPerRevolution: 99991,
    });
    expect(largest.strokeUnits + 1000000000 * largest.unitsPerRateMs).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });

  property.prop([head, fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 1000000000 })], {
    numRuns: 3000,
  })("turns strokes into nL and back as big integers do", (change, strokes, volumeNl) => {
    const stroke = new StrokeVolume({ ...REFERENCE_PUMP, ...change });
    const numerator = BigInt(stroke.plNumerator);
    const perNl = BigInt(stroke.plDenominator) * 1000n;
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    const pl = BigInt(strokes) * numerator;
    if (pl <= most) {
      expect(BigInt(stroke.volumeNl(strokes))).toBe(pl / perNl);
      expect(BigInt(stroke.volumeRoundedUpNl(strokes))).toBe((pl + perNl - 1n) / perNl);
    }
    const dividend = BigInt(volumeNl) * perNl;
    if (dividend <= most) {
      expect(BigInt(stroke.wholeStrokesIn(volumeNl))).toBe(dividend / numerator);
      expect(BigInt(stroke.strokesToGive(volumeNl))).toBe((dividend + numerator - 1n) / numerator);
    }
  });
});
