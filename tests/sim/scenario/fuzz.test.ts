import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import { BadInput } from "../../../config/bad-input";
import { pumpFiles } from "../../../sim/scenario/node/pump-files";
import { readScenario } from "../../../sim/scenario/read-scenario";
import { parseMoment } from "../../../sim/scenario/moment";
import { reportLeaf } from "../../../sim/interrogation/report-path";
import { parseClockShiftMs, parseDay, parseWallClock } from "../../../sim/scenario/wall-clock";
import { QuantityError } from "../../../config/quantities";
import { EVERY_WORD } from "./every-word";

const TEXTS = [
  ...["first-day", "empty", "lockout-edge", "a-month"].map((name) => readFileSync(`scenarios/${name}.yaml`, "utf8")),
  EVERY_WORD,
];
const WORDS = TEXTS.join("\n").match(/[A-Za-z]+|[0-9.]+|[^\sA-Za-z0-9]/g) ?? [];
const shelf = pumpFiles("scenarios");

/** Reads a text that may be anything: it becomes a scenario, or a complaint of one line that names the file. */
function readsOrRefuses(text: string): void {
  try {
    const scenario = readScenario(text, "fuzz.yaml", shelf);
    expect(scenario.expectations.length).toBeGreaterThan(0);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    expect(error.message).toMatch(/^[^\n]{1,700}$/);
  }
}

const place = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(...WORDS).map((word) => ` ${word} `),
  fc.constantFrom(
    "\n",
    "  ",
    "- ",
    ": ",
    "{ ",
    " }",
    "[",
    "]",
    "#",
    '"',
    "'",
    "0",
    "-",
    ".end",
    "null",
    "~",
    "\t",
    "9".repeat(30),
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const change = fc.record({ at: place, cut: fc.nat({ max: 40 }), put: fc.array(piece, { maxLength: 4 }) });

property.prop([fc.constantFrom(...TEXTS), fc.array(change, { minLength: 1, maxLength: 6 })], { numRuns: 600 })(
  "a scenario that was changed anywhere is read or refused (SIM-003)",
  (text, changes) => {
    let changed = text;
    for (const { at, cut, put } of changes) {
      const from = Math.floor(at * changed.length);
      changed = changed.slice(0, from) + put.join("") + changed.slice(from + cut);
    }
    readsOrRefuses(changed);
  },
);

property.prop([fc.constantFrom(...TEXTS), place, fc.constantFrom(...WORDS)], { numRuns: 600 })(
  "a scenario with one word replaced by another is read or refused",
  (text, at, word) => {
    const words = [...text.matchAll(/[A-Za-z]+|[0-9.]+/g)];
    const found = words[Math.floor(at * (words.length - 1))];
    const from = found?.index ?? 0;
    readsOrRefuses(text.slice(0, from) + word + text.slice(from + (found?.[0].length ?? 0)));
  },
);

property.prop([fc.array(fc.oneof(piece, fc.constantFrom("+", "-", "2026-03-01", " 08:00", "1 h")))])(
  "a date, a clock and its shift are read or refused",
  (pieces) => {
    const text = pieces.join("");
    for (const parse of [parseDay, parseClockShiftMs, (clock: string) => parseWallClock(clock).wallMs]) {
      try {
        expect(Number.isSafeInteger(parse(text))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(QuantityError);
      }
    }
  },
);

property.prop([
  fc.array(fc.oneof(piece, fc.constantFrom("reservoir", "alarms", "0", ".", "drugs", "leastNl")), { maxLength: 8 }),
])("a path into a report is read or refused", (pieces) => {
  try {
    expect(["number", "boolean", "string"]).toContain(reportLeaf(pieces.join("")).type);
  } catch (error) {
    expect(error).toBeInstanceOf(QuantityError);
  }
});

property.prop([fc.array(fc.oneof(piece, fc.constantFrom("day 2 08:00", "first.end", " + ", " - ", "2 h", "1 ms")))])(
  "a time is read or refused",
  (pieces) => {
    try {
      expect(Number.isSafeInteger(parseMoment(pieces.join(""), undefined).offsetMs)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(QuantityError);
    }
  },
);
