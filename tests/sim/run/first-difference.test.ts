import { expect, test } from "vitest";
import { firstDifference } from "../../../sim/run/first-difference";
import type { KeptLine } from "../../../sim/run/outcome";

/** Lines of a log with these words. */
function log(...words: string[]): KeptLine[] {
  return words.map((event, atMs) => ({ line: { atMs, event }, text: event }));
}

test("equal logs have none", () => {
  expect(firstDifference(log(), log())).toBeUndefined();
  expect(firstDifference(log("a", "b"), log("a", "b"))).toBeUndefined();
});

test("the first line that differs is shown with the three before it", () => {
  expect(firstDifference(log("a", "b", "c", "d", "e", "x"), log("a", "b", "c", "d", "f", "y"))).toEqual({
    index: 4,
    before: ["b", "c", "d"],
    a: "e",
    b: "f",
  });
});

test("a log that ends early differs where it has ended", () => {
  expect(firstDifference(log("a"), log("a", "b"))).toEqual({ index: 1, before: ["a"], a: undefined, b: "b" });
  expect(firstDifference(log("a"), log())).toEqual({ index: 0, before: [], a: "a", b: undefined });
});
