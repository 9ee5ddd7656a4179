import { crc32 } from "node:zlib";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { digestOf } from "../../../src/prescription/digest";

const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

property.prop([fc.array(whole)])(
  "the digest is the CRC-32 of the numbers, each as eight bytes, the lowest first",
  (numbers) => {
    const bytes = Buffer.alloc(8 * numbers.length);
    numbers.forEach((number, at) => bytes.writeBigUInt64LE(BigInt(number), 8 * at));
    expect(digestOf(numbers)).toBe(crc32(bytes));
  },
);

test("numbers that differ only above 2^32, or stand in another order, have another digest", () => {
  const digests = [[1, 2], [2, 1], [1 + 2 ** 32, 2], [1, 2, 0], [1]].map(digestOf);
  expect(new Set(digests).size).toBe(digests.length);
});
