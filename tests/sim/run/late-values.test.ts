import { describe, expect, test } from "vitest";
import { digestOfPrescription } from "../../src/reference-pump";
import { scenarioWith } from "../scenario/written-scenario";
import { runWith } from "./native-run";

const H = 3600000;
const OTHER = "{ drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 1 mL/day }";

/** What the log says under a key of each line of an event. */
function told(events: readonly string[], event: string, key: string): unknown[] {
  return runWith({ events }).lines.flatMap(({ line }) => (line.event === event ? line[key] : []));
}

describe("a digest", () => {
  const digest = digestOfPrescription(scenarioWith({}).prescription);

  test("is that of what was staged last, in the order of the run and not of the file", () => {
    const events = [
      `{ at: 3 h, do: confirm, largeChanges: yes }`,
      `{ at: 2 h, do: stage, prescription: ${OTHER} }`,
      `{ at: 1 h, do: confirm }`,
    ];
    const [first, again, last] = told(events, "confirm", "digest");
    expect(first).toBe(digest);
    expect(again).toBe(digest);
    expect(last).not.toBe(digest);
    expect(told(events, "programmed", "digest")).toEqual([digest, last]);
  });

  test("can be another one on purpose, and is then refused", () => {
    const events = [`{ at: 2 h, do: stage, prescription: ${OTHER} }`, "{ at: 3 h, do: confirm, digest: other }"];
    expect(told(events, "confirmRefused", "reason")).toEqual(["otherDigest"]);
  });

  test("does not help without the words that the pump asks for", () => {
    const written = OTHER.replace("1 mL", "2 mL");
    const events = [`{ at: 2 h, do: stage, prescription: ${written} }`, "{ at: 3 h, do: confirm, softLimits: yes }"];
    expect(told(events, "confirmRefused", "reason")).toEqual(["largeChanges"]);
    expect(told([events[0] ?? "", "{ at: 3 h, do: confirm }"], "confirmRefused", "reason")).toEqual(["softLimits"]);
  });
});

describe("a clock that is moved", () => {
  // 2026-03-01 08:00 is day 9556 from 2000-01-01.
  const START_MS = (9556 * 24 + 8) * H;

  test("goes by what it was last set to, time that has passed included", () => {
    const events = [
      "{ at: 1 h, do: setClock, by: +1 h }",
      "{ at: 3 h, do: setClock, by: -30 min }",
      "{ at: 4 h, do: setClock, to: 2026-03-05 00:00 }",
      "{ at: 5 h, do: loseClock }",
      "{ at: 6 h, do: setClock, by: +1 ms }",
    ];
    expect(told(events, "setClock", "clockMs").map((ms) => Number(ms) - START_MS)).toEqual([
      0,
      2 * H,
      3.5 * H,
      3.5 * 24 * H - 0.5 * 24 * H + 16 * H,
      3.5 * 24 * H - 0.5 * 24 * H + 18 * H + 1,
    ]);
    expect(told(events, "clockSet", "movedMs").slice(0, 3)).toEqual([0, H, -H / 2]);
  });
});
