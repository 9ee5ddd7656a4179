import { readdirSync, readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { DURATION, durationPattern, formatDuration } from "../../config/duration";
import { PUMP_SCHEMA_FILE, pumpJsonSchema } from "../../config/pump-json-schema";
import { quantityPattern } from "../../config/quantity";
import { RATE } from "../../config/rate";
import { readDocument } from "../../config/read-document";
import { DOSE_RATE } from "../../config/dose-rate";
import { MASS } from "../../config/mass";
import type { QuantityKind } from "../../config/quantity";
import { SHARE } from "../../config/share";
import { TEMPERATURE } from "../../config/temperature";
import { VOLTAGE } from "../../config/voltage";
import { VOLUME } from "../../config/volume";
import { WHOLE_DAYS } from "../../config/whole-days";

const PUMPS = "scenarios/pumps";
const files = [...readdirSync(PUMPS).map((name) => `${PUMPS}/${name}`), "devs.config.json"];
const published: unknown = JSON.parse(readFileSync(PUMP_SCHEMA_FILE, "utf8"));

test("the published schema is the one that judges", () => {
  expect(published, `${PUMP_SCHEMA_FILE} is stale; renew it with: npm run schemas`).toEqual(pumpJsonSchema());
});

describe("an editor agrees with the reader", () => {
  // Made from the published text alone: no transform and no check of ours is left in it.
  const judge = z.fromJSONSchema(published as z.core.JSONSchema.BaseSchema);

  test.each(files)("%s is right", (file) => {
    expect(judge.safeParse(readDocument(readFileSync(file, "utf8"), file).value).error).toBeUndefined();
  });

  test.each([
    ["a missing unit", "low: 2 mL", "low: 2"],
    ["a wrong unit", "rate: 1 mL/h", "rate: 1 mg/h"],
    ["an unknown key", "low: 2 mL", "low: 2 mL, lo: 1 mL"],
    ["an odd microstep", "microsteps: 16", "microsteps: 12"],
    ["a drug in another unit than mg and mcg", "unit: mg", "unit: g"],
    ["a limit of dose that is a volume", "soft: 15 mg", "soft: 15 mL"],
    ["a temperature in another unit", "maxTemperature: 55 C", "maxTemperature: 55 F"],
    ["a life in hours", "life: 2555 days", "life: 61320 h"],
    ["an unknown board", "board: pump_esp32c3", "board: pump_esp8266"],
  ])("%s is wrong", (_, find, put) => {
    const text = readFileSync(`${PUMPS}/reference-20ml.yaml`, "utf8");
    expect(text).toContain(find);
    expect(judge.safeParse(readDocument(text.replace(find, put), "p.yaml").value).success).toBe(false);
  });
});

property.prop([fc.maxSafeNat()])("the patterns accept whatever the formatters write", (value) => {
  const kinds: QuantityKind[] = [VOLUME, RATE, MASS, DOSE_RATE, SHARE, TEMPERATURE, VOLTAGE, WHOLE_DAYS];
  for (const kind of kinds) expect(kind.format(value)).toMatch(new RegExp(quantityPattern(kind), "u"));
  expect(formatDuration(value)).toMatch(new RegExp(durationPattern(), "u"));
  expect(DURATION.format).toBe(formatDuration);
});
