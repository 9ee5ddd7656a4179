import { expect, test } from "vitest";
import { OPEN_BOARD_IMPORTS, openBoard } from "./open-board";
import { buildProbe, CONFIG_NUMBERS, FULLEST_PUMP, runProbe } from "./probe";

/** Of the heap's 64 kB; an ESP32-S2 has 40. */
const MOST_HELD_BYTES = 40 * 1024;

/** The runtime's panic for an exhausted heap. */
const OUT_OF_MEMORY = 60004;

/** Makes a chain of small blocks, each an array that holds the one before, and tells how many there are, until there is no more room. */
const FILL_HEAP = `
type SynchronousMessage = (topic: string, data: Buffer) => void;

async function fillHeap(): Promise<void> {
  // Until then every fiber has gone to sleep.
  await ds.sleep(50);
  const send = ds._twinMessage as unknown as SynchronousMessage;
  const message = Buffer.alloc(4);
  let chain: any[] = [];
  for (let blocks = 1; blocks < 3000; blocks++) {
    chain = [chain];
    message.setAt(0, "u32", blocks);
    send("probe", message);
  }
}
`;

const EMPTY = `import * as ds from "@devicescript/core";
${FILL_HEAP}
await fillHeap();
`;

/** Holds what is known: it tells how much of the heap one block takes, list and headers included. */
const KNOWN_BYTES = 20000;
const HOLDS_KNOWN = `import * as ds from "@devicescript/core";
${FILL_HEAP}
const held = Buffer.alloc(${KNOWN_BYTES});
await fillHeap();
console.log(held.length);
`;

/** As `boards/simulated/on-simulator`, with a configuration that is there already. */
const ON_SIMULATOR = `import * as ds from "@devicescript/core";
import { ControlLoop } from "../src/control-loop";
import { readConfig } from "../src/config";
import { Pump } from "../src/pump";
import { CoreClock, Shell } from "./shell";
import { HostLink } from "./simulated/host-link";
import { IdealStepDriver, SilentAnnunciator } from "../src/simulation/ideal-ports";
import { VolatileStore } from "../src/record/volatile-store";
${FILL_HEAP}
const host = new HostLink();
host.config = readConfig(JSON.parse("${CONFIG_NUMBERS}") as number[]);
host.restored.filledNl = 20000000;
const clock = new CoreClock(0);
const shell = new Shell();
const pump = new Pump(host.config, host.restored);
host.restored = null;
const loop = new ControlLoop(
  pump,
  new IdealStepDriver(host.config.strokeMs, host, pump.guard),
  new VolatileStore(host, 8192),
  new SilentAnnunciator(),
  host,
);
host.lists[2] = pump.draft;
host.inbox = loop.inbox;
host.shell = shell;
async function therapy(): Promise<void> {
  await shell.run(loop, clock, host);
}
therapy.start();
await fillHeap();
console.log(loop.inbox.firstMs);
`;

/**
 * `boards/on-board` itself with all parts that a pump file can declare, and with pins that lead nowhere: the runtime here has no GPIO, nor a
 * server for the button. On its bus a memory answers that is blank, and a clock that was never set.
 */
const ON_BOARD = `${OPEN_BOARD_IMPORTS}
${FILL_HEAP}
let written: Buffer = Buffer.alloc(2);

/** Keeps the last write, which is all that is asked for again. */
function answer(_address: number, out: Buffer, into: Buffer): number {
  if (out.length > 2) written = out;
  if (into && out.length === 2)
    if (out.getAt(0, "u16") === written.getAt(0, "u16")) into.blitAt(0, written, 2, into.length);
  return 0;
}
${openBoard({ level: 0.5, answer: "answer" })}
pumpOnOpenBoard.start();
// Until the memory has been read.
await ds.sleep(500);
await fillHeap();
`;

/** Blocks that the program could still take. */
async function freeBlocks(name: string, text: string, pumpFile?: string): Promise<number> {
  const run = await runProbe(await buildProbe(name, text, pumpFile));
  expect(run.panicCode, run.lines.join("\n")).toBe(OUT_OF_MEMORY);
  expect(run.messages.at(-1)).toBe(run.messages.length);
  return run.messages.length;
}

/*
 * Counted in blocks of about 90 bytes, so the figure errs by a block, and by the holes that set-up leaves and that are too small for
 * one: then it says too much. The runtime in the command-line tool is a 32-bit one, like those of the boards.
 */
test("the pump holds at most 40 kB of heap, with all of its fibers asleep (SAF-008)", async () => {
  const [empty, known, simulated, board] = await Promise.all([
    freeBlocks("heap-probe-empty", EMPTY),
    freeBlocks("heap-probe-known", HOLDS_KNOWN),
    freeBlocks("heap-probe-simulator", ON_SIMULATOR),
    freeBlocks("heap-probe-board", ON_BOARD, FULLEST_PUMP),
  ]);
  const blockBytes = KNOWN_BYTES / (empty - known);
  const [wholeBytes, simulatedBytes, boardBytes] = [empty, empty - simulated, empty - board].map((blocks) =>
    Math.round(blocks * blockBytes),
  ) as [number, number, number];
  console.log(`heap held: ${simulatedBytes} bytes in the simulator, ${boardBytes} on a board, of ${wholeBytes}`);
  // The heap is 64 kB, of which an empty program leaves nearly all; the pump was never under 12 kB.
  expect(wholeBytes).toBeGreaterThan(60000);
  expect(wholeBytes).toBeLessThan(65536);
  expect(Math.min(simulatedBytes, boardBytes)).toBeGreaterThan(12000);
  expect(simulatedBytes).toBeLessThanOrEqual(MOST_HELD_BYTES);
  expect(boardBytes).toBeLessThanOrEqual(MOST_HELD_BYTES);
});
