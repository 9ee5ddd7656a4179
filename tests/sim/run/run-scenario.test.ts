import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { MS_PER_DAY } from "../../../src/units";
import { createNativeEngine } from "../../../sim/engines/native";
import { newSha256 } from "../../../sim/run/node/sha256";
import { runResolved, runScenario } from "../../../sim/run/run-scenario";
import { readScenarioFile } from "../../../sim/scenario/node/scenario-file";
import { scenarioWith } from "../scenario/written-scenario";
import { failureIn, runWith } from "./native-run";
import { scripted } from "./scripted-engine";

const options = { newHash: newSha256 };
const files = readdirSync("scenarios", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("pumps"))
  .sort();
/** Longer ones run once here: their strokes are many. */
const LONGEST_RUN_AGAIN_MS = 40 * MS_PER_DAY;

describe("the scenarios of the checkout", () => {
  test.each(files)(
    "%s passes, with strokes logged or not, and once more with its inputs resolved (SIM-002)",
    (name) => {
      const scenario = readScenarioFile(`scenarios/${name}`);
      const outcome = runScenario(scenario, createNativeEngine, options);
      expect(outcome.failures).toEqual([]);
      expect(outcome.passed).toBe(true);
      if (scenario.durationMs > LONGEST_RUN_AGAIN_MS) return;

      const withStrokes = runScenario(scenario, createNativeEngine, { ...options, logStrokes: true });
      expect(withStrokes.verdicts).toEqual(outcome.verdicts);
      expect(withStrokes.strokes).toBe(outcome.strokes);
      // With an encoder each stroke has a line of its own anyway, since it is counted.
      expect(withStrokes.events).toBeGreaterThanOrEqual(outcome.events);

      const again = runResolved(scenario, outcome.resolvedInputs, createNativeEngine, options);
      expect(again.logSha256).toBe(outcome.logSha256);
      expect(again.verdicts).toEqual(outcome.verdicts);
    },
  );
});

test("a wrong expectation fails with strokes logged as it does without", () => {
  const scenario = scenarioWith({ expect: ["{ at: 1 h, delivered: 1 uL }", "{ occurs: bolusGranted }"] });
  const expectations = [false, true].map((logStrokes) => {
    const { failures } = runScenario(scenario, createNativeEngine, { ...options, logStrokes });
    return failures.map(({ line, expected, actual, atMs }) => ({ line, expected, actual, atMs }));
  });
  expect(expectations[0]).toHaveLength(2);
  expect(expectations[1]).toEqual(expectations[0]);
});

test("the outcome is that of its lines and strokes", () => {
  const told: string[] = [];
  const scenario = readScenarioFile("scenarios/lockout-edge.yaml");
  const outcome = runScenario(scenario, createNativeEngine, { ...options, onLine: (_, text) => told.push(text) });
  expect(outcome.lines.map(({ text }) => text)).toEqual(told);
  expect(outcome.events).toBe(told.length);
  expect(outcome.logSha256).toBe(
    createHash("sha256")
      .update(told.map((text) => `${text}\n`).join(""))
      .digest("hex"),
  );
  expect(outcome).toMatchObject({ engine: "native", simulatedMs: 12 * 3600000, strokes: 1033, deliveredNl: 309900 });
  expect(outcome.strokeTimesMs).toHaveLength(1033);
  expect(outcome.strokeTimesMs[0]).toBe(51840);
  expect(outcome.resolvedInputs.map(({ atMs }) => atMs)).toEqual([0, 0, 0, 0, 3600000, 11399999, 11400000]);
});

describe("the order of inputs", () => {
  /** What was asked of the pump, in order. */
  function asked(events: readonly string[], duration = "12 h"): string[] {
    const { lines } = runWith({ events, duration });
    const words = ["start", "stop", "requestBolus", "acknowledge"];
    return lines.filter(({ line }) => words.includes(line.event)).map(({ line }) => `${line.event} ${line.atMs}`);
  }

  test("at one instant is the file's, whatever the times are counted from", () => {
    expect(
      asked([
        "{ at: 70 min, do: stop }",
        "{ at: 1 h, do: requestBolus, as: first }",
        "{ at: first.end, do: start }",
        "{ at: 70 min, do: acknowledge }",
      ]),
    ).toEqual(["start 0", "requestBolus 3600000", "stop 4200000", "start 4200000", "acknowledge 4200000"]);
  });

  test("at 0 they come after confirmation and start", () => {
    expect(asked(["{ at: 0 s, do: stop }"])).toEqual(["start 0", "stop 0"]);
  });

  test("an input may end the bolus that it counts from, and at once", () => {
    expect(
      asked([
        "{ at: 1 h, do: requestBolus, as: first }",
        "{ at: first.start, do: stop }",
        "{ at: first.end, do: start }",
        "{ at: first.end + 1 ms, do: acknowledge }",
      ]),
    ).toEqual(["start 0", "requestBolus 3600000", "stop 3600000", "start 3600000", "acknowledge 3600001"]);
  });

  test("an instant that comes early is not missed while a later input waits", () => {
    expect(
      asked([
        "{ at: 1 h, do: requestBolus, as: first }",
        "{ at: first.end + 1 ms, do: acknowledge }",
        "{ at: 1 h 11 min, do: stop }",
      ]),
    ).toEqual(["start 0", "requestBolus 3600000", "acknowledge 4200001", "stop 4260000"]);
  });

  test("an instant that comes with the end of the run belongs to it", () => {
    expect(asked(["{ at: 12 h - 10 min, do: requestBolus, as: last }", "{ at: last.end, do: stop }"])).toEqual([
      "start 0",
      "requestBolus 42600000",
      "stop 43200000",
    ]);
  });

  test("inputs that would come after the end do not end the run early", () => {
    const requests = ["{ at: 1 h, do: requestBolus, as: a }", "{ at: 4 h, do: requestBolus, as: b }"];
    const afterEnd = ["{ at: a.end + 11 h, do: stop }", "{ at: b.end + 11 h, do: stop }"];
    const outcome = runWith({ events: [...requests, ...afterEnd] });
    expect(outcome.strokes).toBe(runWith({ events: requests }).strokes);
    expect(outcome.failures.map(({ expected }) => expected)).toEqual(["stop at a.end + 11 h", "stop at b.end + 11 h"]);
  });

  test("the last instant of the run belongs to it", () => {
    const outcome = runWith({
      events: ["{ at: 12 h, do: stop }"],
      expect: ["{ at: 12 h, state: stopped }", "{ occurs: stop, times: 1 }"],
    });
    expect(failureIn(outcome)).toBe("held");
  });
});

describe("with a pump that misbehaves", () => {
  const noStart = { head: "start: manual" };

  test("the safe state is seen, and lasts", () => {
    const pump = scripted([
      { atMs: 1000, code: JournalCode.started },
      { atMs: 2000, code: JournalCode.fault, numbers: [6, 1, 2] },
      { atMs: 2000, code: JournalCode.alarmRaised, numbers: [AlarmKind.pumpFault] },
      { atMs: 3000, code: JournalCode.started },
    ]);
    const expectations = [
      "{ at: 1999 ms, state: running }",
      "{ at: 2 s, state: fault }",
      "{ at: 12 h, state: fault }",
      "{ alarm: pumpFault, from: 3 h }",
      "{ occurs: fault, times: 1 }",
    ];
    const outcome = runScenario(scenarioWith({ ...noStart, expect: expectations }), pump.engineOf, options);
    expect(outcome.failures).toEqual([]);
    expect(pump.closed).toBe(true);
  });

  test("a request that is never answered fails, and its times never come", () => {
    const pump = scripted([]);
    const scenario = scenarioWith({
      ...noStart,
      events: ["{ at: 1 h, do: requestBolus, as: first }"],
      expect: ["{ request: first, is: granted }", "{ at: first.asked, delivered: 0 uL }"],
    });
    expect(failureIn(runScenario(scenario, pump.engineOf, options))).toBe("granted | no answer");
  });

  test("strokes of the instant that is asked for count, those after it do not", () => {
    const pump = scripted([5, 5, 6].map((atMs) => ({ atMs, code: "stroke" as const })));
    const scenario = scenarioWith({
      ...noStart,
      expect: [
        "{ at: 4 ms, delivered: 0 nL, within: 0 nL }",
        "{ at: 5 ms, delivered: 600 nL, within: 0 nL }",
        "{ at: 6 ms, delivered: 900 nL, within: 0 nL }",
      ],
    });
    expect(runScenario(scenario, pump.engineOf, options).failures).toEqual([]);
  });

  test("inputs get their times from what the log says, and come as soon as they are known", () => {
    const pump = scripted([
      { atMs: 7200000, code: JournalCode.bolusGranted, numbers: [1, 30000, 600000] },
      { atMs: 7200123, code: JournalCode.bolusEnded, numbers: [1, 0, 30000] },
      { atMs: 9000000, code: "stroke" },
    ]);
    const scenario = scenarioWith({
      ...noStart,
      events: [
        "{ at: 1 h, do: requestBolus, as: first }",
        "{ at: first.end + 1 ms, do: stop }",
        "{ at: 10 h, do: start }",
        "{ at: first.end + 10 h, do: acknowledge }",
      ],
    });
    const outcome = runScenario(scenario, pump.engineOf, options);
    expect(pump.given.map(({ input, atMs }) => [input.kind, atMs])).toEqual([
      [EventKind.stage, 0],
      [EventKind.confirm, 0],
      [EventKind.requestBolus, 3600000],
      [EventKind.stop, 7200124],
      [EventKind.start, 36000000],
    ]);
    expect(failureIn(outcome)).toBe(
      "acknowledge at first.end + 10 h | first.end + 10 h is 12 h 123 ms, after the end of the run (12 h)",
    );
  });

  test("resolved inputs are given without a wake before them, which a grid would not have", () => {
    const pump = scripted([]);
    const scenario = scenarioWith({ ...noStart, events: ["{ at: 1 h + 3 ms, do: start }", "{ at: 2 h, do: stop }"] });
    const inputs = [0, 3600003, 7200000].map((atMs, index) => ({ index, atMs }));
    runResolved(scenario, inputs, pump.engineOf, options);
    expect(pump.given.map(({ atMs }) => atMs)).toEqual([0, 3600003, 7200000]);
    expect(pump.ranTo).toEqual([12 * 3600000]);
  });

  test("an engine that fails is closed, and its failure comes out", () => {
    const pump = scripted([{ atMs: 1, code: 9999 }]);
    expect(() => runScenario(scenarioWith(noStart), pump.engineOf, options)).toThrow("no words for journal code 9999");
    expect(pump.closed).toBe(true);
  });
});

describe("a controller that is not woken", () => {
  const told = (events: readonly string[], words: readonly string[]): unknown[] =>
    runWith({ events }).lines.flatMap(({ line }) => (words.includes(line.event) ? [[line.event, line.atMs]] : []));

  test("takes what comes meanwhile when it wakes, in the order in which it came", () => {
    const events = [
      "{ at: 1 h, fault: late, by: 1 min }",
      "{ at: 1 h + 1 s, do: requestBolus, as: first }",
      "{ at: 1 h + 2 s, do: stop }",
      "{ at: first.asked + 1 min, do: start }",
      "{ at: 2 h, do: acknowledge }",
    ];
    const words = ["requestBolus", "stop", "start", "controlLate", "acknowledge"];
    const wakesMs = 3660000;
    expect(told(events, words)).toEqual([
      ["start", 0],
      ["controlLate", wakesMs],
      ["requestBolus", wakesMs],
      ["stop", wakesMs],
      ["start", wakesMs + 60000],
      ["acknowledge", 7200000],
    ]);
  });

  test("does not mind a little, nor when nothing was due", () => {
    expect(told(["{ at: 1 h, fault: late, by: 2 s }"], ["controlLate"])).toEqual([]);
    // Stopped, it writes its record at each full hour and nothing else.
    expect(told(["{ at: 1 h, do: stop }", "{ at: 2 h + 1 s, fault: late, by: 59 min }"], ["controlLate"])).toEqual([]);
  });

  test("wakes at the end of the run at the latest", () => {
    expect(told(["{ at: 11 h 30 min, fault: late, by: 1 h }"], ["controlLate"])).toEqual([
      ["controlLate", 12 * 3600000],
    ]);
  });
});

test("a reservoir begins with a band, which the next stroke that is perhaps not made widens", () => {
  const scenario = scenarioWith({
    head: "reservoir: 15 mL\nreservoirBand: 2 mL",
    events: [
      "{ at: 0 s, do: interrogate, as: before }",
      // A stroke is due every 51,840 ms, and takes some 0.2 s.
      "{ at: 51850 ms, do: detect, alarm: motorStall, present: yes }",
    ],
    expect: [
      "{ report: before, field: reservoir.leastNl, is: 15 mL }",
      "{ report: before, field: reservoir.mostNl, is: 16999800 nL }",
      "{ at: 0 s, reservoir: 15 mL, within: 0 mL }",
      "{ alarm: reservoirUncertain, at: 51850 ms }",
    ],
  });
  expect(runScenario(scenario, createNativeEngine, options).failures).toEqual([]);
});

test("ids rise in the order of asking, whatever the file's order; a repeat is known after many others", () => {
  const scenario = scenarioWith({
    events: [
      "{ at: 8 h, do: requestBolus, as: late }",
      "{ at: 1 h, do: requestBolus, as: early }",
      "{ at: 2 h, every: 1 min, until: 2 h 40 min, do: requestBolus }",
      "{ at: 9 h, do: requestBolus, as: again, sameIdAs: early }",
    ],
  });
  const { lines } = runScenario(scenario, createNativeEngine, options);
  const asked = lines.filter(({ line }) => line.event === "requestBolus").map(({ line }) => line["id"]);
  expect(asked).toEqual([...Array.from({ length: 43 }, (_, index) => index + 1), 1]);
  expect(lines.at(-1)?.line.event).not.toBe("bolusGranted");
  const answers = lines.filter(({ line }) => /^bolus(Granted|Denied)$/.test(line.event)).map(({ line }) => line);
  expect(answers.at(-2)).toMatchObject({ event: "bolusGranted", id: 43 });
  expect(answers.at(-1)).toMatchObject({ event: "bolusDenied", answer: "duplicate" });
});

const someEvent = fc.constantFrom(
  "{ at: AT, do: clinicianBolus, volume: 60 uL, over: 1 h, as: NAME }",
  "{ at: AT, do: hold }",
  "{ at: AT, fault: late, by: 5 min }",
  "{ at: AT, do: stage, prescription: { drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 1 mL/day } }",
  "{ at: AT, do: confirm, softLimits: yes }",
  "{ at: AT, do: setClock, by: -1 h }",
  "{ at: AT, do: interrogate, as: NAME }",
  "{ at: AT, do: requestBolus }",
  "{ at: AT, do: stop }",
  "{ at: AT, do: start }",
  "{ at: AT, do: acknowledge }",
  "{ at: AT, do: refill, to: 2.1 mL }",
  "{ at: AT, every: 45 min, do: requestBolus, as: NAME }",
);
const someTime = fc.oneof(
  fc.nat({ max: 43200000 }).map((ms) => `${ms} ms`),
  fc
    .tuple(fc.constantFrom("asked", "start", "end"), fc.nat({ max: 20000000 }))
    .map(([time, ms]) => `base.${time} + ${ms} ms`),
);

property.prop([fc.array(fc.tuple(someEvent, someTime), { maxLength: 12 })], { numRuns: 60 })(
  "any run is the same again when its inputs are resolved, and ends with a verdict",
  (chosen) => {
    const events = chosen.map(([event, time], index) => {
      const until = time.startsWith("base") ? `, until: ${time} + 3 h` : "";
      return event.replace("every: 45 min", `every: 45 min${until}`).replace("AT", time).replace("NAME", `n${index}x`);
    });
    const scenario = scenarioWith({ events: ["{ at: 2 h, do: requestBolus, as: base }", ...events] });
    const outcome = runScenario(scenario, createNativeEngine, options);
    const again = runResolved(scenario, outcome.resolvedInputs, createNativeEngine, options);
    expect(again.logSha256).toBe(outcome.logSha256);
    expect(again.failures).toEqual(outcome.failures);
    expect(outcome.passed).toBe(outcome.resolvedInputs.length === scenario.inputs.length);
    const times = outcome.resolvedInputs.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  },
);
