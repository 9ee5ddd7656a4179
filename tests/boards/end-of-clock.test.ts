import { expect, test } from "vitest";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { RESTART_AFTER_MS, RESTART_BEFORE_MS } from "../../src/control-loop";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProbe } from "./probe";
import { ProbeBoard } from "./probe-board";
import { ProbeCode, THERAPY_AT_ONCE } from "./whole-pump-probe";

const HOUR_MS = 3600000;
/** Where the clock of the runtime ends: 49.7 days. */
const CLOCK_END_MS = 2 ** 32;
/** An ESP32's main loop turns each 10 ms. */
const GRID_MS = 10;

/** Says something each second, for good. */
const METRONOME = `import * as ds from "@devicescript/core";
type SynchronousMessage = (topic: string, data: Buffer) => void;
const message = Buffer.alloc(48);
async function main(): Promise<void> {
  const send = ds._twinMessage as unknown as SynchronousMessage;
  message.setAt(0, "f64", 1);
  while (message.length !== 0) {
    message.setAt(8, "f64", ds.millis());
    send("probe", message);
    await ds.sleep(1000);
  }
}
await main();
`;

/** Lets time pass to `endMs` of uptime in steps of an hour, which the runtime's clock notices, and some turns of the main loop after each. */
function hourly(board: ProbeBoard, fromMs: number, endMs: number): void {
  for (let ms = fromMs; ms < endMs; ms += HOUR_MS) {
    board.standStill(Math.min(HOUR_MS, endMs - ms) - 1000);
    board.run(1000, GRID_MS);
  }
}

test("a program that lives to the end of the runtime's clock sleeps for good (trap A)", async () => {
  const board = new ProbeBoard(await loadRuntimeModule(checkoutRoot()), undefined);
  board.deploy(await buildProbe("metronome-probe", METRONOME));
  hourly(board, 0, CLOCK_END_MS - 10000);
  board.run(60000, GRID_MS);
  const lastMs = board.told.at(-1)?.atMs ?? 0;
  expect(lastMs).toBeGreaterThan(CLOCK_END_MS - 2000);
  const told = board.told.length;
  board.run(600000, GRID_MS);
  expect(board.told).toHaveLength(told);
});

test("the pump starts its runtime anew long before that, at rest, and nothing moves after (trap A)", async () => {
  const board = new ProbeBoard(await loadRuntimeModule(checkoutRoot()), undefined);
  board.deploy(await buildProbe("therapy-probe", THERAPY_AT_ONCE));
  board.run(60000);
  expect(board.of(ProbeCode.pulse).length).toBeGreaterThan(0);
  hourly(board, 60000, RESTART_AFTER_MS - HOUR_MS);
  // The runtime in the command-line tool ends its process where a board is reset.
  expect(() => board.run(2 * HOUR_MS, GRID_MS)).toThrow("the board was reset");
  expect(board.of(ProbeCode.enable).at(-1)?.a).toBe(0);
  expect(RESTART_BEFORE_MS).toBeLessThan(2 ** 31);
});
