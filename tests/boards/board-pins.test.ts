import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BOARD_PARTS } from "../../config/board-pins";
import { BOARD_IDS } from "../../config/boards";
import { checkoutRoot } from "../../toolchain/checkout";
import { listBoards } from "../../toolchain/devicescript/boards";

const root = checkoutRoot();

/** What a board's file says of its pins. */
interface BoardFile {
  readonly productId: string;
  readonly archId: string;
  readonly i2c: { readonly pinSDA: number; readonly pinSCL: number; readonly kHz: number };
  readonly pins: Readonly<Record<string, number>>;
  readonly sPin: Readonly<Record<string, number>>;
}

/** What a chip's pins can do. */
interface ChipPins {
  readonly io: readonly number[];
  readonly inputOnly: readonly number[];
  readonly analog: readonly number[];
  /** Pins that the chip itself reads or drives while it starts: nothing that moves or switches a motor may hang on one. */
  readonly usedAtBoot: readonly number[];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * Analog and boot pins: `arch.json` of each chip in microsoft/devicescript-esp32 (f6aec45) and devicescript-pico (fe4a4e8), and their `adc.c`.
 * Left out of `io`: flash, memory, USB, the serial line of an ESP32's USB bridge (1 and 3), and what a Pico has on its own board (23, 24,
 * 29). Besides straps, boot text and JTAG of the ESP32 count as used at boot: data sheets of ESP32 and ESP32-C3, "Strapping Pins".
 */
const CHIPS: Readonly<Record<string, ChipPins>> = {
  esp32: {
    io: [0, 2, 4, 5, ...range(12, 15), 18, 19, 21, 22, 23, 25, 26, 27, 32, 33],
    inputOnly: range(34, 39),
    analog: range(32, 39),
    usedAtBoot: [0, 2, 5, 12, 13, 14, 15],
  },
  esp32c3: { io: [...range(0, 10), 20, 21], inputOnly: [], analog: range(0, 4), usedAtBoot: [2, 8, 9, 20, 21] },
  rp2040: { io: [...range(0, 22), 25, 26, 27, 28], inputOnly: [], analog: range(26, 28), usedAtBoot: [] },
};

const NEEDED = ["STEP", "DIR", "EN", "HEARTBEAT", "BUTTON", "LED", "BUZZER"];
const OPTIONAL = ["ROLLER", "OCCLUSION", "AIR", "BATTERY", "KICK"];
const OUTPUTS = ["STEP", "DIR", "EN", "HEARTBEAT", "LED", "BUZZER", "KICK"];
const ANALOG = ["OCCLUSION", "BATTERY"];
/** What would turn, switch or sound by itself if the chip's start moved its pin. */
const QUIET = ["STEP", "DIR", "EN", "HEARTBEAT", "BUZZER"];

function boardFile(board: string): BoardFile {
  return JSON.parse(readFileSync(join(root, `boards/${board}.board.json`), "utf8")) as BoardFile;
}

test("every board that can be named has a file, a product number of its own, and nothing else has", async () => {
  expect([...BOARD_IDS].sort()).toEqual(await listBoards(root));
  const numbers = BOARD_IDS.map((board) => boardFile(board).productId);
  expect(new Set(numbers).size).toBe(BOARD_IDS.length);
  for (const number of numbers) expect(number).toMatch(/^0x3[0-9a-f]{7}$/);
});

describe.each(BOARD_IDS)("%s", (board) => {
  const { archId, pins, i2c, sPin } = boardFile(board);
  const { io, inputOnly, analog, usedAtBoot } = CHIPS[archId] ?? { io: [], inputOnly: [], analog: [], usedAtBoot: [] };
  const pinOf = (label: string): number => pins[label] ?? NaN;

  test("has every line that a pump needs, each on a pin of its own that can do it (BRD-001)", () => {
    expect(Object.keys(pins)).toEqual(expect.arrayContaining(NEEDED));
    const used = [...Object.values(pins), i2c.pinSDA, i2c.pinSCL];
    expect(new Set(used).size, "two lines on one pin").toBe(used.length);
    for (const pin of used) expect([...io, ...inputOnly]).toContain(pin);
    for (const label of OUTPUTS.filter((name) => name in pins)) expect(io, label).toContain(pinOf(label));
    for (const label of ANALOG.filter((name) => name in pins)) expect(analog, label).toContain(pinOf(label));
    expect([io.includes(i2c.pinSDA), io.includes(i2c.pinSCL), i2c.kHz]).toEqual([true, true, 400]);
    // Of an RP2040 the runtime wants SDA even, SCL odd, both of one I2C block (devicescript-pico: src/i2c.c).
    const isBlock = i2c.pinSDA % 2 === 0 && i2c.pinSCL % 2 === 1 && ((i2c.pinSDA >> 1) & 1) === ((i2c.pinSCL >> 1) & 1);
    expect(archId !== "rp2040" || isBlock).toBe(true);
  });

  test("has motor and buzzer on pins that the chip leaves alone while it starts, at rest before the program runs (BRD-002)", () => {
    for (const label of QUIET) expect(usedAtBoot, label).not.toContain(pinOf(label));
    const rest = Object.fromEntries(
      OUTPUTS.filter((label) => label in pins && label !== "LED").map((label) => [label, 0]),
    );
    expect(sPin).toEqual({ ...rest, EN: 1 });
  });

  test("lets a pump file declare the parts that it has pins for, and no others", () => {
    expect([...BOARD_PARTS[board].pins].sort()).toEqual(OPTIONAL.filter((label) => label in pins).sort());
    expect([...NEEDED, ...OPTIONAL]).toEqual(expect.arrayContaining(Object.keys(pins)));
  });
});
