import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { refusal } from "../../config/refusals";
import { read, scenarioWith } from "./written-scenario";

const TEXT = readFileSync("scenarios/lockout-edge.yaml", "utf8");

/** The line on which `part` first stands. */
function lineOf(part: string): number {
  return TEXT.slice(0, TEXT.indexOf(part)).split("\n").length;
}

/** What is said when `part` of the example is replaced, without the place; the place must be the part's own line. */
function refusedWith(part: string, by: string): string {
  expect(TEXT).toContain(part);
  const said = refusal(() => read(TEXT.replace(part, by)));
  expect(said).toMatch(new RegExp(`^s\\.yaml:${lineOf(part)}: `));
  return said;
}

test("the example is read as it is meant", () => {
  const scenario = read(TEXT);
  expect(scenario).toMatchObject({
    file: "s.yaml",
    requirement: "BOL-004",
    pumpName: "reference-20ml",
    reservoirNl: 20000000,
    // 2026-03-01 is day 9556 from 2000-01-01.
    clock: { timeOfDayMs: 8 * 3600000, wallMs: (9556 * 24 + 8) * 3600000 },
    durationMs: 12 * 3600000,
    expiryDay: 0,
    prescription: { steps: 1, bolusNl: 30000, bolusMs: 600000, lockoutMs: 7200000, mostPer24h: 4 },
  });
  expect(scenario.inputs.map(({ text, at, input }) => [text, at.text, input.kind, input.id])).toEqual([
    ["setClock", "0 s", EventKind.setClock, 0],
    ["program", "0 s", EventKind.stage, 0],
    ["program", "0 s", EventKind.confirm, 0],
    ["start", "0 s", EventKind.start, 0],
    ["requestBolus first", "1 h", EventKind.requestBolus, 1],
    ["requestBolus early", "first.end + 2 h - 1 ms", EventKind.requestBolus, 2],
    ["requestBolus onTime", "first.end + 2 h", EventKind.requestBolus, 3],
  ]);
  expect(scenario.expectations.map(({ text }) => text)).toEqual([
    "{ request: early, is: lockedOut }",
    "{ request: onTime, is: granted }",
    "{ at: 12 h, delivered: 310 uL, within: 1 stroke }",
    "{ never: alarm }",
  ]);
  expect(scenario.expectations[0]?.line).toBe(lineOf("request: early"));
});

test("with start: manual the prescription is confirmed and therapy is not begun", () => {
  const { inputs } = scenarioWith({ head: "start: manual" });
  expect(inputs.map(({ input }) => EventKind[input.kind])).toEqual(["stage", "confirm"]);
});

describe("what is wrong is said with its line and what would be right", () => {
  test.each([
    ["title:", "titel:", /titel: no such key here; did you mean title\?/],
    ["requirement: BOL-004", "requirement: four", /as BOL-004/],
    ["pump: reference-20ml", "pump: reference-20mL", /no pump reference-20mL; did you mean reference-20ml\?/],
    ["pump: reference-20ml", "pump: ../nowhere.json", /there is no pump \.\.\/nowhere\.json/],
    ["pump: reference-20ml", "pump: { extends: reference-20ml, reservoir: { low: 30 mL } }", /reservoir\.low/],
    [
      "pump: reference-20ml",
      "pump: { extends: reference-20ml, hardLimits: { rate: 30 mL/h } }",
      /hardLimits\.rate: .*cannot be reached by this pump head; the highest is .*\(4\.59 mL\/h\)/,
    ],
    ["clock: 2026-03-01 08:00", "clock: 2026-02-30 08:00", /there is no day 2026-02-30/],
    ["duration: 12 h", "duration: 12", /needs a unit, for example 12 h/],
    ["duration: 12 h", "duration: 0 h", /must be more than 0/],
    ["duration: 12 h", "duration: 4000 days", /too long; the most is 3660 days/],
    [
      "duration: 12 h",
      "reservoir: 21 mL\nduration: 12 h",
      /reservoir: 21 mL is more than the reservoir holds \(20 mL\)/,
    ],
    ["duration: 12 h", "start: automatic\nduration: 12 h", /start: .*it must be manual/],
    ["duration: 12 h", "seed: 1\nduration: 12 h", /seed: no such key here/],
    ["basal: 0.5 mL/day", "basal: 30 mL/day", /prescription\.basal: 30 mL\/day is above .* hard limit of 24 mL\/day/],
    [
      "basal: 0.5 mL/day",
      "basal: 30 mg/day",
      /mg of morphine .* soft limit .*; also: prescription\.basal: .* hard limit of 30 mg/,
    ],
    ["name: morphine", "name: morphene", /morphene is not in the pump's drug library; did you mean morphine\?/],
    ["duration: 12 h", "drugExpires: 2026-13-01\nduration: 12 h", /drugExpires: there is no day 2026-13-01/],
    [
      "demandBolus: { volume: 30 uL",
      "demandBolus: { volume: 25 mL",
      /25 mL is more than the reservoir holds \(20 mL\)/,
    ],
    ["- { at: 1 h", "- { fault: late, at: 1 h", /fault: an event says either do: or fault:/],
    [
      "- { at: 1 h, do: requestBolus, as: first }",
      "- { at: 1 h, fault: lat, by: 5 s }",
      /fault: .*did you mean late\?/,
    ],
    ["- { at: 1 h, do: requestBolus, as: first }", "- { at: 1 h, fault: late }", /by: it is missing, for example 5 s/],
    ["duration: 12 h", "reservoirBand: 1 mL\nduration: 12 h", /reservoirBand: 1 mL more than 20 mL \(reservoir\)/],
  ])("%s -> %s", (part, by, message) => {
    expect(refusedWith(part, by)).toMatch(message);
  });

  test.each([
    ['title: "A\\e[2Jscreen is gone"', "title", "U+001B"],
    ['title: "two\\nlines"', "title", "U+000A"],
    ['title: "\\u202Ebackwards"', "title", "U+202E"],
    ['title: "next\\Nline"', "title", "U+0085"],
    ['title: x\ndescription: "back\\rto the start"', "description", "U+000D"],
  ])("a text that would not be seen as it is written: %s", (text, key, character) => {
    const line = text.split("\n").length;
    expect(refusal(() => read(TEXT.replace(/^title: .*$/m, text)))).toMatch(
      new RegExp(
        `^s\\.yaml:${lineOf("title:") + line - 1}: ${key}: it holds the control character U\\${character.slice(1)}`,
      ),
    );
  });

  test("a text of any letters, and a description of several lines, are read", () => {
    const text = 'title: "\\u00b5L \\U0001F489 \u062F\u0648\u0632 \\t"\ndescription: |\n  One.\n\n  Two.';
    expect(read(TEXT.replace(/^title: .*$/m, text)).title).toBe("\u00b5L \u{1F489} \u062F\u0648\u0632");
  });

  test("a text that is far too long is refused at once, whatever it holds", () => {
    const title = `title: "a${" ".repeat(900000)}\\u0001b"`;
    expect(refusal(() => read(TEXT.replace(/^title: .*$/m, title)))).toMatch(/title: .*too long; the most is 200/);
  });

  test("a drug's name is shown in messages, so it is plain text too", () => {
    expect(refusedWith("name: morphine", 'name: "mor\\e[Aphine"')).toMatch(/drugs\.?\[?0.*U\+001B/);
  });

  test("a scenario without expectations shows nothing", () => {
    const until = TEXT.slice(0, TEXT.indexOf("expect:"));
    expect(refusal(() => read(until))).toMatch(/expect: it is missing/);
    expect(refusal(() => read(`${until}expect: []\n`))).toMatch(/expect: it is empty/);
  });

  test("a scenario without a pump", () => {
    expect(refusal(() => read(TEXT.replace(/^pump: .*$/m, "")))).toMatch(/pump: it is missing; name a pump/);
  });
});
