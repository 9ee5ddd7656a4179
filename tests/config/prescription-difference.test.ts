import { expect, test } from "vitest";
import { prescriptionDifference } from "../../config/prescription-difference";
import { ProgramKind } from "../../src/prescription/prescription";
import { places, PRESCRIPTION } from "../src/prescription/prescribed";
import { steps } from "../src/reference-pump";

const DRUGS = [
  { name: "morphine", unit: "mg" },
  { name: "ziconotide", unit: "mcg" },
] as const;

test("the same prescription twice differs in nothing", () => {
  expect(prescriptionDifference(PRESCRIPTION, { ...PRESCRIPTION }, DRUGS)).toEqual([]);
});

test("each value that differs stands beside the other, as numbers and as a clinician reads them (PRE-014)", () => {
  const staged = {
    ...PRESCRIPTION,
    program: ProgramKind.flex,
    concentrationNgPerUl: places(8, 10000, 25),
    steps: 2,
    stepStartMs: steps(0, 79200000),
    stepNlPerDay: steps(800000, 400000),
    lockoutMs: 14400000,
    refillDays: 60,
  };
  const rows = prescriptionDifference(PRESCRIPTION, staged, DRUGS);
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["concentration of ziconotide", "ng/\u00b5L", 0, 25, "none", "25 mcg/mL"],
    ["program", "", 1, 2, "basal", "flex"],
    ["basal of step 1", "nL/day", 1000000, 800000, "1 mL/day", "0.8 mL/day"],
    ["begin of step 2", "ms", 0, 79200000, "none", "22:00"],
    ["basal of step 2", "nL/day", 0, 400000, "none", "0.4 mL/day"],
    ["lockout", "ms", 7200000, 14400000, "2 h", "4 h"],
    ["refill after", "days", 0, 60, "0 days", "60 days"],
  ]);
  const back = prescriptionDifference(staged, PRESCRIPTION, DRUGS);
  expect(back.map(({ field }) => field).sort()).toEqual(rows.map(({ field }) => field).sort());
  expect(back).toContainEqual(expect.objectContaining({ field: "basal of step 2", staged: 0, stagedText: "none" }));
});

test("of a first prescription all that is not 0 is shown", () => {
  const rows = prescriptionDifference(undefined, PRESCRIPTION, DRUGS);
  expect(rows.map(({ field }) => field)).toEqual([
    "concentration of morphine",
    "program",
    "basal of step 1",
    "demand bolus",
    "duration of the demand bolus",
    "lockout",
    "most demand boluses in 24 h",
    "dose limit",
    "window of the dose limit",
    "low reservoir",
  ]);
  expect(rows.every(({ active, activeText }) => active === 0 && activeText === "none")).toBe(true);
});
