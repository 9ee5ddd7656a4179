import { describe, expect, test } from "vitest";
import { refusal } from "../../config/refusals";
import { LINES_BEFORE_EVENTS, scenarioWith } from "./written-scenario";
import type { Expected } from "../../../sim/scenario/expectation";

const events = ["{ at: 1 h, do: requestBolus, as: first }", "{ at: 2 h, do: interrogate, as: visit }"];

function expectedOf(entry: string): Expected | undefined {
  return scenarioWith({ events, expect: [entry] }).expectations[0]?.expected;
}

/** What is said about an entry, which must be placed in its line. */
function refused(entry: string): string {
  const said = refusal(() => scenarioWith({ events, expect: ["{ never: alarm }", entry] }));
  expect(said).toMatch(new RegExp(`^s\\.yaml:${LINES_BEFORE_EVENTS + events.length + 3}: expect\\[1\\]`));
  return said;
}

test("every kind is read", () => {
  expect(expectedOf("{ request: first, is: granted }")).toEqual({ about: "request", name: "first", is: "granted" });
  expect(expectedOf("{ at: 1 h, delivered: 310 uL }")).toMatchObject({ volumeNl: 310000, within: { strokes: 1 } });
  expect(expectedOf("{ at: 1 h, delivered: 0 uL, within: 0 strokes }")).toMatchObject({ within: { strokes: 0 } });
  expect(expectedOf("{ at: first.end, reservoir: 1 mL, within: 2 uL }")).toMatchObject({
    about: "reservoir",
    at: { from: { name: "first", time: "end" } },
    within: { volumeNl: 2000 },
  });
  expect(expectedOf("{ occurs: bolusGranted, from: 1 h, times: 2 }")).toMatchObject({
    event: "bolusGranted",
    span: { from: { offsetMs: 3600000 }, to: undefined },
    times: 2,
  });
  expect(expectedOf("{ never: lowReservoir }")).toMatchObject({ about: "never", event: "lowReservoir" });
  expect(expectedOf("{ alarm: pumpFault, from: 1 h, to: 2 h }")).toMatchObject({ alarm: "pumpFault", at: undefined });
  expect(expectedOf("{ at: 2 h, state: held }")).toMatchObject({ about: "state", state: "held" });
  expect(expectedOf("{ at: 2 h, rate: 1 mL/day }")).toMatchObject({ nlPerDay: 1000000, withinNlPerDay: 0 });
  expect(expectedOf("{ at: 2 h, signal: high, silenced: yes }")).toMatchObject({ signal: "high", silenced: true });
  expect(expectedOf("{ occurs: bolusEnded, with: { reason: complete, id: 2 } }")).toMatchObject({
    fields: { reason: "complete", id: 2 },
  });
  expect(expectedOf("{ never: bolusDenied, with: { answer: lockedOut, untilMs: 1 } }")).toMatchObject({
    fields: { answer: "lockedOut", untilMs: 1 },
  });
});

test.each([
  ["reservoir.leastNl, is: 19 mL, within: 1 uL", 19000000, 1000],
  ["reservoir.drugs.morphine.tipNgPerUl, is: 10 mg/mL", 10000, 0],
  ["refills.flowErrorPerMille, is: -2.5 %, within: 1 %", -25, 10],
  ["refills.flowErrorPerMille, is: none", null, 0],
  ["prescription.inForce.demandBolus.lockoutMs, is: 2 h", 7200000, 0],
  ["prescription.inForce.steps.0.rateNlPerDay, is: 0.5 mL/day", 500000, 0],
  ["prescription.isStaged, is: no", false, 0],
  ["alarms.lowReservoir.hasCause, is: yes", true, 0],
  ["counters.granted, is: 2, within: 1", 2, 1],
  ["delivery.state, is: running", "running", 0],
  ["dosePerDay.2026-03-01.doseNg, is: 5 mg", 5000000, 0],
  ["eventLog.0.event, is: interrogated", "interrogated", 0],
])("a report's field: %s", (written, is, within) => {
  expect(expectedOf(`{ report: visit, field: ${written} }`)).toMatchObject({ name: "visit", is, within });
});

describe("what cannot be judged is refused", () => {
  test.each([
    ["{ request: first, is: grantd }", /grantd is not known here; did you mean granted\?/],
    ["{ request: first }", /is: it is missing/],
    ["{ request: frist, is: granted }", /no request is called frist; did you mean first\?/],
    ["{ requets: first, is: granted }", /requets: no such key here; did you mean request\?/],
    ["{ at: 2 h }", /is about one of request, delivered, .*; this one is about none of them/],
    ["{ at: 2 h, state: running, delivered: 1 uL }", /is about one thing; this one is about delivered already/],
    ["nothing", /keys with values are wanted/],
    ["{ at: 2 h, delivered: 310 }", /delivered: .*needs a unit, for example 310 uL/],
    ["{ at: 2 h, delivered: 310 ul }", /did you mean uL\?/],
    ["{ at: 2 h, delivered: 310 uL, within: 1 strok }", /within: .*\(or a number of strokes, as 1 stroke\)/],
    ["{ at: 2 h, delivered: 310 uL, within: 1 }", /a tolerance needs a unit/],
    ["{ at: 13 h, delivered: 310 uL }", /at: 13 h lies after the end of the run/],
    ["{ at: frist.end, delivered: 310 uL }", /at: no request is called frist/],
    ["{ delivered: 310 uL }", /at: it is missing, for example 90 min/],
    ["{ never: alram }", /did you mean alarm\?/],
    ["{ never: strokes }", /strokes is not known here/],
    ["{ never: alarm, times: 0 }", /times: no such key here/],
    ["{ occurs: bolusGranted, times: 0 }", /times: 0 is too small; the least is 1/],
    ["{ occurs: bolusGranted, times: 1.5 }", /times: a whole number is wanted/],
    ["{ occurs: bolusGranted, from: 3 h, to: 2 h }", /to: 2 h comes before from: 3 h/],
    ["{ occurs: bolusGranted, from: first.end, to: first.end - 1 ms }", /comes before from/],
    ["{ occurs: bolusGranted, from: frist.end }", /from: no request is called frist/],
    ["{ alarm: lowReservoir, at: 1 h, to: 2 h }", /say either at, or from and to/],
    ["{ alarm: lowResevoir, at: 1 h }", /did you mean lowReservoir\?/],
    ["{ at: 2 h, rate: 1 mL }", /rate: .*a rate is wanted/],
    ["{ at: 2 h, signal: loud }", /signal: loud is not known here/],
    ["{ occurs: bolusEnded, with: { resaon: complete } }", /with\.resaon: .*did you mean reason\?/],
    ["{ occurs: bolusEnded, with: { reason: compleet } }", /with\.reason: compleet is not .*one of complete, stopped/],
    ["{ occurs: bolusEnded, with: { id: first } }", /with\.id: .*a whole number is wanted/],
    ["{ occurs: stopped, with: { id: 1 } }", /stopped has no such field \(it has none\)/],
    ["{ report: first, field: delivery.state, is: held }", /report: first is a request; an interrogation is wanted/],
    ["{ report: vist, field: delivery.state, is: held }", /no interrogation is called vist; did you mean visit\?/],
    ["{ report: visit, field: delivery.stat, is: held }", /field: .*no delivery\.stat; did you mean state\?/],
    ["{ report: visit, field: delivery, is: held }", /field: delivery is no single value/],
    ["{ report: visit, field: clock.coreMs.text, is: held }", /it ends before \.text/],
    ["{ report: visit, field: reservoir.leastNl, is: 19 }", /is: 19 needs a unit, for example 2 mL/],
    ["{ report: visit, field: reservoir.leastNl, is: 19 mg }", /is: .*a volume is wanted/],
    ["{ report: visit, field: counters.granted, is: many }", /is: many: granted is a plain number/],
    ["{ report: visit, field: prescription.isStaged, is: maybe }", /is: maybe: isStaged is yes or no/],
    ["{ report: visit, field: delivery.state, is: held, within: 1 }", /state is no number: leave out within/],
    ["{ at: 2 h, state: runing }", /did you mean running\?/],
  ])("%s", (entry, message) => {
    expect(refused(entry)).toMatch(message);
  });
});
