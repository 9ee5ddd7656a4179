import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { Recent } from "../../../src/record/recent";

property.prop([fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(), { maxLength: 40 })])(
  "keeps the last entries, the newest first, and counts all",
  (most, entries) => {
    const recent = new Recent(most, 4);
    entries.forEach((a, b) => {
      recent.numbers[recent.keep(a, b, 0, 7) + 2] = a + b;
    });
    expect(recent.count).toBe(entries.length);
    const kept = Array.from({ length: Math.min(most, entries.length) }, (_, ago) => {
      const at = recent.place(ago);
      return recent.numbers.slice(at, at + 4);
    });
    const expected = entries.map((a, b) => [a, b, a + b, 7]).reverse();
    expect(kept).toEqual(expected.slice(0, most));
  },
);

test("all its room is there from the start: an entry behind the last place begins at the first again", () => {
  const recent = new Recent(3, 4);
  expect(recent.numbers).toEqual(new Array(12).fill(0));
  expect([10, 20, 30, 40, 50].map((a) => recent.keep(a, a + 1, a + 2, a + 3))).toEqual([0, 4, 8, 0, 4]);
  expect(recent.numbers).toEqual([40, 41, 42, 43, 50, 51, 52, 53, 30, 31, 32, 33]);
  expect([0, 1, 2].map((ago) => recent.place(ago))).toEqual([4, 0, 8]);
});

test("entries of three numbers have no room for a fourth", () => {
  const recent = new Recent(2, 3);
  for (const a of [10, 20, 30]) recent.keep(a, a + 1, a + 2, 99);
  expect(recent.numbers).toEqual([30, 31, 32, 20, 21, 22]);
});
