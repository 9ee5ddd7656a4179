import { expect, test } from "vitest";
import { largeChanges } from "../../../src/prescription/change";
import { PRESCRIPTION_FIELDS, PrescriptionField, ProgramKind } from "../../../src/prescription/prescription";
import { places, PRESCRIPTION } from "./prescribed";
import { steps } from "../reference-pump";
import { prescriptionNumbers } from "../../../src/prescription/prescription";

const NONE = places(PRESCRIPTION_FIELDS);
const active = (): number[] => prescriptionNumbers(PRESCRIPTION);

test.each([
  ["a bolus three times as large", { bolusNl: 90000 }, 0],
  ["a bolus of a nL more than that", { bolusNl: 90001 }, 1],
  ["a third of the basal", { stepNlPerDay: steps(333334) }, 0],
  ["less than a third of it", { stepNlPerDay: steps(333333) }, 1],
  ["no bolus any more", { bolusNl: 0, mostPer24h: 0 }, 2],
  ["a second drug", { concentrationNgPerUl: places(8, 10000, 5000) }, 1],
  ["a second step", { stepNlPerDay: steps(1000000, 1000000), stepStartMs: steps(0, 43200000) }, 2],
  ["a key that bounced, 4.8 mg/mL made 44.8", { concentrationNgPerUl: places(8, 44800) }, 1],
  ["a lockout of a minute", { lockoutMs: 60000 }, 1],
  ["a bolus all at once, a short window, a catheter", { bolusMs: 1, windowMs: 3600000, catheterNl: 180000 }, 3],
  ["another program, as such", { program: ProgramKind.flex }, 0],
])("%s: %o (PRE-013)", (_, change, count) => {
  expect(largeChanges(active(), prescriptionNumbers({ ...PRESCRIPTION, ...change }))).toBe(count);
});

test("of a first prescription every number is confirmed on its own (PRE-013)", () => {
  // Concentration, basal, bolus, its duration, lockout and most per 24 h, the dose limit and its window, the low mark.
  expect(largeChanges(NONE, active())).toBe(9);
  const every = active().map((value, at) => (at < Number(PrescriptionField.scheduledMs) ? value : 1));
  expect(largeChanges(NONE, every)).toBe(PRESCRIPTION_FIELDS - 3);
});
