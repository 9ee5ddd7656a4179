import { describe, expect, test } from "vitest";
import { BadInput, describeBadInput, inOneLine } from "../../config/bad-input";
import { didYouMean, nearestWord } from "../../config/nearest-word";

describe("the nearest word", () => {
  const words = ["capacity", "low", "empty", "uL", "mL", "requestBolus"];
  test.each([
    ["capcity", "capacity"],
    ["Capacity", "capacity"],
    ["ul", "uL"],
    ["lwo", "low"],
    ["lo", "low"],
    ["requestbolus", "requestBolus"],
    ["reservoir", undefined],
    ["", undefined],
    ["x".repeat(100000), undefined],
  ])("%.20s -> %s", (word, nearest) => expect(nearestWord(word, words)).toBe(nearest));

  test("is put as a question, or not at all", () => {
    expect(didYouMean("capcity", words)).toBe("; did you mean capacity?");
    expect(didYouMean("reservoir", words)).toBe("");
  });
});

test("a problem is one line, linkable, without anything that moves a terminal's cursor", () => {
  expect(describeBadInput(new BadInput("a.yaml", 3, "one\n\u001b[31mtwo\u2028three"))).toBe(
    "a.yaml:3: one [31mtwo three",
  );
  expect(describeBadInput(new BadInput("a.yaml", 0, "empty"))).toBe("a.yaml: empty");
  expect(inOneLine("\u00b5".repeat(50), 10)).toBe(`${"\u00b5".repeat(10)}...`);
});
