import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { removalsOf, timesFound } from "../../cli/requirements/hazard-files";
import { readRequirements } from "../../cli/requirements/requirement-files";
import { checkoutRoot } from "../../toolchain/checkout";

const { areas, therapy, hazardBook } = readRequirements();
const { hazards, sources } = hazardBook;
const removals = removalsOf(hazards);

test("every hazard has its row, in order: H1 to H30 of pumps, A to F of the platform", () => {
  const ofPumps = Array.from({ length: 30 }, (_, index) => `H${index + 1}`);
  expect(hazards.map(({ id }) => id)).toEqual([...ofPumps, "A", "B", "C", "D", "E", "F"]);
});

describe.each(removals.map((one) => [`${one.hazards.join(", ")}: ${one.what}`, one.removal] as const))(
  "%s",
  (_what, removal) => {
    test("the text to take out stands exactly once in its file, and what replaces it is another", () => {
      expect(timesFound(removal), `${removal.file}: ${removal.find}`).toBe(1);
      expect(removal.replace).not.toBe(removal.find);
    });

    test("the tests that go red without it are there", () => {
      for (const { file } of removal.red) expect(existsSync(join(checkoutRoot(), file)), file).toBe(true);
    });
  },
);

test("mitigations name requirements that exist", () => {
  const numbers = new Set(areas.flatMap(({ requirements }) => requirements).map(({ number }) => number));
  for (const { id, mitigations = [] } of hazards)
    for (const { by } of mitigations)
      for (const number of by) expect(numbers, `${id} names ${number}`).toContain(number);
});

test("every source that is cited is told, and none that is told is left over", () => {
  const cited = hazards.flatMap(({ source }) => source.match(/\bS[0-9]+\b/g) ?? []);
  const told = [...Object.keys(sources), ...Object.keys(therapy.sources)];
  for (const id of cited) expect(told).toContain(id);
  for (const id of Object.keys(sources)) expect(cited).toContain(id);
});
