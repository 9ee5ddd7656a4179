import { describe, expect, test } from "vitest";
import { Confirm, EventKind, Sensor } from "../../../src/events";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { refusal } from "../../config/refusals";
import { LINES_BEFORE_EVENTS, scenarioWith } from "./written-scenario";
import type { PlannedInput } from "../../../sim/scenario/scenario";

const H = 3600000;

/** The inputs that the events make, without those that every scenario begins with. */
function inputsOf(...events: string[]): readonly PlannedInput[] {
  return scenarioWith({ events }).inputs.filter(({ line }) => line !== 0);
}

/** What is said about the events; the place must be the line of the last. */
function refused(...events: string[]): string {
  const said = refusal(() => scenarioWith({ events }));
  expect(said).toMatch(new RegExp(`^s\\.yaml:${LINES_BEFORE_EVENTS + events.length}: `));
  return said;
}

test("nobody sleeps longer than both engines can", () => {
  expect(inputsOf("{ at: 1 h, fault: late, by: 1 h }")).toHaveLength(1);
  expect(refused("{ at: 1 h, fault: late, by: 3600001 ms }")).toContain(
    "events[0].by: it is longer than 1 h, the longest that both engines can sleep through",
  );
});

test("a power cut has a length, and a fault no number", () => {
  const [cut] = inputsOf("{ at: 1 h, fault: powerCut, for: 60 days }");
  expect(cut?.fault).toEqual({ fault: "powerCut", forMs: 60 * 24 * H });
  expect(refused("{ at: 1 h, fault: powerCut, for: 999 ms }")).toContain("for: a power cut lasts from 1 s to 60 days");
  expect(refused("{ at: 1 h, fault: powerCut, for: 61 days }")).toContain("for: a power cut lasts from 1 s to 60 days");
  expect(refused("{ at: 1 h, fault: powerCut }")).toContain("for: it is missing");
  expect(refused("{ at: 1 h, fault: eraseStore, command: 1 }")).toContain("command: no such key here");
});

test("a command's number goes with it; a program is two commands", () => {
  const inputs = inputsOf("{ at: 1 h, every: 1 h, until: 2 h, do: hold, command: 4 }", "{ at: 3 h, do: stop }");
  expect(inputs.map(({ input }) => input.commandId)).toEqual([4, 5, 0]);
  expect(refused("{ at: 1 h, do: stop, command: 0 }")).toMatch(/command: /);
  const written = "{ drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 1 mL/day }";
  expect(refused(`{ at: 1 h, do: program, command: 1, prescription: ${written} }`)).toContain(
    "command: program is two commands; say do: stage and do: confirm, each with its number",
  );
});

test("faults of memory and head", () => {
  const faults = inputsOf(
    "{ at: 1 h, fault: corruptStore }",
    "{ at: 1 h, fault: corruptStore, bits: 9, seed: 0 }",
    "{ at: 1 h, fault: rotorStuck, for: 10 min }",
    "{ at: 1 h, fault: rotorRuns, volume: 5 uL }",
  ).map(({ fault }) => fault);
  expect(faults).toEqual([
    { fault: "corruptStore", bits: 1, seed: 1 },
    { fault: "corruptStore", bits: 9, seed: 0 },
    { fault: "rotorStuck", forMs: H / 6 },
    { fault: "rotorRuns", strokes: 16 }, // of 300 nL
  ]);
});

describe("repeats", () => {
  const offsets = (event: string): number[] => inputsOf(event).map(({ at }) => at.offsetMs / H);

  test("to the end of the run, itself included", () => {
    expect(offsets("{ at: 0 h, every: 4 h, do: acknowledge }")).toEqual([0, 4, 8, 12]);
  });
  test("to `until`, itself included", () => {
    expect(offsets("{ at: 1 h, every: 2 h, until: 5 h, do: acknowledge }")).toEqual([1, 3, 5]);
    expect(offsets("{ at: 1 h, every: 2 h, until: 5 h - 1 ms, do: acknowledge }")).toEqual([1, 3]);
    expect(offsets("{ at: 1 h, every: 2 h, until: 1 h, do: acknowledge }")).toEqual([1]);
  });
  test("each has its own name and id", () => {
    const inputs = inputsOf(
      "{ at: 1 h, do: requestBolus }",
      "{ at: 2 h, every: 4 h, do: requestBolus, as: night }",
      "{ at: night2.end + 1 h, do: requestBolus, as: later }",
    );
    expect(inputs.map(({ name, input }) => [name, input.id])).toEqual([
      [undefined, 1],
      ["night1", 2],
      ["night2", 3],
      ["night3", 4],
      ["later", 5],
    ]);
  });
  test("from a request's instant on", () => {
    const inputs = inputsOf(
      "{ at: 1 h, do: requestBolus, as: first }",
      "{ at: first.end, every: 1 h, until: first.end + 2 h, do: acknowledge }",
    );
    expect(inputs.slice(1).map(({ at }) => [at.from?.name, at.offsetMs / H])).toEqual([
      ["first", 0],
      ["first", 1],
      ["first", 2],
    ]);
  });
  test("need an end whose distance is known", () => {
    const first = "{ at: 1 h, do: requestBolus, as: first }";
    expect(refused(first, "{ at: first.end, every: 1 h, do: stop }")).toMatch(
      /needs an end: say until: first\.end \+ 8 h/,
    );
    expect(refused(first, "{ at: first.end, every: 1 h, until: 9 h, do: stop }")).toMatch(
      /from the same instant as at/,
    );
    expect(refused(first, "{ at: first.end, every: 1 h, until: first.start + 9 h, do: stop }")).toMatch(/same instant/);
    expect(refused("{ at: 4 h, every: 1 h, until: 3 h, do: stop }")).toMatch(/until: 3 h comes before at: 4 h/);
    expect(refused("{ at: 4 h, until: 8 h, do: stop }")).toMatch(/say every: 4 h too/);
    expect(refused("{ at: 4 h, every: 1 h, until: 13 h, do: stop }")).toMatch(/after the end of the run, 12 h/);
    expect(refused("{ at: 4 h, every: 0 h, do: stop }")).toMatch(/events\[0\]\.every/);
  });
  test("there are not too many of them", () => {
    expect(inputsOf("{ at: 1 ms, every: 1 ms, until: 100 s, do: stop }")).toHaveLength(100000);
    expect(refused("{ at: 0 ms, every: 1 ms, until: 100 s, do: stop }")).toMatch(/at most 100000 inputs/);
    expect(refused("{ at: 0 ms, every: 1 s, do: stop }", "{ at: 0 s, every: 700 ms, do: stop }")).toMatch(
      /at most 100000/,
    );
  });
});

describe("requests", () => {
  test("carry the id of another with sameIdAs, and none of their own", () => {
    const inputs = inputsOf(
      "{ at: 2 h, do: requestBolus, sameIdAs: first, as: again }",
      "{ at: 1 h, do: requestBolus, as: first }",
      "{ at: 3 h, do: requestBolus }",
    );
    expect(inputs.map(({ input }) => input.id)).toEqual([1, 1, 2]);
  });
  test("of patients and clinicians share one series", () => {
    const inputs = inputsOf(
      "{ at: 1 h, do: clinicianBolus, volume: 60 uL, over: 1 h, as: square }",
      "{ at: square.end + 1 h, do: requestBolus, as: first }",
      "{ at: 9 h, do: clinicianBolus, volume: 60 uL, over: 1 h, sameIdAs: first }",
    );
    expect(inputs.map(({ input }) => input.id)).toEqual([1, 2, 2]);
  });
  test("must be there when they are named", () => {
    const first = "{ at: 1 h, do: requestBolus, as: first }";
    expect(refused(first, "{ at: frist.end, do: stop }")).toMatch(/no request is called frist; did you mean first\?/);
    expect(refused("{ at: first.end, do: stop }")).toMatch(/no request has a name/);
    expect(refused(first, "{ at: 2 h, do: requestBolus, sameIdAs: furst }")).toMatch(/did you mean first\?/);
    expect(refused(first, "{ at: 2 h, do: requestBolus, as: a, sameIdAs: a }")).toMatch(/a has no id of its own/);
    expect(refused("{ at: 1 h, every: 1 h, do: requestBolus, as: n }", "{ at: n.end, do: stop }")).toMatch(
      /no request is called n; did you mean n1\?|the names are n1/,
    );
  });
  test("have one name each", () => {
    const first = "{ at: 1 h, do: requestBolus, as: n2 }";
    expect(refused(first, "{ at: 2 h, do: requestBolus, as: n2 }")).toMatch(
      new RegExp(`called n2 already, in line ${LINES_BEFORE_EVENTS + 1}`),
    );
    expect(refused(first, "{ at: 2 h, every: 1 h, do: requestBolus, as: n }")).toMatch(/called n2 already/);
    expect(refused("{ at: 1 h, do: requestBolus, as: 2nd }")).toMatch(/beginning with a letter/);
    expect(refused("{ at: 1 h, do: stop, as: pause }")).toMatch(/only a request or an interrogation has a name/);
  });
  test("cannot wait for each other", () => {
    expect(
      refusal(() =>
        scenarioWith({
          events: [
            "{ at: b.end, do: requestBolus, as: a }",
            "{ at: c.start + 1 h, do: requestBolus, as: b }",
            "{ at: a.asked, do: requestBolus, as: c }",
          ],
        }),
      ),
    ).toMatch(/:10: events\[0\]\.at: these requests wait for each other: a -> b -> c -> a/);
    expect(refused("{ at: a.end, do: requestBolus, as: a }")).toMatch(/a -> a/);
  });
});

describe("events", () => {
  test("carry what they need", () => {
    const inputs = inputsOf(
      "{ at: 1 h, do: clinicianBolus, dose: 0.6 mg, over: 1 h }",
      "{ at: 1 h, do: measureResidual, residual: 0 mL }",
      "{ at: 1 h, do: refill, to: 15 mL, expires: 2026-06-01 }",
      "{ at: 1 h, do: prime, volume: 0.2 mL }",
      "{ at: 1 h, do: setClock, to: 2026-03-29 03:00 }",
      "{ at: 1 h, do: setClock, by: -30 min }",
      "{ at: 1 h, do: read, motorTemperature: 60.5 C }",
      "{ at: 1 h, do: detect, alarm: occlusion, present: no }",
      "{ at: 1 h, do: confirm, largeChanges: yes, digest: other }",
    );
    // From 2000-01-01 to 2026-06-01 there are 9648 days, to 2026-03-29 there are 9584.
    expect(inputs.map(({ input: { kind, count, detail } }) => [EventKind[kind], count, detail])).toEqual([
      ["clinicianBolus", 60000, H],
      ["measureResidual", 0, 0],
      ["refill", 15000000, 9648],
      ["prime", 200000, 0],
      ["setClock", 9584 * 24 * H + 3 * H, 0],
      ["setClock", 0, 0],
      ["reading", 605, Sensor.motorTemperature],
      ["detected", 0, AlarmKind.occlusion],
      ["confirm", 0, Confirm.largeChanges],
    ]);
    expect(inputs[5]?.movesClockMs).toBe(-H / 2);
    expect(inputs[8]?.digest).toBe("other");
  });
  test("a prescription is staged as it is, or programmed when this pump accepts it", () => {
    const written = "{ drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 30 mL/day }";
    const [staged] = inputsOf(`{ at: 1 h, do: stage, prescription: ${written} }`);
    expect(staged?.input.prescription?.stepNlPerDay[0]).toBe(30000000);
    expect(refused(`{ at: 1 h, do: program, prescription: ${written} }`)).toMatch(/30 mL\/day is above/);
    const programmed = inputsOf(`{ at: 1 h, do: program, prescription: ${written.replace("30 mL", "1 mL")} }`);
    expect(programmed.map(({ input, digest }) => [EventKind[input.kind], input.detail, digest])).toEqual([
      ["stage", 0, undefined],
      ["confirm", Confirm.softLimits + Confirm.largeChanges, "staged"],
    ]);
  });
  test("a refill holds the drugs of the last one in the file, at first those of the prescription", () => {
    const refills = inputsOf(
      "{ at: 1 h, do: refill, to: 15 mL }",
      "{ at: 2 h, do: refill, to: 15 mL, drugs: [{ name: ziconotide, concentration: 25 mcg/mL }] }",
      "{ at: 3 h, do: refill, to: 15 mL }",
    );
    expect(refills.map(({ input }) => input.values?.filter((ngPerUl) => ngPerUl !== 0))).toEqual([[10000], [25], [25]]);
  });
  test("a clock is moved only where the scenario has one", () => {
    const events = ["{ at: 1 h, do: setClock, by: +1 h }"];
    expect(refusal(() => scenarioWith({ head: "start: manual", events }))).toMatch(/it needs a clock to move/);
  });
  test("an interrogation has a name, but no times", () => {
    const visit = "{ at: 1 h, do: interrogate, as: visit }";
    expect(inputsOf(visit)[0]?.name).toBe("visit");
    expect(refused(visit, "{ at: visit.end, do: stop }")).toMatch(/visit is an interrogation; a request/);
    expect(refused(visit, "{ at: 2 h, do: requestBolus, as: visit }")).toMatch(/something is called visit already/);
    expect(refused(visit, "{ at: 2 h, do: requestBolus, sameIdAs: visit }")).toMatch(/no request is called visit/);
  });
  test("must be possible", () => {
    expect(refused("{ at: 1 h, do: refill }")).toMatch(/events\[0\]\.to: it is missing, for example 20 mL/);
    expect(refused("{ at: 1 h, do: refill, to: 21 mL }")).toMatch(/more than the reservoir holds \(20 mL\)/);
    expect(refused("{ at: 1 h, do: measureResidual, residual: 21 mL }")).toMatch(/residual: 21 mL is more than/);
    expect(refused("{ at: 1 h, do: clinicianBolus, over: 1 h }")).toMatch(/say exactly one of volume, dose/);
    expect(refused("{ at: 1 h, do: clinicianBolus, volume: 1 uL, dose: 1 mg, over: 1 h }")).toMatch(
      /dose: say exactly one of volume, dose; volume is there already/,
    );
    expect(refused("{ at: 1 h, do: clinicianBolus, dose: 600 mcg, over: 1 h }")).toMatch(
      /600 mcg is in mcg, but the library gives morphine in mg; 600 mcg would be 0\.6 mg/,
    );
    expect(refused("{ at: 1 h, do: read }")).toMatch(/one of motorTemperature, supplyVoltage, charge/);
    expect(refused("{ at: 1 h, do: read, charge: 5 %, supplyVoltage: 3 V }")).toMatch(/supplyVoltage is there already/);
    expect(refused("{ at: 1 h, do: read, charge: 5 V }")).toMatch(/a percentage is wanted/);
    expect(refused("{ at: 1 h, do: setClock, to: 2026-02-30 03:00 }")).toMatch(/there is no day 2026-02-30/);
    expect(refused("{ at: 1 h, do: setClock, by: 1 h }")).toMatch(/which way the clock is moved, for example \+1 h/);
    expect(refused("{ at: 1 h, do: setClock }")).toMatch(/say exactly one of to, by/);
    expect(refused("{ at: 1 h, do: refill, to: 2 mL, expires: 1999-12-31 }")).toMatch(/the years 2000 to 2199/);
    expect(refused("{ at: 1 h, do: detect, alarm: oclusion, present: yes }")).toMatch(/did you mean occlusion\?/);
    expect(refused("{ at: 1 h, do: confirm, digest: wrong }")).toMatch(/digest: .*it must be other/);
    expect(refused("{ at: 1 h, do: stop, to: 2 mL }")).toMatch(/events\[0\]\.to: no such key here/);
    expect(refused("{ at: 1 h, do: stpo }")).toMatch(/did you mean stop\?/);
    expect(refused("{ at: 1 h }")).toMatch(/do: it is missing; it must be one of start, stop, hold/);
    expect(refused("{ do: stop }")).toMatch(/at: it is missing/);
    expect(refused("{ at: 12 h, do: start }", "{ at: 12 h + 1 ms, do: stop }")).toMatch(/after the end of the run/);
    expect(refused("{ at: 1 h, do: requestBolus, as: a }", "{ at: a.end - 1 ms, do: stop }")).toMatch(
      /known only when it has come/,
    );
    expect(
      refused(
        "{ at: 2 h, do: program, prescription: { drugs: [{ name: morphine, concentration: 1 mg/mL }], basal: 2 mL/h } }",
      ),
    ).toMatch(/events\[0\]\.prescription\.basal: 48 mL\/day is above/);
  });
});
