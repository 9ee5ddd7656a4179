import { describe, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { newSha256 } from "../../../sim/run/node/sha256";
import type { RunOutcome } from "../../../sim/run/outcome";
import { runResolved, runScenario } from "../../../sim/run/run-scenario";
import { scenarioWith } from "../scenario/written-scenario";
import type { WrittenParts } from "../scenario/written-scenario";
import { failureIn, runWith } from "./native-run";

const H = 3600000;
const TUBE = "{ compliance: 1 uL/kPa, alarmPressure: 30 kPa }";

function runSeeded(parts: WrittenParts, seed: number): RunOutcome {
  return runScenario(scenarioWith(parts), createNativeEngine, { newHash: newSha256, seed });
}

/** Times of the lines of an event that have these fields, in ms. */
function timesOf({ lines }: RunOutcome, event: string, fields: Record<string, unknown> = {}): number[] {
  const wanted = Object.entries(fields);
  return lines.flatMap(({ line }) =>
    line.event === event && wanted.every(([key, value]) => line[key] === value) ? line.atMs : [],
  );
}

describe("a patient", () => {
  const greedy = {
    duration: "4 days",
    head: "patient: [{ presses: byNeed, after: 20 min, bounce: 4 }, { presses: byHabit, every: 1 h, spread: 30 min }]",
  };

  test("of any seed gets no bolus before the lockout has passed since the end of the last (PLT-006)", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const outcome = runSeeded(greedy, seed);
      const granted = timesOf(outcome, "bolusGranted");
      const ended = timesOf(outcome, "bolusEnded");
      // Four in each 24 h, and he is never long in pressing.
      expect(granted.length).toBe(16);
      granted.slice(1).forEach((ms, n) => expect(ms - (ended[n] ?? Infinity)).toBeGreaterThanOrEqual(2 * H));
      granted.slice(4).forEach((ms, n) => expect(ms - (granted[n] ?? Infinity)).toBeGreaterThanOrEqual(24 * H));
      expect(timesOf(outcome, "bolusDenied").length).toBeGreaterThan(50);
    }
  });

  test("of one seed is the same each time, of another another; the default is seed 1", () => {
    const one = runSeeded(greedy, 1);
    expect(runWith(greedy).logSha256).toBe(one.logSha256);
    expect(runSeeded(greedy, 2).logSha256).not.toBe(one.logSha256);
    // A run with its inputs given needs no patient: whatever the seed, it is the same run.
    const again = runResolved(scenarioWith(greedy), one.resolvedInputs, createNativeEngine, {
      newHash: newSha256,
      seed: 99,
    });
    expect(again.logSha256).toBe(one.logSha256);
  });

  test("whose pump is dark presses in vain", () => {
    const events = ["{ at: 1 h, fault: powerCut, for: 3 h }"];
    const outcome = runWith({ head: "patient: [{ presses: byHabit, every: 30 min }]", events });
    expect(timesOf(outcome, "requestBolus", {}).filter((ms) => ms >= H && ms < 4 * H)).toEqual([]);
    expect(failureIn(outcome)).toBe("held");
  });
});

describe("what the plant tells the pump (PLT-007)", () => {
  test("an occlusion by the predictor t = C p / q, whatever the rate, and again after each start of the program", () => {
    for (const [basal, hours] of [
      ["0.18 mL/day", 4],
      ["0.36 mL/day", 2],
      ["0.72 mL/day", 1],
    ] as const) {
      const outcome = runWith({
        head: `plant: { tube: ${TUBE} }`,
        basal,
        events: ["{ at: 2 h, fault: occlude, for: 9 h }", "{ at: 7 h, fault: powerCut, for: 1 h }"],
      });
      const [first = 0, again = 0, released = 0, ...more] = timesOf(outcome, "detected", { alarm: "occlusion" });
      const strokeMs = scenarioWith({}).config.strokeMs;
      expect(first - 2 * H).toBe(hours * H + strokeMs);
      expect(again).toBe(8 * H + 1500);
      expect(released).toBe(11 * H);
      expect(more).toEqual([]);
    }
  });

  test("with a resistance behind it the detector falls back at half the alarm's pressure, not when the line opens", () => {
    // 30 kPa fall to 15 in R C ln 2, R C = 1 h; the whole ms after that.
    const outcome = runWith({
      head: "plant: { tube: { compliance: 1 uL/kPa, alarmPressure: 30 kPa, resistance: 1 kPa h/uL } }",
      basal: "0.72 mL/day",
      events: ["{ at: 1 ms, fault: occlude, for: 4 h }"],
      expect: ["{ at: 4 h, pressure: 30 kPa, within: 0.001 kPa }"],
    });
    const [, released = 0] = timesOf(outcome, "detected", { alarm: "occlusion" });
    expect(released - 4 * H - 1).toBe(Math.ceil(Math.LN2 * H));
    expect(failureIn(outcome)).toBe("held");
  });

  test("charge and voltage at the start, then once an hour at most, when a step has been passed, and after a start", () => {
    // 1 mA at rest of 50 mAh: 2 % an hour, with a step of 3 %: 0, 2, 4 h, ... The power is cut from 5 h to 5 h 30 min.
    const outcome = runWith({
      head: "plant: { battery: { capacity: 50 mAh, rest: 1 mA, step: 3 % } }",
      duration: "8 h",
      events: ["{ at: 5 h, fault: powerCut, for: 30 min }"],
    });
    const readings = outcome.lines.filter(({ line }) => line["sensor"] === "charge").map(({ line }) => line);
    expect(readings.map(({ atMs, value }) => [atMs / H, value])).toEqual([
      [0, 1000],
      [2, 960],
      [4, 920],
      [5.5 + 1.5 / 3600, 920],
      [6, 880],
      [8, 840],
    ]);
  });

  test("a pump that measures nothing is told nothing of its battery", () => {
    const text = { head: "plant: { battery: { capacity: 50 mAh, rest: 1 mA } }" };
    const scenario = scenarioWith(text);
    const config = {
      ...scenario.config,
      replacementPerMille: 0,
      endOfServicePerMille: 0,
      batteryLowMv: 0,
      batteryOutMv: 0,
    };
    const outcome = runScenario({ ...scenario, config }, createNativeEngine, { newHash: newSha256 });
    expect(timesOf(outcome, "reading")).toEqual([]);
  });
});

describe("what is judged of the plant", () => {
  test("an ideal plant gives what the head turned, and an occlusion detector that is not there says nothing", () => {
    const outcome = runWith({
      head: "plant: { tube: { compliance: 1 uL/kPa } }",
      basal: "0.72 mL/day",
      events: ["{ at: 2 h, fault: rotorStuck, for: 1 h }", "{ at: 4 h, fault: rotorRuns, volume: 6 uL }"],
      expect: [
        "{ at: 4 h, outlet: 96.3 uL, within: 0 uL }",
        "{ at: 4 h, delivered: 96.3 uL, within: 0 uL }",
        "{ at: 4 h, pressure: 0 kPa, within: 0 kPa }",
        "{ never: occlusion }",
      ],
    });
    expect(failureIn(outcome)).toBe("held");
  });

  test("a catheter as narrow as a stroke is judged at the tip at any time, in any order (PLT-004)", () => {
    // 480 µL a day through 200 µL of tubing of 20 tanks; the catheter delays by 0.3. The refill at 12 h brings 20 mg/mL; at 22 h 666 strokes of it, 199.8 µL,
    // have passed: th = (199.8 - 0.3)/200: 10 + 10 (1 - P(19.95; 20)) = 15.2530.
    const outcome = runWith({
      head: "plant: { line: { tubing: 0.2 mL, catheter: 300 nL } }",
      duration: "4 days",
      basal: "0.48 mL/day\n  catheter: 0.18 mL",
      events: [
        "{ at: 12 h, do: stop }",
        "{ at: 12 h, do: measureResidual, residual: 19.76 mL }",
        "{ at: 12 h, do: refill, to: 18 mL, drugs: [{ name: morphine, concentration: 20 mg/mL }] }",
        "{ at: 12 h, do: program, prescription: { drugs: [{ name: morphine, concentration: 20 mg/mL }], basal: 0.48 mL/day, catheter: 0.18 mL } }",
        "{ at: 12 h, do: start }",
      ],
      expect: [
        "{ at: 4 days, tip: 20 mg/mL, within: 0.001 mg/mL }",
        "{ at: 12 h, tip: 10 mg/mL, within: 0.001 mg/mL }",
        "{ at: 22 h, tip: 15.253 mg/mL, within: 0.003 mg/mL }",
        "{ at: 3 days, tip: 20 mg/mL, within: 0.001 mg/mL }",
      ],
    });
    expect(failureIn(outcome)).toBe("held");
  });

  test.each([
    ["{ at: 2 h, outlet: 60 uL, within: 0.5 uL }", "60 µL within 500 nL | 59.1 µL"],
    ["{ at: 2 h, outlet: 60 uL }", "60 µL within 1 stroke | 59.1 µL"],
    ["{ at: 3 h, pressure: 10 kPa, within: 1 kPa }", "10 kPa within 1 kPa | 29.55 kPa"],
    ["{ at: 1 h, charge: 50 %, within: 0.1 % }", "50 % within 0.1 % | 49.5 %"],
    ["{ at: 1 h, tip: 9 mg/mL, within: 0.5 mg/mL }", "9 mg/mL within 500 µg/mL | 10 mg/mL"],
  ])("%s", (entry, failure) => {
    // 30 µL/h and a head that gives 98.5 % of it; 1 mA at rest of 200 mAh.
    const outcome = runWith({
      head: "plant: { head: { calibration: -1.5 % }, tube: { compliance: 1 uL/kPa }, battery: { capacity: 0.2 Ah, rest: 1 mA, charge: 50 % } }",
      basal: "0.72 mL/day",
      events: ["{ at: 2 h, fault: occlude, for: 5 h }"],
      expect: [entry],
    });
    expect(failureIn(outcome)).toBe(failure);
  });
});
