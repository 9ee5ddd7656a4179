import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../config/bad-input";
import { judgePrescription, prescriptionFor } from "../../config/prescription";
import { describePrescriptionFault } from "../../config/prescription-faults";
import { toPumpConfig } from "../../config/pump-config";
import { prescriptionSchema } from "../../config/prescription-text";
import { readDocument } from "../../config/read-document";
import { readPumpFile } from "../../config/read-pump";
import { checkSchema } from "../../config/schema-check";
import type { Prescription } from "../../src/prescription/prescription";
import { PrescriptionFault } from "../../src/prescription/validate";
import { refusal } from "./refusals";

const PUMP = "scenarios/pumps/reference-20ml.yaml";
const config = toPumpConfig(readPumpFile(readFileSync(PUMP, "utf8"), PUMP));

const SOUND = `title: x
prescription:
  drugs: [{ name: morphine, concentration: 10 mg/mL }]
  basal: 0.5 mL/day
  demandBolus:
    volume: 30 uL
    over: 10 min
    lockout: 2 h
    mostPer24h: 4
  limit:
    volume: 1.5 mL
    per: 24 h
`;

function read(text: string, pump = config): Prescription {
  const document = readDocument(text, "s.yaml");
  const path = ["prescription"];
  return prescriptionFor(document, path, checkSchema(document, prescriptionSchema, path), pump);
}

test("a whole prescription in the core's numbers", () => {
  expect(read(SOUND)).toEqual({
    basalNlPerDay: 500000,
    bolusNl: 30000,
    bolusMs: 600000,
    lockoutMs: 7200000,
    mostPer24h: 4,
    windowMs: 86400000,
    windowLimitNl: 1500000,
  });
});

test("basal alone: no bolus, and the pump's hard limit less one bucket of its highest rate", () => {
  const text = "prescription: { drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 0 mL/day }";
  expect(read(text)).toEqual({
    basalNlPerDay: 0,
    bolusNl: 0,
    bolusMs: 0,
    lockoutMs: 0,
    mostPer24h: 0,
    windowMs: 86400000,
    // 12 mL per 24 h, less 1 mL/h during 30 min.
    windowLimitNl: 11500000,
  });
});

describe("what is refused, with key, line, what is wrong and what would be right", () => {
  test.each([
    [
      "basal: 0.5 mL/day",
      "basal: 30 mL/day",
      "4: prescription.basal: 30 mL/day is above the pump's hard limit of 24 mL/day",
    ],
    [
      "basal: 0.5 mL/day",
      "basal: 1.5 mL/day",
      "4: prescription.basal: 1.5 mL/day gives up to 1.53155 mL in what is counted as 24 h; the limit is 1.5 mL",
    ],
    [
      "volume: 30 uL",
      "volume: 25 mL",
      "6: prescription.demandBolus.volume: 25 mL is more than the reservoir holds (20 mL)",
    ],
    [
      "volume: 30 uL",
      "volume: 18.5 mL",
      "6: prescription.demandBolus.volume: 18.5 mL is more than a full reservoir of 20 mL gives above its low mark of 2 mL; the most is 18 mL",
    ],
    [
      "volume: 30 uL",
      "volume: 1001 uL",
      "6: prescription.demandBolus.volume: 1.001 mL is above the pump's hard limit of 1 mL",
    ],
    [
      "volume: 30 uL",
      "volume: 299 nL",
      "6: prescription.demandBolus.volume: 299 nL is less than one stroke of this pump; it must be at least 300 nL",
    ],
    ["volume: 30 uL", "volume: 0 uL", "6: prescription.demandBolus.volume: it must be more than 0, for example 30 uL"],
    ["over: 10 min", "over: 0 min", "7: prescription.demandBolus.over: it must be more than 0, for example 10 min"],
    ["over: 10 min", "over: 25 h", "7: prescription.demandBolus.over: 25 h is not from 1 ms to 24 h"],
    ["lockout: 2 h", "lockout: 0 h", "8: prescription.demandBolus.lockout: it must be more than 0, for example 2 h"],
    ["lockout: 2 h", "lockout: 31 days", "8: prescription.demandBolus.lockout: 31 days is not from 1 ms to 30 days"],
    ["mostPer24h: 4", "mostPer24h: 49", "9: prescription.demandBolus.mostPer24h: 49 is too large; the most is 48"],
    ["mostPer24h: 4", "mostPer24h: 0", "9: prescription.demandBolus.mostPer24h: 0 is too small; the least is 1"],
    [
      "volume: 1.5 mL",
      "volume: 11.6 mL",
      "11: prescription.limit.volume: 11.6 mL per 24 h is above what the pump's hard limit of 12 mL per 24 h leaves room for; the most is 11.5 mL",
    ],
    [
      "per: 24 h",
      "per: 24 h 30 s",
      "12: prescription.limit.per: 24 h 30 s will not do; a window is a whole number of minutes from 1 h to 7 days",
    ],
    [
      "name: morphine, concentration: 10 mg/mL }",
      "name: morphine, concentration: 10 mg/mL }, { name: Morphine, concentration: 1 mg/mL }",
      "3: prescription.drugs[1].name: Morphine is named twice",
    ],
    [
      "[{ name: morphine, concentration: 10 mg/mL }]",
      "[]",
      "3: prescription.drugs: a list of 0 is too short; the least is 1",
    ],
    [
      "concentration: 10 mg/mL",
      "concentration: 10 mg",
      "3: prescription.drugs[0].concentration: 10 mg is a mass; a concentration is wanted, for example 10 mg/mL",
    ],
    [
      "basal: 0.5 mL/day",
      "basal: 5 mg/day",
      "4: prescription.basal: 5 mg/day is a dose; give a volume rate such as 0.5 mL/day",
    ],
    [
      "lockout: 2 h",
      "lockuot: 2 h",
      "8: prescription.demandBolus.lockuot: no such key here; did you mean lockout? (the keys are volume, over, lockout, mostPer24h)",
    ],
  ])("%s -> %s", (find, put, message) => {
    expect(SOUND).toContain(find);
    expect(refusal(() => read(SOUND.replace(find, put)))).toBe(`s.yaml:${message}`);
  });

  test("a bolus beside a basal that leaves it no room", () => {
    const text = SOUND.replace("basal: 0.5 mL/day", "basal: 11 mL/day").replace(/ {2}limit:[^]*/, "");
    expect(refusal(() => read(text, { ...config, maxRateNlPerDay: 11000000 }))).toBe(
      "s.yaml:6: prescription.demandBolus.volume: 30 \u00b5L cannot end within 24 h: a basal of 11 mL/day leaves 0 mL/day below the pump's hard limit of 11 mL/day",
    );
  });

  test("a bolus against a window that it passes alone, or outlasts", () => {
    const limited = SOUND.replace("volume: 1.5 mL", "volume: 29 uL").replace("per: 24 h", "per: 1 h");
    expect(refusal(() => read(limited))).toBe(
      "s.yaml:6: prescription.demandBolus.volume: 30 \u00b5L alone passes the dose limit of 29 \u00b5L per 1 h",
    );
    expect(refusal(() => read(limited.replace("over: 10 min", "over: 61 min")))).toBe(
      "s.yaml:7: prescription.demandBolus.over: 1 h 1 min is longer than the dose limit's window of 1 h",
    );
  });
});

test("every fault of the core has words of its own", () => {
  const sound = read(SOUND);
  const verdict = judgePrescription(sound, config);
  expect(verdict.fault).toBe(PrescriptionFault.none);
  const codes = Object.values(PrescriptionFault).filter((code) => typeof code === "number");
  const messages = codes.map(
    (fault) => describePrescriptionFault({ fault, given: 60001, limit: 7 }, sound, config).message,
  );
  expect(messages.every((message) => message.length > 10)).toBe(true);
  expect(new Set(messages).size).toBe(codes.length);
});

property.prop([
  fc.record({
    basal: fc.nat({ max: 30000000 }),
    bolus: fc.integer({ min: 1, max: 25000000 }),
    over: fc.integer({ min: 1, max: 90000000 }),
    limit: fc.integer({ min: 1, max: 15000000 }),
    minutes: fc.integer({ min: 1, max: 12000 }),
  }),
])("what is written is what the core accepts, or it is refused with the line of a key that was written", (p) => {
  const text = SOUND.replace("0.5 mL/day", `${p.basal} nL/day`)
    .replace("30 uL", `${p.bolus} nL`)
    .replace("10 min", `${p.over} ms`)
    .replace("1.5 mL\n", `${p.limit} nL\n`)
    .replace("per: 24 h", `per: ${p.minutes} min`);
  try {
    const prescription = read(text);
    expect(prescription.basalNlPerDay).toBe(p.basal);
    expect(judgePrescription(prescription, config).fault).toBe(PrescriptionFault.none);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).line).toBeGreaterThanOrEqual(4);
    expect((error as BadInput).message).toMatch(
      /^prescription\.(basal|demandBolus\.(volume|over)|limit\.(volume|per)): /,
    );
  }
});
