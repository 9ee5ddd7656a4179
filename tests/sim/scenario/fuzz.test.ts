// Shows SIM-003.
import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import { BadInput } from "../../../config/bad-input";
import { pumpFiles } from "../../../sim/scenario/node/pump-files";
import { readScenario } from "../../../sim/scenario/read-scenario";
import { parseMoment } from "../../../sim/scenario/moment";
import { QuantityError } from "../../../config/quantities";

const TEXTS = ["first-day", "empty", "lockout-edge", "a-month"].map((name) =>
  readFileSync(`scenarios/${name}.yaml`, "utf8"),
);
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
  "a scenario that was changed anywhere is read or refused",
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
