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
  STATE_WORDS,
} from "../../../sim/scenario/words";
import { written } from "./written-scenario";

const published: unknown = JSON.parse(readFileSync(SCENARIO_SCHEMA_FILE, "utf8"));
const files = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));

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
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/config\/schemas\/scenario\.schema\.json\n/);
  });

  const event = "{ at: 1 h, do: requestBolus, as: first }";
  const entry = "{ request: first, is: granted }";
  const good = written({ events: [event, "{ at: first.end + 1 h, do: refill, to: 1 mL }"], expect: [entry] });

  test.each([
    ["pump: reference-20ml", "pump: { extends: reference-20ml, reservoir: { low: 3 mL } }"],
    [event, "{ at: day 1 09:00, every: 1 day, until: day 2 09:00 - 1 ms, do: requestBolus, as: first }"],
    [entry, "{ at: first.end - 1 ms, delivered: 310 \u00b5L, within: 2 strokes }"],
    [entry, "{ alarm: lowReservoir, from: 1 h, to: 2 h }"],
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
  const words = [DO_WORDS, EXPECT_WORDS].flatMap((table) => Object.keys(table));
  for (const word of [...words, ...ALARM_WORDS, ...ANSWER_WORDS, ...EVENT_WORDS, ...STATE_WORDS])
    expect(text).toContain(`\`${word}\``);
  for (const tells of Object.values(EXPECT_WORDS)) expect(text).toContain(tells);
  for (const { tells } of Object.values(DO_WORDS)) expect(text).toContain(tells);
  expect(text).not.toContain("undefined");
});

test("docs/scenario-reference.md is what the code says (npm run schemas renews it)", () => {
  const page = readFileSync(new URL("../../../docs/scenario-reference.md", import.meta.url), "utf8");
  expect(page).toBe(scenarioReferencePage());
});
