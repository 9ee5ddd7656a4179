import { expect, test } from "vitest";
import {
  ActivePrescription,
  PRESCRIPTION_FIELDS,
  PrescriptionField,
  ProgramKind,
  writePrescription,
} from "../../../src/prescription/prescription";
import { Pump } from "../../../src/pump";
import { StateRecord } from "../../../src/record/state-record";
import { REFERENCE_PUMP } from "../reference-pump";
import { PRESCRIPTION } from "./prescribed";

const upFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

/** What the numbers 1000, 1001 and so on mean, in the order in which they lie in the memory and come from a host. */
const COUNTED = {
  program: 1000,
  primaryDrug: 1001,
  steps: 1002,
  scheduledMs: 1003,
  scheduledEveryMs: 1004,
  scheduledCount: 1005,
  endsAfterMs: 1006,
  bolusMs: 1007,
  lockoutMs: 1008,
  hoursFromMs: 1009,
  hoursToMs: 1010,
  windowMs: 1011,
  catheterNl: 1012,
  lowNl: 1013,
  refillDays: 1014,
  bridge: 1015,
  stepStartMs: upFrom(1016, 13),
  concentrationNgPerUl: upFrom(1029, 8),
  stepNlPerDay: upFrom(1037, 13),
  scheduledNl: 1050,
  bolusNl: 1051,
  mostPer24h: 1052,
  minimumNlPerDay: 1053,
  windowLimitNl: 1054,
};

test("each number of a prescription is taken over at its place, and none besides", () => {
  const active = new ActivePrescription(upFrom(0, PRESCRIPTION_FIELDS));
  active.adopt([...upFrom(1000, PRESCRIPTION_FIELDS), 9999]);
  expect({ ...active }).toEqual({ ...COUNTED, fields: upFrom(1000, PRESCRIPTION_FIELDS) });
});

test("a host writes each number to its place, and nothing besides", () => {
  const numbers = Array.from({ length: PRESCRIPTION_FIELDS + 1 }, () => -1);
  writePrescription({ ...COUNTED, program: COUNTED.program as ProgramKind }, numbers);
  expect(numbers).toEqual([...upFrom(1000, PRESCRIPTION_FIELDS), -1]);
});

test("before the first prescription there is one step of nothing, and its numbers are all 0", () => {
  const blank = new Pump(REFERENCE_PUMP, new StateRecord()).delivery.prescription;
  expect([blank.program, blank.steps]).toEqual([ProgramKind.continuous, 1]);
  expect(blank.stepNlPerDay).toEqual(upFrom(0, 13).map(() => 0));
  expect(blank.fields).toEqual(upFrom(0, PRESCRIPTION_FIELDS).map(() => 0));
  expect(PRESCRIPTION.steps).toBe(1);
  expect(Number(PrescriptionField.windowLimitNl)).toBe(PRESCRIPTION_FIELDS - 1);
});
