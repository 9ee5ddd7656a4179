import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readDocument } from "../../../config/read-document";
import { SCENARIO_SCHEMA_FILE, scenarioJsonSchema } from "../../../sim/scenario/json-schema";
import { scenarioReference, scenarioReferencePage } from "../../../sim/scenario/reference";
import {
  ALARM_WORDS,
  ANSWER_WORDS,
  DO_WORDS,
  EVENT_WORDS,
  EXPECT_WORDS,
  FAULT_WORDS,
  SIGNAL_WORDS,
  STATE_WORDS,
} from "../../../sim/scenario/words";
import { EVERY_WORD } from "./every-word";
import { written } from "./written-scenario";

const published: unknown = JSON.parse(readFileSync(SCENARIO_SCHEMA_FILE, "utf8"));
const files = readdirSync("scenarios", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("pumps"))
  .sort();

test("the published schema is the one that judges", () => {
  expect(published, `${SCENARIO_SCHEMA_FILE} is stale; renew it with: npm run schemas`).toEqual(scenarioJsonSchema());
});

describe("an editor agrees with the reader", () => {
  // Made from the published text alone: no transform and no check of ours is left in it.
  const judge = z.fromJSONSchema(published as z.core.JSONSchema.BaseSchema);
  const accepts = (text: string): boolean => judge.safeParse(readDocument(text, "s.yaml").value).success;

  test.each(files)("scenarios/%s is right, and says where its schema is", (name) => {
    const text = readFileSync(`scenarios/${name}`, "utf8");
    expect(accepts(text)).toBe(true);
    expect(text).toMatch(/^# yaml-language-server: \$schema=(?:\.\.\/)+config\/schemas\/scenario\.schema\.json\n/);
  });

  test("a scenario that says every word is right", () => {
    const texts: unknown[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) collect(inner);
      else texts.push(value);
    };
    const written = readDocument(EVERY_WORD, "s.yaml").value as { events: unknown; expect: object[] };
    collect(written.events);
    expect(texts).toEqual(expect.arrayContaining([...Object.keys(DO_WORDS), ...Object.keys(FAULT_WORDS)]));
    const about = Object.keys(EXPECT_WORDS).filter((word) => !written.expect.some((entry) => word in entry));
    expect(about).toEqual([]);
    expect(accepts(EVERY_WORD)).toBe(true);
  });

  const event = "{ at: 1 h, do: requestBolus, as: first }";
  const entry = "{ request: first, is: granted }";
  const good = written({ events: [event, "{ at: first.end + 1 h, do: refill, to: 1 mL }"], expect: [entry] });

  test.each([
    ["pump: reference-20ml", "pump: { extends: reference-20ml, reservoir: { low: 3 mL } }"],
    [event, "{ at: day 1 09:00, every: 1 day, until: day 2 09:00 - 1 ms, do: requestBolus, as: first }"],
    [entry, "{ at: first.end - 1 ms, delivered: 310 \u00b5L, within: 2 strokes }"],
    [entry, "{ alarm: lowReservoir, from: 1 h, to: 2 h }"],
    [event, "{ at: 1 h, do: clinicianBolus, dose: 0.6 mg, over: 1 h, as: first }"],
    [event, "{ at: 1 h, do: setClock, by: -1 h }"],
    [event, "{ at: 1 h, do: setClock, to: 2026-03-29 03:00 }"],
    [event, "{ at: 1 h, do: read, motorTemperature: 60 C }"],
    [event, "{ at: 1 h, do: detect, alarm: airInLine, present: yes }"],
    [event, "{ at: 1 h, do: confirm, softLimits: yes, largeChanges: yes, digest: other }"],
    [event, "{ at: 1 h, do: interrogate, as: visit }"],
    [event, "{ at: 1 h, fault: late, by: 5 s }"],
    [event, "{ at: 1 h, fault: occlude, for: 2 h }"],
    [event, "{ at: 1 h, fault: airBubble, volume: 5 uL }"],
    ["duration: 12 h", "duration: 12 h\ndrugExpires: 2026-06-01"],
    ["duration: 12 h", "duration: 12 h\nplant: { tube: { compliance: 1 \u00b5L/kPa }, backPressure: -100 mmHg }"],
    ["duration: 12 h", "duration: 12 h\npatient: [{ presses: byNeed, after: 3 h }]"],
    [entry, "{ at: 1 h, pressure: -2 kPa, within: 1 mmHg }"],
    [entry, "{ at: 1 h, tip: 10 mg/mL, within: 0 mg/mL }"],
    [entry, "{ occurs: bolusEnded, with: { reason: complete, id: 1 } }"],
    [entry, "{ at: 1 h, rate: 0.5 mL/day, within: 1 uL/day }"],
    [entry, "{ at: 1 h, signal: high, silenced: no }"],
    [entry, "{ report: visit, field: reservoir.leastNl, is: 19 mL, within: 1 uL }"],
  ])("right: %s -> %s", (find, put) => {
    expect(good).toContain(find);
    expect(accepts(good.replace(find, put))).toBe(true);
  });

  test.each([
    ["title: A test", "titel: A test"],
    ["pump: reference-20ml", ""],
    ["pump: reference-20ml", "pump: { reservoir: { low: 3 mL } }"],
    ["pump: reference-20ml", "pump: { extends: reference-20ml, reservoir: { lo: 3 mL } }"],
    ["duration: 12 h", "duration: 12"],
    [event, "{ at: 1, do: requestBolus, as: first }"],
    [event, "{ at: 1 h, do: requestBolsu }"],
    [event, "{ at: 1 h, do: stop, as: first }"],
    [event, "{ at: first.ends, do: stop }"],
    [event, "{ at: 1 h, do: refill }"],
    [event, "{ at: 1 h, do: setClock, by: 1 h }"],
    [event, "{ at: 1 h, do: setClock, to: 03:00 }"],
    [event, "{ at: 1 h, do: read, motorTemperature: 60 V }"],
    [event, "{ at: 1 h, do: detect, alarm: airinline, present: yes }"],
    [event, "{ at: 1 h, do: refill, to: 1 mL, expires: soon }"],
    [event, "{ at: 1 h, do: confirm, digest: wrong }"],
    [event, "{ at: 1 h, fault: late }"],
    [event, "{ at: 1 h, do: stop, fault: unknownEvent }"],
    [event, "{ at: 1 h, fault: occlude }"],
    ["duration: 12 h", "duration: 12 h\nplant: { tube: { compliance: 1 uL } }"],
    ["duration: 12 h", "duration: 12 h\nplant: { battery: { capacity: -3 mAh } }"],
    ["duration: 12 h", "duration: 12 h\npatient: [{ presses: byNeed, every: 3 h }]"],
    [entry, "{ at: 1 h, charge: 50 % }"],
    [entry, "{ at: 1 h, signal: loud }"],
    [entry, "{ report: visit, field: reservoir.leastNl }"],
    [entry, "{ request: first, is: lockedout }"],
    [entry, "{ request: first, never: alarm }"],
    [entry, "{ at: 1 h }"],
    [entry, "{ at: 1 h, delivered: 1 uL, within: 1 strok }"],
    [entry, "{ never: strokes }"],
    [`  - ${entry}`, "  []"],
  ])("wrong: %s -> %s", (find, put) => {
    expect(good).toContain(find);
    expect(accepts(good)).toBe(true);
    expect(accepts(good.replace(find, put))).toBe(false);
  });
});

test("the reference explains every word", () => {
  const text = scenarioReference();
  const words = [DO_WORDS, FAULT_WORDS, EXPECT_WORDS].flatMap((table) => Object.keys(table));
  for (const word of [...words, ...ALARM_WORDS, ...ANSWER_WORDS, ...EVENT_WORDS, ...SIGNAL_WORDS, ...STATE_WORDS])
    expect(text).toContain(`\`${word}\``);
  for (const tells of Object.values(EXPECT_WORDS)) expect(text).toContain(tells);
  for (const { tells } of Object.values(DO_WORDS)) expect(text).toContain(tells);
  expect(text).not.toContain("undefined");
});

test("docs/scenario-reference.md is what the code says (npm run schemas renews it)", () => {
  const page = readFileSync(new URL("../../../docs/scenario-reference.md", import.meta.url), "utf8");
  expect(page).toBe(scenarioReferencePage());
});
