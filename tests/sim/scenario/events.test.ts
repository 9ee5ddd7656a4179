import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { refusal } from "../../config/refusals";
import { LINES_BEFORE_EVENTS, scenarioWith } from "./written-scenario";
import type { PlannedInput } from "../../../sim/scenario/scenario";

const H = 3600000;

/** The inputs that the events make, without the first two. */
function inputsOf(...events: string[]): readonly PlannedInput[] {
  return scenarioWith({ events }).inputs.slice(2);
}

/** What is said about the events; the place must be the line of the last. */
function refused(...events: string[]): string {
  const said = refusal(() => scenarioWith({ events }));
  expect(said).toMatch(new RegExp(`^s\\.yaml:${LINES_BEFORE_EVENTS + events.length}: `));
  return said;
}

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
    expect(refused("{ at: 1 h, do: stop, as: pause }")).toMatch(/only a request has a name/);
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
    const [refill, program] = inputsOf(
      "{ at: 1 h, do: refill, to: 15 mL }",
      "{ at: 2 h, do: program, prescription: { drugs: [{ name: x, concentration: 1 mg/mL }], basal: 2 uL/h } }",
    );
    expect(refill?.input).toEqual({ kind: EventKind.refill, id: 0, count: 15000000 });
    expect(program?.input).toMatchObject({
      kind: EventKind.program,
      prescription: { basalNlPerDay: 48000, bolusNl: 0 },
    });
  });
  test("must be possible", () => {
    expect(refused("{ at: 1 h, do: refill }")).toMatch(/events\[0\]\.to: it is missing, for example 20 mL/);
    expect(refused("{ at: 1 h, do: refill, to: 21 mL }")).toMatch(/more than the reservoir holds \(20 mL\)/);
    expect(refused("{ at: 1 h, do: stop, to: 2 mL }")).toMatch(/events\[0\]\.to: no such key here/);
    expect(refused("{ at: 1 h, do: stpo }")).toMatch(/did you mean stop\?/);
    expect(refused("{ at: 1 h }")).toMatch(/do: it is missing; it must be one of start, stop, requestBolus/);
    expect(refused("{ do: stop }")).toMatch(/at: it is missing/);
    expect(refused("{ at: 12 h, do: start }", "{ at: 12 h + 1 ms, do: stop }")).toMatch(/after the end of the run/);
    expect(refused("{ at: 1 h, do: requestBolus, as: a }", "{ at: a.end - 1 ms, do: stop }")).toMatch(
      /known only when it has come/,
    );
    expect(
      refused(
        "{ at: 2 h, do: program, prescription: { drugs: [{ name: x, concentration: 1 mg/mL }], basal: 2 mL/h } }",
      ),
    ).toMatch(/events\[0\]\.prescription\.basal: 48 mL\/day is above/);
  });
});
