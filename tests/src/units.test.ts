import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import { greatestCommonDivisor, quotientRoundedUp, wholeQuotient } from "../../src/units";

const MOST = Number.MAX_SAFE_INTEGER;
const whole = fc.oneof(fc.integer({ min: 0, max: MOST }), fc.integer({ min: MOST - 1000, max: MOST }));
const divisor = fc.oneof(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: 1000 }));

property.prop([whole, divisor], { numRuns: 5000 })("quotients are exact up to 2^53 - 1", (a, b) => {
  expect(BigInt(wholeQuotient(a, b))).toBe(BigInt(a) / BigInt(b));
  expect(BigInt(quotientRoundedUp(a, b))).toBe((BigInt(a) + BigInt(b) - 1n) / BigInt(b));
});

property.prop([divisor, fc.integer({ min: 1, max: 94906265 })], { numRuns: 5000 })(
  "quotients are exact one below, at and one above a multiple",
  (a, b) => {
    const multiple = Math.floor(a / b) * b;
    for (const dividend of [multiple - 1, multiple, multiple + 1]) {
      if (dividend < 0 || dividend > MOST) continue;
      expect(BigInt(wholeQuotient(dividend, b))).toBe(BigInt(dividend) / BigInt(b));
      expect(BigInt(quotientRoundedUp(dividend, b))).toBe((BigInt(dividend) + BigInt(b) - 1n) / BigInt(b));
    }
  },
);

property.prop([divisor, divisor], { numRuns: 2000 })(
  "the greatest common divisor is Euclid's in big integers",
  (a, b) => {
    let [x, y] = [BigInt(a), BigInt(b)];
    while (y !== 0n) [x, y] = [y, x % y];
    expect(BigInt(greatestCommonDivisor(a, b))).toBe(x);
  },
);
