import { describe, expect, test } from "vitest";
import { z } from "zod";
import { durationField, volumeField } from "../../config/quantity-fields";
import { readDocument } from "../../config/read-document";
import { checkSchema } from "../../config/schema-check";
import { refusal } from "./refusals";

const step = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("stop"), at: durationField({ description: "When.", example: "1 h" }) }),
  z.strictObject({ do: z.literal("requestBolus"), as: z.string() }),
]);
const schema = z.strictObject({
  title: z.string(),
  volume: volumeField({ description: "How much.", example: "30 uL" }),
  size: z.literal([1, 2, 4]).meta({ examples: [2] }),
  count: z.int().min(1).max(48).optional(),
  pump: z
    .union([z.string(), z.strictObject({ low: volumeField({ description: "Low.", example: "2 mL" }) })])
    .optional(),
  steps: z.array(step).min(1).max(3),
});

const SOUND = ["title: x", "volume: 30 uL", "size: 2", "steps:", "  - { do: stop, at: 1 h }"];

function said(lines: string[]): string {
  return refusal(() => checkSchema(readDocument(lines.join("\n"), "f.yaml"), schema));
}

/** The sound file with the line that begins like `line` replaced, or `line` added. */
function changed(line: string): string[] {
  const key = line.split(":", 1)[0] ?? "";
  const others = SOUND.filter((it) => !it.startsWith(`${key}:`) && !(key === "steps" && it.startsWith(" ")));
  return [...others.slice(0, 1), line, ...others.slice(1)];
}

test("a sound file comes out as numbers", () => {
  expect(checkSchema(readDocument(SOUND.join("\n"), "f.yaml"), schema)).toEqual({
    title: "x",
    volume: 30000,
    size: 2,
    steps: [{ do: "stop", at: 3600000 }],
  });
});

describe("each complaint names key, line, what is wrong and what would be right", () => {
  test.each([
    ["volume: 30", "f.yaml:2: volume: a volume needs a unit, for example 30 uL"],
    ["volume: 30 ul", "f.yaml:2: volume: 30 ul: ul is not a unit of volume; did you mean uL?"],
    ["volume: 0 uL", "f.yaml:2: volume: it must be more than 0, for example 30 uL"],
    ["volume: { a: 1 }", "f.yaml:2: volume: a text is wanted, not keys with values, for example 30 uL"],
    ["volume:", "f.yaml:2: volume: it has no value, for example 30 uL"],
    ["size: 3", "f.yaml:2: size: 3 is not known here; it must be one of 1, 2, 4"],
    ["count: 0", "f.yaml:2: count: 0 is too small; the least is 1"],
    ["count: 99", "f.yaml:2: count: 99 is too large; the most is 48"],
    ["count: 1.5", "f.yaml:2: count: a whole number is wanted, not 1.5"],
    ["count: many", "f.yaml:2: count: a number is wanted, not many"],
    ["count: .inf", "f.yaml:2: count: a number is wanted, not Infinity"],
    ["count: 1e300", "f.yaml:2: count: 1e+300 is too large"],
    [
      "titel: y",
      "f.yaml:2: titel: no such key here; did you mean title? (the keys are title, volume, size, count, pump, steps)",
    ],
    ["zzz: y", "f.yaml:2: zzz: no such key here (the keys are title, volume, size, count, pump, steps)"],
    ["pump: { low: 2 }", "f.yaml:2: pump.low: a volume needs a unit, for example 2 mL"],
    ["pump: { lwo: 2 mL, low: 2 mL }", "f.yaml:2: pump.lwo: no such key here; did you mean low? (the keys are low)"],
    [
      "pump: [1]",
      "f.yaml:2: pump: a text is wanted, not a list; or: keys with values (key: value) is wanted, not a list",
    ],
    ["steps: []", "f.yaml:2: steps: a list of 0 is too short; the least is 1"],
    ["steps: x", "f.yaml:2: steps: a list ([...] or lines that begin with -) is wanted, not x"],
    ["steps: [{ do: stop }]", "f.yaml:2: steps[0].at: it is missing, for example 1 h"],
    [
      "steps: [{ do: requestbolus }]",
      "f.yaml:2: steps[0].do: requestbolus is not known here; did you mean requestBolus? (it must be one of stop, requestBolus)",
    ],
    ["steps: [{ at: 1 h }]", "f.yaml:2: steps[0].do: it is missing; it must be one of stop, requestBolus"],
    [
      "steps: [{ do: stop, at: 1 h, an: 2 }]",
      "f.yaml:2: steps[0].an: no such key here; did you mean at? (the keys are do, at)",
    ],
  ])("%s", (line, message) => expect(said(changed(line))).toBe(message));

  test("a missing key is told where its map stands", () => {
    expect(said(["title: x", "volume: 1 mL", "steps: [{ do: stop, at: 1 h }]"])).toBe(
      "f.yaml:1: size: it is missing, for example 2",
    );
  });

  test("a file that is no map at all", () => {
    expect(said(["just words"])).toBe("f.yaml:1: keys with values (key: value) is wanted, not just words");
  });
});

test("of several problems the first in the file is told, whatever the order of the schema", () => {
  expect(said(["title: x", "steps: [{ do: stop, at: 1 }]", "extra: 1", "size: 9", "volume: 3"])).toMatch(
    /^f\.yaml:2: steps\[0\]\.at: a duration needs a unit/,
  );
});
