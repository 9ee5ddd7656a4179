import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { failureIn, runWith } from "./native-run";

// 0.5 mL/day in strokes of 300 nL is one stroke every 51,840 ms, the first of them at 51,840 ms.
const REQUESTS = [
  "{ at: 1 h, do: requestBolus, as: first }",
  "{ at: 1 h 5 min, do: requestBolus, as: during }",
  "{ at: 2 h, do: requestBolus, as: soon }",
];

/** A refill as the pump wants it: the residual first. */
function refill(at: string, residual: string, to: string): string[] {
  return [`{ at: ${at}, do: measureResidual, residual: ${residual} }`, `{ at: ${at}, do: refill, to: ${to} }`];
}

/** What one expectation says after a run with these events. */
function verdict(entry: string, events: readonly string[] = REQUESTS): string {
  const outcome = runWith({ events, expect: [entry] });
  expect(outcome.passed).toBe(outcome.failures.length === 0);
  return failureIn(outcome);
}

describe("request", () => {
  test.each([
    ["{ request: first, is: granted }", "held"],
    ["{ request: during, is: busy }", "held"],
    ["{ request: soon, is: lockedOut }", "held"],
    ["{ request: first, is: lockedOut }", "lockedOut | granted (volume 30 µL, duration 10 min)"],
    ["{ request: soon, is: granted }", "granted | lockedOut (until 3 h 10 min)"],
    ["{ request: during, is: stopped }", "stopped | busy"],
  ])("%s", (entry, said) => {
    expect(verdict(entry)).toBe(said);
  });

  test("two requests of one id are told apart", () => {
    const events = [...REQUESTS, "{ at: 3 h, do: requestBolus, as: again, sameIdAs: first }"];
    expect(verdict("{ request: again, is: duplicate }", events)).toBe("held");
    expect(verdict("{ request: first, is: granted }", events)).toBe("held");
  });
});

describe("delivered and reservoir", () => {
  test.each([
    ["{ at: 51840 ms, delivered: 300 nL, within: 0 strokes }", "held"],
    ["{ at: 51839 ms, delivered: 0 nL, within: 0 strokes }", "held"],
    ["{ at: 51839 ms, delivered: 300 nL, within: 299 nL }", "300 nL within 299 nL | 0 µL (0 strokes)"],
    ["{ at: 1 h, delivered: 21 uL }", "held"],
    ["{ at: 1 h, delivered: 20.4 uL }", "held"],
    ["{ at: 1 h, delivered: 20399 nL }", "20.399 µL within 1 stroke (300 nL) | 20.7 µL (69 strokes)"],
    ["{ at: 1 h, delivered: 21001 nL, within: 1 stroke }", "21.001 µL within 1 stroke (300 nL) | 20.7 µL (69 strokes)"],
    ["{ at: 1 h, delivered: 21.3 uL, within: 2 strokes }", "held"],
    ["{ at: first.end, delivered: 54.3 uL, within: 0 uL }", "held"],
    ["{ at: 12 h, reservoir: 19.72 mL }", "held"],
    [
      "{ at: 12 h, reservoir: 19.7 mL }",
      "19.7 mL within 1 stroke (300 nL) | 19.7201 mL (933 strokes drawn from 20 mL)",
    ],
  ])("%s", (entry, said) => {
    // 1 h 10 min of basal are 24,305 nL; with 30 µL that is 54,305 nL, 181 strokes.
    expect(verdict(entry)).toBe(said);
  });

  test("a reservoir is counted from its last refill, in the instant of the refill already", () => {
    const events = ["{ at: 1 h, do: stop }", ...refill("2 h", "19979000 nL", "10 mL"), "{ at: 3 h, do: start }"];
    expect(verdict("{ at: 2 h - 1 ms, reservoir: 19979300 nL, within: 0 nL }", events)).toBe("held");
    expect(verdict("{ at: 2 h, reservoir: 10 mL, within: 0 nL }", events)).toBe("held");
    expect(verdict("{ at: 2 h, reservoir: 19979 uL, within: 0 nL }", events.slice(0, 2))).toBe("held");
    // 9 h of basal are 187.5 µL; 162 nL were owed when it was stopped: 625 strokes.
    expect(verdict("{ at: 12 h, reservoir: 9812500 nL, within: 0 nL }", events)).toBe("held");
  });

  property.prop([fc.integer({ min: 48, max: 24000 }), fc.integer({ min: 1, max: 86400000 })], { numRuns: 40 })(
    "what is delivered is judged to the nL at any instant",
    (nlPerHour, atMs) => {
      const strokes = (BigInt(nlPerHour) * BigInt(atMs)) / (3600000n * 300n);
      const nl = Number(strokes) * 300;
      const verdicts = (offNl: number): string =>
        failureIn(
          runWith({
            duration: "24 h",
            basal: `${nlPerHour} nL/h`,
            expect: [`{ at: ${atMs} ms, delivered: ${nl + offNl} nL, within: 0 nL }`],
          }),
        );
      expect(verdicts(0)).toBe("held");
      expect(verdicts(1)).toMatch(new RegExp(`within 0 µL \\| .*\\(${strokes} strokes\\)$`));
    },
  );
});

describe("occurs and never", () => {
  test.each([
    ["{ occurs: bolusGranted }", "held"],
    ["{ occurs: bolusDenied, times: 2 }", "held"],
    ["{ occurs: bolusDenied, from: 1 h 5 min, to: 2 h, times: 2 }", "held"],
    ["{ occurs: bolusDenied, from: 1 h 5 min + 1 ms, to: 2 h, times: 1 }", "held"],
    ["{ occurs: bolusDenied, to: 2 h - 1 ms, times: 1 }", "held"],
    ["{ occurs: bolusDenied, times: 1 }", "bolusDenied once from 0 s to 12 h | 2 times, first at 1 h 5 min"],
    ["{ occurs: bolusDenied, times: 3 }", "bolusDenied 3 times from 0 s to 12 h | 2 times, first at 1 h 5 min"],
    ["{ occurs: lowReservoir, from: 1 h }", "lowReservoir at least once from 1 h to 12 h | never"],
    ["{ occurs: bolusEnded, from: first.end, to: first.end }", "held"],
    ["{ never: alarm }", "held"],
    ["{ never: bolusDenied, to: first.end }", "no bolusDenied from 0 s to 1 h 10 min | bolusDenied at 1 h 5 min"],
    ["{ occurs: bolusDenied, with: { answer: busy, with: demand }, times: 1 }", "held"],
    ["{ never: bolusDenied, with: { id: 1 } }", "held"],
    [
      "{ occurs: bolusDenied, with: { answer: maxPerDay } }",
      "bolusDenied (answer maxPerDay) at least once from 0 s to 12 h | never",
    ],
    ["{ never: bolusDenied }", "no bolusDenied from 0 s to 12 h | bolusDenied at 1 h 5 min, 2 times in all"],
  ])("%s", (entry, said) => {
    expect(verdict(entry)).toBe(said);
  });

  test("an alarm word stands for its being raised, `alarm` for any", () => {
    const events = ["{ at: 1 h, do: stop }", ...refill("1 h", "19979300 nL", "1.5 mL"), "{ at: 2 h, do: start }"];
    expect(verdict("{ occurs: lowReservoir, from: 2 h, to: 2 h, times: 1 }", events)).toBe("held");
    expect(verdict("{ occurs: alarm, times: 1 }", events)).toBe("held");
    expect(verdict("{ never: emptyReservoir }", events)).toBe("held");
    expect(verdict("{ never: alarm }", events)).toBe("no alarm from 0 s to 12 h | lowReservoir raised at 2 h");
  });
});

describe("alarm", () => {
  const events = [
    "{ at: 1 h, do: stop }",
    ...refill("1 h", "19979300 nL", "1.5 mL"),
    "{ at: 2 h, do: start }",
    "{ at: 3 h, do: stop }",
    ...refill("3 h", "1479300 nL", "9 mL"),
    "{ at: 4 h, do: acknowledge }",
  ];
  test.each([
    ["{ alarm: lowReservoir, at: 2 h }", "held"],
    ["{ alarm: lowReservoir, at: 4 h - 1 ms }", "held"],
    ["{ alarm: lowReservoir, from: 3 h, to: 9 h }", "held"],
    ["{ alarm: lowReservoir, from: 4 h, to: 9 h }", "held"],
    ["{ alarm: lowReservoir }", "held"],
    [
      "{ alarm: lowReservoir, at: 2 h - 1 ms }",
      "lowReservoir active at 1 h 59 min 59 s 999 ms | not active until then",
    ],
    ["{ alarm: lowReservoir, at: 4 h }", "lowReservoir active at 4 h | active only from 2 h to 4 h"],
    ["{ alarm: lowReservoir, from: 5 h }", "lowReservoir active from 5 h to 12 h | active only from 2 h to 4 h"],
    ["{ alarm: emptyReservoir }", "emptyReservoir active from 0 s to 12 h | not active until then"],
  ])("%s", (entry, said) => {
    expect(verdict(entry, events)).toBe(said);
  });
});

test("state", () => {
  const events = ["{ at: 1 h, do: stop }", "{ at: 2 h, do: start }"];
  expect(verdict("{ at: 0 s, state: running }", events)).toBe("held");
  expect(verdict("{ at: 1 h - 1 ms, state: running }", events)).toBe("held");
  expect(verdict("{ at: 1 h, state: stopped }", events)).toBe("held");
  expect(verdict("{ at: 12 h, state: running }", events)).toBe("held");
  expect(verdict("{ at: 90 min, state: running }", events)).toBe("running at 1 h 30 min | stopped since 1 h");
  expect(failureIn(runWith({ head: "start: manual", expect: ["{ at: 12 h, state: running }"] }))).toBe(
    "running at 12 h | stopped since 0 s",
  );
});

describe("rate, signal and state", () => {
  const events = [
    "{ at: 1 h, do: hold }",
    "{ at: 2 h, do: start }",
    "{ at: 3 h, do: detect, alarm: occlusion, present: yes }",
    "{ at: 4 h, do: silence }",
    "{ at: 4 h + 10 min, do: detect, alarm: occlusion, present: no }",
    "{ at: 5 h, do: acknowledge }",
    "{ at: 6 h, do: stop }",
  ];
  test.each([
    ["{ at: 1 h - 1 ms, rate: 0.5 mL/day }", "held"],
    ["{ at: 1 h, rate: 48 uL/day }", "held"],
    ["{ at: 1 h, state: held }", "held"],
    ["{ at: 2 h, state: running }", "held"],
    ["{ at: 3 h, rate: 0 mL/day }", "held"],
    ["{ at: 5 h, rate: 0.4 mL/day, within: 0.1 mL/day }", "held"],
    ["{ at: 5 h, rate: 0.4 mL/day }", "0.4 mL/day | 0.5 mL/day since 5 h"],
    ["{ at: 6 h, rate: 1 uL/day }", "1 µL/day | 0 mL/day since 6 h"],
    ["{ at: 3 h - 1 ms, signal: none }", "held"],
    ["{ at: 3 h, signal: high, silenced: no }", "held"],
    ["{ at: 4 h, signal: high, silenced: yes }", "held"],
    ["{ at: 4 h + 10 min, signal: high, silenced: no }", "held"],
    ["{ at: 4 h, signal: low, silenced: no }", "low, not silenced | high, silenced (occlusion, since 4 h)"],
    ["{ at: 5 h, signal: none }", "held"],
  ])("%s", (entry, said) => {
    const outcome = runWith({ events, minimumRate: "48 uL/day", expect: [entry] });
    expect(failureIn(outcome)).toBe(said);
  });
});

describe("report", () => {
  const events = [...REQUESTS, "{ at: 3 h, do: interrogate, as: visit }", "{ at: 4 h, do: interrogate }"];
  test.each([
    ["delivery.state, is: running", "held"],
    ["bolusLog.0.answer, is: lockedOut", "held"],
    ["bolusLog.granted.orderedNl, is: 30 uL", "held"],
    ["dosePerDay.2026-03-01.doseNg, is: 925 ug, within: 5 ug", "held"],
    ["refills.flowErrorPerMille, is: none", "held"],
    ["alarms.occlusion.hasCause, is: no", "alarms.occlusion.hasCause no | none"],
    ["reservoir.leastNl, is: 20 mL, within: 1 uL", "reservoir.leastNl 20 mL within 1 µL | 19.9076 mL"],
  ])("%s", (written, said) => {
    expect(verdict(`{ report: visit, field: ${written} }`, events)).toBe(said);
  });

  test("an interrogation that never happened fails with what is expected of it", () => {
    const outcome = runWith({
      events: [...REQUESTS, "{ at: soon.end, do: interrogate, as: visit }"],
      expect: ["{ report: visit, field: delivery.state, is: running }"],
    });
    expect(outcome.failures.map(({ actual }) => actual)).toEqual([
      "visit was never asked (soon.end never came: soon was denied (lockedOut))",
      "soon.end never came: soon was denied (lockedOut)",
    ]);
  });
});

describe("a time that is never reached fails", () => {
  test.each([
    ["{ at: soon.end, delivered: 1 uL }", "soon.end never came: soon was denied (lockedOut)"],
    ["{ never: alarm, from: soon.start }", "soon.start never came: soon was denied (lockedOut)"],
    ["{ at: first.end + 11 h, state: running }", "first.end + 11 h is 12 h 10 min, after the end of the run (12 h)"],
    ["{ at: first.asked - 2 h, state: running }", "first.asked - 2 h lies before the start"],
    ["{ occurs: alarm, from: first.end, to: first.asked + 1 min }", "first.asked + 1 min came before first.end"],
  ])("%s", (entry, why) => {
    expect(verdict(entry)).toBe(`${entry} | ${why}`);
  });

  test("a bolus that has not ended when the run does", () => {
    const events = ["{ at: 12 h - 1 min, do: requestBolus, as: late }"];
    expect(verdict("{ at: late.end, state: running }", events)).toBe(
      "{ at: late.end, state: running } | late.end never came: the bolus of late had not ended when the run did",
    );
  });

  test("an event that never happened fails of itself, and so does what is expected of it", () => {
    const outcome = runWith({
      events: [...REQUESTS, "{ at: soon.end, do: requestBolus, as: after }"],
      expect: ["{ request: after, is: granted }", "{ never: alarm }"],
    });
    const why = "soon.end never came: soon was denied (lockedOut)";
    expect(outcome.failures.map(({ line, expected, actual }) => [line, expected, actual])).toEqual([
      [15, "granted", `after was never asked (${why})`],
      [13, "requestBolus after at soon.end", why],
    ]);
    expect(outcome.verdicts.map(({ failure }) => failure === undefined)).toEqual([false, true]);
    expect(outcome.passed).toBe(false);
  });
});

test("the repeats of an event that never came are one failure", () => {
  const again = "{ at: soon.end, every: 1 min, until: soon.end + 5 min, do: requestBolus, as: again }";
  expect(verdict("{ never: alarm }", [...REQUESTS, again])).toBe(
    "requestBolus again1 at soon.end | soon.end never came: soon was denied (lockedOut) (and so for 5 more of its repeats)",
  );
});

test("a failure shows its line and the log around", () => {
  const outcome = runWith({ events: REQUESTS, expect: ["{ never: alarm }", "{ request: soon, is: granted }"] });
  const [failure] = outcome.failures;
  expect(failure).toMatchObject({ line: 15, expect: "{ request: soon, is: granted }", atMs: 7200000 });
  expect(failure?.logAround.some((line) => line.includes('"bolusDenied"'))).toBe(true);
  expect(failure?.logAround.length).toBeLessThanOrEqual(5);
});
