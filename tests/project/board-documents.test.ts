import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boardDocuments } from "../../cli/boards/board-documents";
import { readWirings, wiringOf } from "../../cli/boards/wiring";
import { wiringDrawing } from "../../cli/boards/wiring-drawing";
import { BOARD_IDS } from "../../config/boards";
import { checkoutRoot } from "../../toolchain/checkout";

const root = checkoutRoot();

test("drawing and table of every board are those of its file (BRD-004)", () => {
  const documents = boardDocuments(root);
  expect(documents.map(([file]) => file)).toEqual(
    BOARD_IDS.flatMap((board) => [`docs/boards/${board}.svg`, `docs/boards/${board}.md`]),
  );
  for (const [file, text] of documents)
    expect(readFileSync(join(root, file), "utf8"), `${file}: npm run schemas`).toBe(text);
});

test("a drawing shows each line once, at the pin of the board file, and loads nothing", () => {
  for (const wiring of readWirings(root)) {
    const svg = wiringDrawing(wiring);
    for (const { signal, printed } of wiring.wires) {
      const ofSignal = svg
        .split("\n")
        .filter((line) => new RegExp(`bold">${signal.label}</tspan>|^<text.*>${signal.label} is on`).test(line));
      expect(ofSignal, `${wiring.board} ${signal.label}`).toHaveLength(1);
      expect(ofSignal[0]).toContain(printed);
    }
    expect(svg).not.toMatch(/href|url\(|@import|<script|font-family="(?!sans-serif")/);
  }
});

test("a pin that the board does not have, or a label that nobody knows, is an error", () => {
  const i2c = { pinSDA: 20, pinSCL: 21 };
  expect(() => wiringOf("pump_pico", { pins: { STEP: 23 }, i2c })).toThrow("the Raspberry Pi Pico has no pin 23");
  expect(() => wiringOf("pump_pico", { pins: { STEEP: 2 }, i2c })).toThrow("nobody knows what STEEP is");
});

test("what the parts list calls by a short name is drawn in the circuit (BRD-006)", () => {
  const read = (name: string): string => readFileSync(join(root, `docs/boards/${name}`), "utf8");
  const named = [...read("parts.md").matchAll(/^\| ([A-Z]{1,2}\d) \|/gm)].map(([, name = ""]) => name);
  expect(named).toEqual(expect.arrayContaining(["R1", "C1", "D1", "Q1"]));
  const drawn = [...read("circuit.svg").matchAll(/>([A-Z]{1,2}\d)[ <]/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !drawn.includes(name))).toEqual([]);
});

const PAGES = ["parts", "circuit", "bring-up", ...BOARD_IDS];

test.each(PAGES)("docs/boards/%s.md says at its top that nothing was tried on hardware", (page) => {
  const file = join(root, `docs/boards/${page}.md`);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8").slice(0, 600)).toMatch(
    /Nothing (?:here|on this page) was (?:ever )?tried on hardware/,
  );
});
