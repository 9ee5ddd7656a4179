import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BOARD_IDS, type BoardId } from "../../config/boards";
import { BOARD_LAYOUTS, type BoardLayout } from "./board-layouts";
import { BOARD_SIGNALS, type BoardSignal } from "./board-signals";

/** What a board file says of its pins. */
interface BoardFile {
  readonly pins: Readonly<Record<string, number>>;
  readonly i2c: { readonly pinSDA: number; readonly pinSCL: number };
}

/** One line of a board, with the pin that it is on. */
export interface Wire {
  readonly signal: BoardSignal;
  readonly gpio: number;
  /** What is printed at the pin. */
  readonly printed: string;
  /** What the line needs on this board. */
  readonly needs: string;
  /** What is special about it on this board; may be empty. */
  readonly remark: string;
}

/** The wiring of a board. */
export interface Wiring {
  readonly board: BoardId;
  readonly layout: BoardLayout;
  readonly wires: readonly Wire[];
  /** Signals that this board has no pin for. */
  readonly missing: readonly BoardSignal[];
}

/** The wiring of every board, from `boards/<id>.board.json`. Throws for a pin that the drawing of the board does not have. */
export function readWirings(root: string): Wiring[] {
  return BOARD_IDS.map((board) =>
    wiringOf(board, JSON.parse(readFileSync(join(root, `boards/${board}.board.json`), "utf8")) as BoardFile),
  );
}

/** The wiring that a board file asks for. */
export function wiringOf(board: BoardId, { pins, i2c }: BoardFile): Wiring {
  const layout = BOARD_LAYOUTS[board];
  const gpios: Readonly<Record<string, number>> = { ...pins, SDA: i2c.pinSDA, SCL: i2c.pinSCL };
  for (const label of Object.keys(gpios)) {
    if (!BOARD_SIGNALS.some((signal) => signal.label === label))
      throw new Error(`${board}: nobody knows what ${label} is`);
  }
  const wires = BOARD_SIGNALS.filter(({ label }) => label in gpios).map((signal) => {
    const gpio = gpios[signal.label] ?? NaN;
    return {
      signal,
      gpio,
      printed: printedAt(board, layout, gpio),
      needs: layout.needs[signal.label] ?? signal.needs,
      remark: layout.remarks[signal.label] ?? "",
    };
  });
  return { board, layout, wires, missing: BOARD_SIGNALS.filter(({ label }) => !(label in gpios)) };
}

function printedAt(board: BoardId, { left, right, onBoard, product }: BoardLayout, gpio: number): string {
  const pin = [...left, ...right, ...onBoard].find(([, number]) => number === gpio);
  if (pin === undefined) throw new Error(`${board}: the ${product} has no pin ${gpio}`);
  return pin[0];
}
