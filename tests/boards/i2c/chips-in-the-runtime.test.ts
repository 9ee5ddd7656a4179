import { expect, test } from "vitest";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { buildProbe, runProbe } from "../probe";

/** 2026-03-01 08:00:30. */
const MARCH_MS = Date.UTC(2026, 2, 1, 8, 0, 30) - Date.UTC(2000, 0, 1);

/**
 * The drivers of memory and clock on bytecode, with a script in place of the bus: a memory of 32 kB of which a window of 256 bytes exists, and a clock. Each answer is
 * one message; at the end the program panics, which ends the run.
 */
const PROBE = `import * as ds from "@devicescript/core";
import { readRegisters, writeRegisters } from "./clock/calendar-registers";
import { FramStore } from "./memory/fram-store";
import { CoreClock, Shell } from "./shell";

type Bus = typeof ds & { _i2cTransaction(address: number, out: Buffer, into: Buffer): number };
type SynchronousMessage = (topic: string, data: Buffer) => void;
const cells = Buffer.alloc(260);
const message = Buffer.alloc(4);

function tell(value: number): void {
  message.setAt(0, "u32", value);
  (ds._twinMessage as unknown as SynchronousMessage)("probe", message);
}

/** The first 256 bytes, and the last word at 256. */
function answer(address: number, out: Buffer, into: Buffer): number {
  if (address !== 0x50) return -1;
  let at = (out.getAt(0, "u8") & 127) * 256 + out.getAt(1, "u8");
  if (at >= 0x7ffc) at -= 0x7ffc - 256;
  if (at > 256) at = 128;
  if (into) into.blitAt(0, cells, at, into.length);
  else cells.blitAt(at, out, 2, out.length - 2);
  return 0;
}

async function main(): Promise<void> {
  (ds as Bus)._i2cTransaction = answer;
  const store = new FramStore(0x50, 32768);
  const clock = new CoreClock(0);
  tell(+(await store.open(null)));
  tell(store.words.length);
  store.words = null;
  const other = new FramStore(0x51, 32768);
  tell(+(await other.open(null)));
  store.begin(null, clock, new Shell());
  store.write(3, [0xffffffff, 0x80000000, 0x7fffffff, 1], 4);
  store.commit(9, 0);
  tell(store.waiting);
  await ds.sleep(50);
  tell(store.waiting);
  tell(+(store.doneMs <= clock.nowMs()));
  tell(store.doneSequence);
  tell(cells.getAt(12, "u8"));
  tell(cells.getAt(19, "u8"));
  const words: number[] = [];
  tell(+(await store.read(3, 4, words)));
  for (let i = 0; i < 4; i++) tell(words[i]);
  const registers = Buffer.alloc(7);
  tell(+writeRegisters(registers, 0, ${MARCH_MS}));
  for (let i = 0; i < 7; i++) tell(registers.getAt(i, "u8"));
  tell(readRegisters(registers) - ${MARCH_MS});
  registers.setAt(5, "u8", 0x13);
  tell(-readRegisters(registers));
  ds.restart();
}
await main();
`;

test("memory and clock behave on bytecode as they do in Node", async () => {
  const { messages, lines } = await runProbe(await buildProbe("chips-probe", PROBE));
  expect(messages.slice(0, 23), lines.join("\n")).toEqual([
    ...[1, LEDGER_WORDS, 0],
    ...[1, 0, 1, 9, 255, 128],
    ...[1, 0xffffffff, 0x80000000, 0x7fffffff, 1],
    ...[1, 0x30, 0x00, 0x08, 0x01, 0x01, 0x03, 0x26],
    ...[0],
  ]);
  expect(messages[23]).toBe(1);
});
