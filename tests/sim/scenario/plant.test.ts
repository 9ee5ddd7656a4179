import { describe, expect, test } from "vitest";
import { refusal } from "../../config/refusals";
import { LINES_BEFORE_EVENTS, scenarioWith } from "./written-scenario";

const TUBE = "plant: { tube: { compliance: 1 uL/kPa, alarmPressure: 100 mmHg } }";

/** What is said about the third line, which is `head`. */
function refusedHead(head: string): string {
  const said = refusal(() => scenarioWith({ head }));
  expect(said).toMatch(/^s\.yaml:3: /);
  return said;
}

test("a scenario that says nothing of a plant has none, and no patient", () => {
  expect(scenarioWith({})).toMatchObject({ plant: undefined, patient: [] });
});

test("the plant is read in its own units; what is left out is ideal, and the line is the pump's", () => {
  const { plant } = scenarioWith({ head: TUBE });
  expect(plant).toMatchObject({
    head: { calibrationPercent: 0, pulsationPercent: 0 },
    tube: { complianceNlPerKpa: 1000, resistanceKpaHPerUl: 0, blockedKpaHPerUl: Infinity },
    line: { tubingNl: 200000, catheterNl: 0, tanks: 20 },
    battery: undefined,
    temperatureC: 20,
  });
  expect(plant?.tube.alarmKpa).toBeCloseTo(13.3322387415, 10);
  const written = scenarioWith({
    head: "plant: { head: { calibration: -3 % }, battery: { capacity: 0.3 Ah, rest: 1 mA }, temperature: 36.6 C, backPressure: -10 mbar }",
  }).plant;
  expect(written).toMatchObject({
    head: { calibrationPercent: -3 },
    battery: { capacityUah: 300000, restUa: 1000, startPercent: 100, stepPercent: 1 },
    temperatureC: 36.6,
    backPressureKpa: -1,
  });
});

test("a patient is read with the line of each behaviour", () => {
  const head = [
    "clock: 2026-03-01 08:00",
    "patient:",
    "  - { presses: byNeed, after: 3 h }",
    "  - { presses: byHabit, every: 4 h, spread: 30 min, from: day 1 10:00, until: 8 h, bounce: 3 }",
  ].join("\n");
  expect(scenarioWith({ head }).patient).toEqual([
    { presses: "byNeed", meanMs: 10800000, line: 5, fromMs: 0, untilMs: 43200000, contacts: 1 },
    {
      presses: "byHabit",
      everyMs: 14400000,
      spreadMs: 1800000,
      line: 6,
      fromMs: 7200000,
      untilMs: 28800000,
      contacts: 3,
    },
  ]);
});

describe("what is wrong is said with its line and what would be right (PLT-008)", () => {
  test.each([
    [
      "plant: { tube: { compliance: 1 uL } }",
      /plant\.tube\.compliance: 1 uL is a volume; a compliance is wanted, for example 1 uL\/kPa/,
    ],
    ["plant: { tube: { compliance: 1 } }", /a compliance needs a unit, for example 1 uL\/kPa/],
    ["plant: { tube: { alarmPressure: 50 kPa } }", /plant\.tube\.compliance: it is missing, for example 1 uL\/kPa/],
    ["plant: { backPressure: 12 cmHg }", /cmHg is not a unit of pressure; did you mean mmHg\?/],
    ["plant: { backPressure: 60 kPa }", /60 kPa is too large; it is from -50 kPa to 50 kPa/],
    ["plant: { head: { calibration: -60 % } }", /-60 % is too small; it is from -50 % to 50 %/],
    ["plant: { head: { pulsation: '1,5 %' } }", /write a number without separators/],
    ["plant: { hed: {} }", /plant\.hed: no such key here; did you mean head\?/],
    ["plant: { battery: { capacity: 300 mA } }", /300 mA is an electric current; an electric charge is wanted/],
    [
      "plant: { battery: { capacity: 1 Ah, curve: [{ charge: 0 %, voltage: 3 V }, { charge: 100 %, voltage: 4 V }] } }",
      /plant\.battery\.curve\[1\]: the curve goes from full to empty/,
    ],
    [
      "plant: { tube: { compliance: 1 uL/kPa, alarmPressure: 1 kPa }, backPressure: 2 kPa }",
      /reached by the back pressure alone/,
    ],
    ["plant: { airDetector: { after: 0.3 mL } }", /300 µL lies behind the end of the line, which holds 200 µL/],
    [
      "plant: { line: { tubing: 0.2 mL, catheter: 100 nL, tanks: 200 } }",
      /plant\.line\.catheter: the catheter of 100 nL is smaller than a stroke of this pump \(300 nL\)/,
    ],
    ["patient: [{ presses: byHabbit, every: 4 h }]", /byHabbit is not known here; did you mean byHabit\?/],
    ["patient: [{ presses: byNeed, after: 1 ms }]", /after: the mean time is at least 5 min/],
    ["patient: [{ presses: byNeed }]", /patient\[0\]\.after: it is missing, for example 3 h/],
    ["patient: [{ presses: byHabit, every: 1 h, spread: 31 min }]", /31 min is more than half of every: 1 h/],
    ["patient: [{ presses: byNeed, after: 1 h, from: first.end }]", /first\.end is known only in the run; say a time/],
    ["patient: [{ presses: byNeed, after: 1 h, from: 8 h, until: 7 h }]", /until: it comes before from: 8 h/],
  ])("%s", (head, why) => {
    expect(refusedHead(head)).toMatch(why);
  });

  test.each([
    ["{ at: 1 h, fault: occlude, for: 1 h }", [], /events\[0\]\.fault: a blocked line needs a compliance: say plant:/],
    ["{ at: 1 h, fault: airBubble }", [], /events\[0\]\.volume: it is missing, for example 5 uL/],
    [
      "{ at: 1 h, do: stop }",
      ["{ at: 1 h, pressure: 1 kPa, within: 1 kPa }"],
      /without a compliance there is no pressure/,
    ],
    ["{ at: 1 h, do: stop }", ["{ at: 1 h, charge: 1 %, within: 1 % }"], /there is no battery: say plant: \{ battery/],
    ["{ at: 1 h, do: stop }", ["{ at: 1 h, pressure: 1 kPa }"], /within: it is missing/],
    [
      "{ at: 1 h, do: stop }",
      ["{ at: 1 h, tip: 1 mg/mL, drug: morfine, within: 0 mg/mL }"],
      /no morfine; did you mean morphine\?/,
    ],
    ["{ at: 1 h, do: stop }", ["{ at: 1 h, tip: 1000 ug/mL, within: 0 mg/mL }"], /expect\[0\]\.tip: /],
  ])("%s %s", (event, expectations, why) => {
    const line = expectations.length === 0 ? LINES_BEFORE_EVENTS + 1 : LINES_BEFORE_EVENTS + 3;
    const said = refusal(() =>
      scenarioWith({ events: [event], ...(expectations.length === 0 ? {} : { expect: expectations }) }),
    );
    expect(said).toMatch(why);
    expect(said).toMatch(new RegExp(`^s\\.yaml:${line}: `));
  });
});
