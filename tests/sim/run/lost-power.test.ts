import { describe, expect, test } from "vitest";
import { BOOT_MS } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { newSha256 } from "../../../sim/run/node/sha256";
import { runResolved, runScenario } from "../../../sim/run/run-scenario";
import { read, scenarioWith, written } from "../scenario/written-scenario";
import { failureIn, runWith } from "./native-run";

const H = 3600000;

/** Times of a kind of line, in ms. */
function timesOf(event: string, events: readonly string[]): number[] {
  return runWith({ events }).lines.flatMap(({ line }) => (line.event === event ? [line.atMs] : []));
}

describe("a pump without power", () => {
  test("is back when the scenario says, after its start", () => {
    const events = ["{ at: 1 h, every: 4 h, until: 9 h, fault: powerCut, for: 30 min }"];
    expect(timesOf("powerCut", events)).toEqual([1, 5, 9].map((h) => h * H));
    expect(timesOf("poweredOn", events)).toEqual([1.5, 5.5, 9.5].map((h) => h * H + BOOT_MS));
  });

  test("a cut during another lasts as long as the longer, and is no second one", () => {
    const long = "{ at: 1 h, fault: powerCut, for: 3 h }";
    for (const second of ["{ at: 2 h, fault: powerCut, for: 4 h }", "{ at: 2 h, fault: powerCut, for: 1 h }"]) {
      const endMs = second.includes("4 h") ? 6 * H : 4 * H;
      expect(timesOf("powerCut", [long, second])).toEqual([H]);
      expect(timesOf("poweredOn", [long, second])).toEqual([endMs + BOOT_MS]);
    }
  });

  test("one that is lost again while the program starts is cut again", () => {
    const events = ["{ at: 1 h, fault: powerCut, for: 1 h }", "{ at: 2 h + 1 s, fault: powerCut, for: 1 h }"];
    expect(timesOf("powerCut", events)).toEqual([H, 2 * H + 1000]);
    expect(timesOf("poweredOn", events)).toEqual([3 * H + 1000 + BOOT_MS]);
  });

  test("one that never comes back stays dark to the end of the run", () => {
    const events = ["{ at: 1 h, fault: powerCut, for: 60 days }"];
    expect(failureIn(runWith({ events, expect: ["{ at: 12 h, state: off }"] }))).toBe("held");
    expect(timesOf("poweredOn", events)).toEqual([]);
  });

  test("hears nothing before it has started, and the verdict says why", () => {
    const events = [
      "{ at: 1 h, fault: powerCut, for: 1 h }",
      "{ at: 90 min, do: requestBolus, as: dark }",
      "{ at: 90 min, do: stop }",
      `{ at: 2 h + ${BOOT_MS - 1} ms, do: requestBolus, as: early }`,
      `{ at: 2 h + ${BOOT_MS} ms, do: requestBolus, as: ready, sameIdAs: dark }`,
    ];
    const lost = "it was lost: the pump was without power";
    const judged = (entry: string): string => failureIn(runWith({ events, expect: [entry] }));
    expect(judged("{ request: dark, is: granted }")).toBe(`granted | dark was never asked (${lost})`);
    expect(judged("{ request: early, is: granted }")).toBe(`granted | early was never asked (${lost})`);
    expect(judged("{ request: ready, is: granted }")).toBe("held");
    expect(judged("{ never: stop }")).toBe("held");
  });

  test("delivers, shows and signals nothing; afterwards what is in force then", () => {
    const events = [
      "{ at: 30 min, do: detect, alarm: airInLine, present: yes }",
      "{ at: 1 h, fault: powerCut, for: 1 h }",
      "{ at: 3 h, do: detect, alarm: airInLine, present: no }",
      "{ at: 4 h, do: acknowledge }",
    ];
    const held = [
      "{ at: 1 h - 1 ms, signal: high }",
      "{ at: 90 min, signal: none }",
      "{ at: 90 min, rate: 0 mL/day }",
      "{ alarm: airInLine, at: 2 h + 2 s }",
      "{ at: 2 h + 2 s, signal: high }",
      "{ at: 4 h, signal: none }",
      "{ at: 4 h, rate: 0.5 mL/day }",
    ];
    expect(failureIn(runWith({ events, expect: held }))).toBe("held");
    const wrong = ["{ at: 90 min, state: running }", "{ at: 2 h, state: running }"];
    const said = wrong.map((entry) => failureIn(runWith({ events, expect: [entry] })));
    expect(said).toEqual(["running at 1 h 30 min | off since 1 h", "running at 2 h | off since 1 h"]);
  });

  test("a bolus that it cut off ends at the first instant after it", () => {
    const events = [
      "{ at: 1 h, do: requestBolus, as: cutOff }",
      "{ at: 1 h 5 min, fault: powerCut, for: 1 h }",
      "{ at: cutOff.end + 1 ms, do: interrogate, as: visit }",
    ];
    const { lines } = runWith({ events });
    const visit = lines.find(({ line }) => line.event === "interrogated");
    expect(visit?.line.atMs).toBe(2 * H + 5 * 60000 + BOOT_MS + 1);
  });

  test("the controller does not oversleep what it is not awake for", () => {
    const events = ["{ at: 1 h, fault: powerCut, for: 1 h }", "{ at: 90 min, fault: late, by: 1 h }"];
    expect(timesOf("poweredOn", events)).toEqual([2 * H + BOOT_MS]);
    expect(timesOf("controlLate", events)).toEqual([]);
  });
});

test("a fault of the memory shows at the next start after lost power, not before", () => {
  const events = ["{ at: 1 h, fault: eraseStore }", "{ at: 4 h, fault: powerCut, for: 1 h }"];
  const expected = ["{ at: 4 h - 1 ms, state: running }", "{ at: 5 h + 2 s, state: stopped }", "{ never: poweredOn }"];
  expect(failureIn(runWith({ events, expect: expected }))).toBe("held");
});

describe("a command's number", () => {
  test("goes with the input, counts on when it is repeated, and a repeated command answers no request", () => {
    const events = [
      "{ at: 1 h, every: 1 h, until: 3 h, do: acknowledge, command: 7 }",
      "{ at: 4 h, do: requestBolus, command: 9, as: again }",
      "{ at: 5 h, do: requestBolus, command: 10, as: fresh }",
    ];
    const { lines } = runWith({ events });
    const numbers = lines.flatMap(({ line }) => (line.event === "acknowledge" ? [line["command"]] : []));
    expect(numbers).toEqual([7, 8, 9]);
    expect(failureIn(runWith({ events, expect: ["{ request: fresh, is: granted }"] }))).toBe("held");
    expect(failureIn(runWith({ events, expect: ["{ request: again, is: granted }"] }))).toBe(
      "granted | commandRepeated",
    );
  });
});

describe("a head that does not do what the motor does", () => {
  const withEncoder = (events: readonly string[], expected: readonly string[]) =>
    read(
      written({ events, expect: expected }).replace(
        "pump: reference-20ml",
        "pump: { extends: reference-20ml, encoder: { countsPerRevolution: 77 } }",
      ),
    );

  test("an encoder that finds nothing changes nothing but its own lines; so does a replay of its counts", () => {
    const events = ["{ at: 1 h, do: requestBolus }", "{ at: 5 h, fault: powerCut, for: 1 h }", "{ at: 7 h, do: stop }"];
    const plain = runScenario(scenarioWith({ events }), createNativeEngine, { newHash: newSha256, logStrokes: true });
    const scenario = withEncoder(events, ["{ never: motorStall }", "{ never: overInfusion }"]);
    const counted = runScenario(scenario, createNativeEngine, { newHash: newSha256, logStrokes: true });
    expect(counted.failures).toEqual([]);
    const rest = counted.lines.filter(({ line }) => line.event !== "turned");
    const countless = rest.map(({ text }) => text);
    expect(countless.filter((text) => !text.includes("digest"))).toEqual(
      plain.lines.map(({ text }) => text).filter((text) => !text.includes("digest")),
    );
    const again = runResolved(scenario, counted.resolvedInputs, createNativeEngine, {
      newHash: newSha256,
      logStrokes: true,
    });
    expect(again.logSha256).toBe(counted.logSha256);
  });

  test("delivers what it turns, and not what the motor was given", () => {
    // 0.5 mL/day are 20.833 uL/h: from 1 h to 2 h nothing comes; 6 uL come by themselves.
    const events = ["{ at: 1 h, fault: rotorStuck, for: 1 h }", "{ at: 3 h, fault: rotorRuns, volume: 6 uL }"];
    const expected = [
      "{ at: 2 h, delivered: 20.8 uL, within: 2 strokes }",
      "{ at: 3 h, delivered: 47.6 uL, within: 2 strokes }",
      "{ never: alarm }", // nobody sees it: there is no encoder
    ];
    expect(failureIn(runWith({ events, expect: expected }))).toBe("held");
  });
});
