import { expect, test } from "vitest";
import { largeChanges } from "../../../src/prescription/change";
import { PRESCRIPTION_FIELDS, PrescriptionField } from "../../../src/prescription/prescription";
import { numbersOf, places, PRESCRIPTION, steps } from "./prescribed";

const NONE = places(PRESCRIPTION_FIELDS);
const ACTIVE = numbersOf(PRESCRIPTION);

test.each([
  ["a bolus three times as large", { bolusNl: 90000 }, 0],
  ["a bolus of a nL more than that", { bolusNl: 90001 }, 1],
  ["a third of the basal", { stepNlPerDay: steps(333334) }, 0],
  ["less than a third of it", { stepNlPerDay: steps(333333) }, 1],
  ["no bolus any more", { bolusNl: 0, mostPer24h: 0 }, 2],
  ["a second drug", { concentrationNgPerUl: places(8, 10000, 5000) }, 1],
  ["a second step", { stepNlPerDay: steps(1000000, 1000000) }, 1],
  ["a key that bounced, 4.8 mg/mL made 44.8", { concentrationNgPerUl: places(8, 44800) }, 1],
  ["times that are no amounts", { bolusMs: 1, lockoutMs: 864000000, windowMs: 3600000, catheterNl: 180000 }, 0],
])("%s: %o (PRE-013)", (_, change, count) => {
  expect(largeChanges(ACTIVE, numbersOf({ ...PRESCRIPTION, ...change }))).toBe(count);
});

test("of a first prescription every amount is confirmed on its own (PRE-013)", () => {
  // Concentration, basal, bolus, most per 24 h, and the dose limit.
  expect(largeChanges(NONE, ACTIVE)).toBe(5);
  const everyAmount = ACTIVE.map((value, at) => (at < Number(PrescriptionField.concentrationNgPerUl) ? value : 1));
  expect(largeChanges(NONE, everyAmount)).toBe(26);
});
