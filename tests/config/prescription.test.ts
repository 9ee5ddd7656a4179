import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../config/bad-input";
import { mixtureOf, prescriptionFor, problemsInWords, toPrescription } from "../../config/prescription";
import { describePrescriptionFault } from "../../config/prescription-faults";
import { judgePrescription } from "../../config/prescription-problems";
import { drugsSchema, prescriptionSchema } from "../../config/prescription-text";
import { keysOf } from "../../config/prescription-text-keys";
import { prescribedPump } from "../../config/prescribed-pump";
import { readDocument } from "../../config/read-document";
import { readPumpFile } from "../../config/read-pump";
import { checkSchema } from "../../config/schema-check";
import { MOST_DRUG_NG } from "../../src/config";
import { ProgramKind } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { PrescriptionFault, Severity, severityOf } from "../../src/prescription/problem";
import { refusal } from "./refusals";

const PUMP_FILE = "scenarios/pumps/reference-20ml.yaml";
const pump = prescribedPump(readPumpFile(readFileSync(PUMP_FILE, "utf8"), PUMP_FILE));
const { config } = pump;

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

const PATH = ["prescription"];

function read(text: string, by = prescriptionFor, on = pump): Prescription {
  const document = readDocument(text, "s.yaml");
  return by(document, PATH, checkSchema(document, prescriptionSchema, PATH), on);
}

/** A prescription of morphine at 10 mg/mL with these lines. */
function ordered(...lines: string[]): string {
  return ["prescription:", "drugs: [{ name: morphine, concentration: 10 mg/mL }]", ...lines].join("\n  ");
}

const filled = (length: number, ...values: number[]): number[] => Array.from({ length }, (_, at) => values[at] ?? 0);

const BASAL_ALONE: Prescription = {
  program: ProgramKind.continuous,
  primaryDrug: 0,
  concentrationNgPerUl: filled(8, 10000),
  steps: 1,
  stepStartMs: filled(13),
  stepNlPerDay: filled(13, 500000),
  scheduledNl: 0,
  scheduledMs: 0,
  scheduledEveryMs: 0,
  scheduledCount: 0,
  endsAfterMs: 0,
  bolusNl: 0,
  bolusMs: 0,
  lockoutMs: 0,
  mostPer24h: 0,
  hoursFromMs: 0,
  hoursToMs: 0,
  minimumNlPerDay: 0,
  windowMs: 86400000,
  // 12 mL per 24 h, less 1 mL/h during 30 min.
  windowLimitNl: 11500000,
  catheterNl: 0,
  lowNl: 2000000,
  refillDays: 0,
  bridge: 0,
};
const HOUR = 3600000;
const DAY = 24 * HOUR;

describe("a prescription in the core's numbers", () => {
  test("with a demand bolus and a limit", () => {
    expect(read(SOUND)).toEqual({
      ...BASAL_ALONE,
      bolusNl: 30000,
      bolusMs: 600000,
      lockoutMs: 7200000,
      mostPer24h: 4,
      windowLimitNl: 1500000,
    });
  });

  test.each<[string, string[], Partial<Prescription>]>([
    ["basal", ["basal: 0.5 mL/day"], {}],
    ["a dose of the primary drug", ["basal: 5 mg/day"], {}],
    ["a dose per hour", ["basal: 0.25 mg/h"], { stepNlPerDay: filled(13, 600000) }],
    [
      "flex",
      ["flex:", "  - { from: 06:00, dose: 8 mg/day }", "  - { from: 22:00, rate: 0.4 mL/day }"],
      {
        program: ProgramKind.flex,
        steps: 2,
        stepStartMs: filled(13, 6 * HOUR, 22 * HOUR),
        stepNlPerDay: filled(13, 800000, 400000),
      },
    ],
    [
      "periodic boluses with basal between",
      ["basal: 0.5 mL/day", "periodic: { dose: 0.5 mg, over: 10 min, every: 6 h }"],
      { program: ProgramKind.periodic, scheduledNl: 50000, scheduledMs: 600000, scheduledEveryMs: 6 * HOUR },
    ],
    [
      "a single shot, which counts as one a week",
      ["singleShot: { volume: 100 uL, over: 10 min }"],
      {
        program: ProgramKind.singleShot,
        stepNlPerDay: filled(13),
        scheduledNl: 100000,
        scheduledMs: 600000,
        scheduledEveryMs: 7 * DAY,
        scheduledCount: 1,
      },
    ],
    [
      "several shots",
      ["severalShots: { volume: 100 uL, over: 10 min, every: 12 h, count: 5 }"],
      {
        program: ProgramKind.severalShots,
        stepNlPerDay: filled(13),
        scheduledNl: 100000,
        scheduledMs: 600000,
        scheduledEveryMs: 12 * HOUR,
        scheduledCount: 5,
      },
    ],
    [
      "a continuous trial",
      ["continuousTrial: { dose: 5 mg/day, for: 3 days }"],
      { program: ProgramKind.continuousTrial, endsAfterMs: 3 * DAY },
    ],
    [
      "all that the pump watches",
      [
        "basal: 0.5 mL/day",
        "minimumRate: 6 uL/day",
        "catheter: 0.18 mL",
        "lowReservoir: 3 mL",
        "refillAfter: 30 days",
        "bridge: yes",
      ],
      { minimumNlPerDay: 6000, catheterNl: 180000, lowNl: 3000000, refillDays: 30, bridge: 1 },
    ],
  ])("%s", (_, lines, change) => {
    expect(read(ordered(...lines))).toEqual({ ...BASAL_ALONE, ...change });
  });

  test("hours of the demand bolus, as words or as keys, to midnight too", () => {
    const hours = (text: string): Prescription =>
      read(SOUND.replace("mostPer24h: 4", `mostPer24h: 4\n    hours: ${text}`));
    expect(hours("07:00 to 22:00")).toMatchObject({ hoursFromMs: 7 * HOUR, hoursToMs: 22 * HOUR });
    expect(hours("{ from: 22:30, to: 24:00 }")).toMatchObject({ hoursFromMs: 22.5 * HOUR, hoursToMs: 0 });
    expect(hours("00:00 to 24:00")).toMatchObject({ hoursFromMs: 0, hoursToMs: 0 });
    expect(() => hours("07:00 to 07:00")).toThrow(
      "prescription.demandBolus.hours: they begin and end at the same time; leave them out for the whole day",
    );
  });

  test("doses are of the primary drug; concentrations stand in the order of the library", () => {
    const mixed = read(
      "prescription: { drugs: [{ name: bupivacaine, concentration: 5 mg/mL }, { name: Morphine, concentration: 10 mg/mL }], " +
        "primary: morphine, basal: 5 mg/day }",
    );
    expect(mixed).toEqual({ ...BASAL_ALONE, concentrationNgPerUl: filled(8, 10000, 0, 5000) });
  });

  test("a fluid by itself, for a refill", () => {
    const document = readDocument("[{ name: ziconotide, concentration: 25 mcg/mL }]", "r.yaml");
    const drugs = checkSchema(document, drugsSchema);
    expect(mixtureOf(document, [], drugs, pump)).toEqual([0, 0, 0, 0, 0, 25, 0, 0]);
  });
});

/** The same pump with a library that lets everything through, so that the pump's own limits show alone. */
const wide = {
  ...pump,
  config: {
    ...config,
    library: config.library.map((drug) => ({
      ...drug,
      softDayNg: MOST_DRUG_NG,
      hardDayNg: MOST_DRUG_NG,
      softBolusNg: MOST_DRUG_NG,
      hardBolusNg: MOST_DRUG_NG,
      softHourNg: MOST_DRUG_NG,
      hardHourNg: MOST_DRUG_NG,
    })),
  },
};

describe("the pump refuses, with key, line, what is wrong and what would be right", () => {
  test.each([
    [
      "basal: 0.5 mL/day",
      "basal: 30 mL/day",
      "4: prescription.basal: 30 mL/day is above the pump's hard limit of 24 mL/day; also: prescription.basal: 30 mL/day gives up to 30.6253 mL in what is counted as 24 h; the limit is 1.5 mL",
    ],
    [
      "basal: 0.5 mL/day",
      "basal: 1.5 mL/day",
      "4: prescription.basal: 1.5 mL/day gives up to 1.53155 mL in what is counted as 24 h; the limit is 1.5 mL",
    ],
    [
      "volume: 30 uL",
      "volume: 25 mL",
      "6: prescription.demandBolus.volume: 25 mL is more than the reservoir holds (20 mL); also: prescription.demandBolus.volume: 25 mL alone passes the dose limit of 1.5 mL per 24 h; also: prescription.demandBolus.volume: 25 mL cannot end within 24 h: a basal of 0.5 mL/day leaves 23.5 mL/day below the pump's hard limit of 24 mL/day",
    ],
    [
      "volume: 30 uL",
      "volume: 18.5 mL",
      "6: prescription.demandBolus.volume: 18.5 mL is more than a full reservoir of 20 mL gives above its low mark of 2 mL; the most is 18 mL; also: prescription.demandBolus.volume: 18.5 mL alone passes the dose limit of 1.5 mL per 24 h",
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
    [
      "over: 10 min",
      "over: 25 h",
      "7: prescription.demandBolus.over: 25 h is not from 1 ms to 24 h; also: prescription.demandBolus.over: 25 h is longer than the dose limit's window of 24 h",
    ],
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
      "lockout: 2 h",
      "lockuot: 2 h",
      "8: prescription.demandBolus.lockuot: no such key here; did you mean lockout? (the keys are volume, dose, over, lockout, mostPer24h, hours)",
    ],
  ])("%s -> %s", (find, put, message) => {
    expect(SOUND).toContain(find);
    expect(refusal(() => read(SOUND.replace(find, put), prescriptionFor, wide))).toBe(`s.yaml:${message}`);
  });

  test("a bolus beside a basal that leaves it no room", () => {
    const text = SOUND.replace("basal: 0.5 mL/day", "basal: 11 mL/day").replace(/ {2}limit:[^]*/, "");
    expect(
      refusal(() => read(text, prescriptionFor, { ...wide, config: { ...wide.config, maxRateNlPerDay: 11000000 } })),
    ).toBe(
      "s.yaml:6: prescription.demandBolus.volume: 30 \u00b5L cannot end within 24 h: a basal of 11 mL/day leaves 0 mL/day below the pump's hard limit of 11 mL/day",
    );
  });

  test("a bolus against a window that it passes alone, or outlasts", () => {
    const limited = SOUND.replace("volume: 1.5 mL", "volume: 29 uL").replace("per: 24 h", "per: 1 h");
    expect(refusal(() => read(limited))).toBe(
      "s.yaml:6: prescription.demandBolus.volume: 30 \u00b5L alone passes the dose limit of 29 \u00b5L per 1 h",
    );
    expect(refusal(() => read(limited.replace("over: 10 min", "over: 61 min").replace("30 uL", "29 uL")))).toBe(
      "s.yaml:7: prescription.demandBolus.over: 1 h 1 min is longer than the dose limit's window of 1 h",
    );
  });

  const stepped = (...steps: string[]): string => ordered("flex:", ...steps.map((step) => `  - { ${step} }`));
  test.each([
    [
      "steps that overlap (PRE-008)",
      stepped("from: 06:00, rate: 0.8 mL/day", "from: 05:00, rate: 0.4 mL/day"),
      "5: prescription.flex[1].from: step 2 begins at 05:00 and overlaps step 1, which begins at 06:00; steps begin in rising order",
    ],
    [
      "an empty step",
      stepped("from: 06:00, rate: 0.8 mL/day", "from: 06:00, rate: 0.4 mL/day"),
      "5: prescription.flex[1].from: step 2 begins at 06:00, as step 1 does: step 1 is empty; steps begin in rising order",
    ],
    ["no step", ordered("flex: []"), "3: prescription.flex: a list of 0 is too short; the least is 1"],
    [
      "more than 13 steps",
      stepped(...Array.from({ length: 14 }, (_, at) => `from: "${at + 5}:00", rate: 0.4 mL/day`)),
      "3: prescription.flex: a list of 14 is too long; the most is 13",
    ],
    [
      "a rate and a dose in one step",
      stepped("from: 06:00, rate: 0.8 mL/day, dose: 8 mg/day"),
      "4: prescription.flex[0].dose: give rate or dose, not both",
    ],
    [
      "a step that begins at 24:00",
      stepped("from: 24:00, rate: 0.8 mL/day"),
      "4: prescription.flex[0].from: 24:00: write midnight as 00:00 where something begins",
    ],
    [
      "no program",
      ordered("catheter: 0.18 mL"),
      "1: prescription.basal: it is missing, for example 0.5 mL/day; a prescription has one of basal, flex, periodic, singleShot, severalShots, continuousTrial",
    ],
    [
      "two programs",
      ordered("basal: 0.5 mL/day", "singleShot: { volume: 100 uL, over: 10 min }"),
      "4: prescription.singleShot: a prescription has one program, not basal, singleShot; only basal and periodic go together",
    ],
    [
      "a demand bolus beside a single shot",
      ordered(
        "singleShot: { volume: 100 uL, over: 10 min }",
        "demandBolus: { volume: 10 uL, over: 10 min, lockout: 1 h, mostPer24h: 1 }",
      ),
      "3: prescription.singleShot: singleShot gives its boluses and nothing else: leave out demandBolus",
    ],
    [
      "scheduled boluses that last longer than their interval",
      ordered("periodic: { volume: 50 uL, over: 7 h, every: 6 h }"),
      "3: prescription.periodic.over: 7 h is not from 1 ms to 6 h, when the next bolus begins",
    ],
    [
      "scheduled boluses that come too often",
      ordered("periodic: { volume: 50 uL, over: 7 s, every: 59 s }"),
      "3: prescription.periodic.every: 59 s is not from 1 min to 7 days",
    ],
    [
      "a trial without an end in sight",
      ordered("continuousTrial: { rate: 0.5 mL/day, for: 91 days }"),
      "3: prescription.continuousTrial.for: 91 days is not from 1 min to 90 days",
    ],
    [
      "a minimum rate above a step",
      ordered("basal: 0.5 mL/day", "minimumRate: 0.6 mL/day"),
      "4: prescription.minimumRate: 0.6 mL/day is above the lowest basal rate; the most is 0.5 mL/day",
    ],
    [
      "a bridge without a catheter",
      ordered("basal: 0.5 mL/day", "bridge: yes"),
      "4: prescription.bridge: a bridge needs the dead volume of the catheter; give catheter, for example 0.18 mL",
    ],
    [
      "hours that are none",
      SOUND.replace("mostPer24h: 4", "mostPer24h: 4\n    hours: 07:00 to 25:00"),
      "10: prescription.demandBolus.hours: 25:00 is not a time of day, for example 07:00 or 22:30; or: keys with values (key: value) is wanted, not 07:00 to 25:00",
    ],
  ])("%s", (_, text, message) => {
    expect(refusal(() => read(text))).toBe(`s.yaml:${message}`);
  });
});

describe("the drug library refuses (PRE-004)", () => {
  const one = (drug: string, ...lines: string[]): string =>
    [`prescription:`, `drugs: [{ ${drug} }]`, ...lines].join("\n  ");
  const ziconotide = "name: ziconotide, concentration: 25 mcg/mL";

  test.each([
    [
      "a drug that it does not have",
      one("name: morphin, concentration: 10 mg/mL", "basal: 0.5 mL/day"),
      "2: prescription.drugs[0].name: morphin is not in the pump's drug library; did you mean morphine? (it has morphine, hydromorphone, bupivacaine, fentanyl, clonidine, ziconotide)",
    ],
    [
      "a concentration in mg where it says mcg",
      one("name: ziconotide, concentration: 0.025 mg/mL", "basal: 0.1 mL/day"),
      "2: prescription.drugs[0].concentration: 0.025 mg/mL is in mg, but the library gives ziconotide in mcg; 0.025 mg/mL would be 25 mcg/mL",
    ],
    [
      "a dose in mg where it says mcg",
      one(ziconotide, "basal: 2 mg/day"),
      "3: prescription.basal: 2 mg/day is in mg, but the library gives ziconotide in mcg; 2 mg/day would be 2000 mcg/day",
    ],
    [
      "a bolus in \u00b5g where it says mg",
      ordered("basal: 5 mg/day", "demandBolus: { dose: 300 \u00b5g, over: 10 min, lockout: 1 h, mostPer24h: 1 }"),
      "4: prescription.demandBolus.dose: 300 \u00b5g is in mcg, but the library gives morphine in mg; 300 \u00b5g would be 0.3 mg",
    ],
    [
      "a concentration above its range",
      one("name: ziconotide, concentration: 101 mcg/mL", "basal: 0.1 mL/day"),
      "2: prescription.drugs[0].concentration: 101 mcg/mL is above what the library has for ziconotide: 1 mcg/mL to 100 mcg/mL",
    ],
    [
      "a concentration below its range",
      one("name: morphine, concentration: 0.4 mg/mL", "basal: 0.1 mL/day"),
      "2: prescription.drugs[0].concentration: 0.4 mg/mL is below what the library has for morphine: 0.5 mg/mL to 25 mg/mL",
    ],
    [
      "a dose that is no whole number of nL, with the nearest that are",
      one("name: morphine, concentration: 3 mg/mL", "basal: 1 mg/day"),
      "3: prescription.basal: 1 mg/day of morphine at 3 mg/mL is not a whole number of nL/day; the nearest exact doses are 0.999999 mg/day and 1.000002 mg/day",
    ],
    [
      "a total over the hard limit, though basal and boluses alone are below it",
      ordered("basal: 20 mg/day", "demandBolus: { dose: 1 mg, over: 10 min, lockout: 1 h, mostPer24h: 11 }"),
      "4: prescription.demandBolus.dose: 31 mg of morphine in 24 h when every permitted bolus is taken is above the library's hard limit of 30 mg",
    ],
    [
      "a basal over the hard limit of a day",
      ordered("basal: 30 mg/day", "override: softLimits"),
      "3: prescription.basal: 30.628 mg of morphine in what is scheduled for 24 h (counted as 24 h 30 min and one stroke) is above the library's hard limit of 30 mg",
    ],
    [
      "a total over the soft limit, unless that is meant",
      ordered("basal: 12 mg/day", "demandBolus: { dose: 1 mg, over: 10 min, lockout: 1 h, mostPer24h: 4 }"),
      "4: prescription.demandBolus.dose: 16 mg of morphine in 24 h when every permitted bolus is taken is above the library's soft limit of 15 mg; lower it, or write override: softLimits if it is meant",
    ],
    [
      "a bolus over the soft limit",
      ordered("periodic: { dose: 1.5 mg, over: 1 h, every: 12 h }"),
      "3: prescription.periodic.dose: 1.5 mg of morphine in one bolus is above the library's soft limit of 1 mg; lower it, or write override: softLimits if it is meant",
    ],
  ])("%s", (_, text, message) => {
    const refused = refusal(() => read(text));
    expect(refused).toBe(`s.yaml:${message}`);
    const overridden = text.includes("override") ? text : `${text}\n  override: softLimits`;
    if (refused.includes("soft limit")) expect(() => read(overridden)).not.toThrow();
    else expect(refusal(() => read(overridden))).toBe(refused);
  });

  test("the nearest exact doses are exact", () => {
    for (const dose of ["0.999999 mg/day", "1.000002 mg/day"]) {
      const { stepNlPerDay } = read(one("name: morphine, concentration: 3 mg/mL", `basal: ${dose}`));
      expect((stepNlPerDay[0] ?? 0) * 3000).toBe(Number(dose.split(" ")[0]) * 1e9);
    }
  });

  test("all at once, at the line of the first", () => {
    expect(
      refusal(() =>
        read(one(ziconotide, "basal: 2 mg/day", "demandBolus: { dose: 1 mg, over: 1 h, lockout: 1 h, mostPer24h: 1 }")),
      ),
    ).toMatch(/^s\.yaml:3: prescription\.basal: 2 mg\/day .*; also: prescription\.demandBolus\.dose: 1 mg is in mg/);
  });
});

test("a reservoir that is low before the refill is due is a warning with the days, and refuses nothing", () => {
  const text = ordered(
    "basal: 1 mL/day",
    "demandBolus: { volume: 50 uL, over: 10 min, lockout: 2 h, mostPer24h: 4 }",
    "refillAfter: 60 days",
  );
  const document = readDocument(text, "s.yaml");
  const written = checkSchema(document, prescriptionSchema, PATH);
  const [warning, ...more] = problemsInWords(written, read(text), pump);
  expect(more).toEqual([]);
  expect(warning).toEqual({
    fault: PrescriptionFault.reservoirTooSmall,
    severity: Severity.warning,
    given: 15,
    limit: 60,
    at: 0,
    key: ["refillAfter"],
    message:
      "a full reservoir of 20 mL reaches its low mark of 2 mL after 15 days when every permitted bolus is taken; the refill is due after 60 days",
  });
});

test("what is staged for the pump to judge is not judged here, but it has to mean something", () => {
  const strong = ordered("basal: 1.5 mL/day", "demandBolus: { volume: 5 mL, over: 1 h, lockout: 1 h, mostPer24h: 48 }");
  expect(read(strong, toPrescription)).toMatchObject({ bolusNl: 5000000 });
  expect(refusal(() => read(strong.replace("morphine", "water"), toPrescription))).toMatch(/water is not in/);
});

test("every fault of the core has words of its own", () => {
  const document = readDocument(SOUND, "s.yaml");
  const keys = { ...keysOf(checkSchema(document, prescriptionSchema, PATH)), drug: () => ["drugs", 0] };
  const sound = read(SOUND);
  const problem = { given: 60001, limit: 7, at: 0 };
  const faults = Object.values(PrescriptionFault).filter((fault) => typeof fault === "number");
  const messages = faults.map((fault) => {
    const severity = severityOf(fault);
    return describePrescriptionFault({ ...problem, fault, severity }, sound, pump, keys).message;
  });
  expect(messages.every((message) => message.length > 10)).toBe(true);
  // A demand bolus and a scheduled one, and a rate or dose above its limits, are told apart by the key.
  expect(new Set(messages).size).toBeGreaterThanOrEqual(faults.length - 3);
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
    expect(prescription.stepNlPerDay[0]).toBe(p.basal);
    expect(judgePrescription(prescription, config)).toEqual([]);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).line).toBeGreaterThanOrEqual(4);
    expect((error as BadInput).message).toMatch(
      /^prescription\.(basal|demandBolus\.(volume|over)|limit\.(volume|per)): /,
    );
  }
});
