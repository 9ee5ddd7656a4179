import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
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
