import { expect, test } from "vitest";
import { RuntimeProgram } from "../../../sim/engines/bytecode/runtime-program";
import { loadRuntimeModule } from "../../../sim/engines/node/runtime-module";
import { StateRecord } from "../../../src/record/state-record";
import { checkoutRoot } from "../../../toolchain/checkout";
import { buildProbe } from "../../boards/probe";
import { REFERENCE_PUMP } from "../../src/reference-pump";

/** Reads 100 words from word 10 on, then words that the memory does not answer for, then one word; tells what came, and when. */
const READER = `import * as ds from "@devicescript/core";
import { HostLink } from "./simulated/host-link";
const host = new HostLink();
await host.awaitConfiguration();
host.write(1001, 0, 0, 0, 0, 0);
host.beforeSleep(0);
const startMs = ds.millis();
async function ask(place: number, count: number): Promise<void> {
  const words: number[] = [];
  const isRead = await host.read(place, count, words);
  host.write(64, ds.millis() - startMs, isRead ? 1 : 0, words.length, count === words.length ? words[0] : 0, count === words.length ? words[count - 1] : 0);
  host.flush();
}
await ask(10, 100);
await ask(9000, 5);
await ask(4, 1);
while (ds.millis() > 0) await ds.sleep(1000);
`;

test("the program reads its memory through the host; one that does not answer is given up after 2 s", async () => {
  const [runtime, image] = await Promise.all([loadRuntimeModule(checkoutRoot()), buildProbe("reader-probe", READER)]);
  const told: number[][] = [];
  const asked: number[][] = [];
  const ports = {
    ready: () => undefined,
    stroke: () => undefined,
    memory: () => undefined,
    entry: (_code: number, ...numbers: number[]) => void told.push(numbers),
    read: (place: number, count: number) => {
      asked.push([place, count]);
      return place > 8000 ? undefined : Array.from({ length: count }, (_, i) => 4294967295 - place - i);
    },
  };
  const start = { config: REFERENCE_PUMP, record: new StateRecord(), image: [], capacityWords: 8192 };
  const program = new RuntimeProgram({ runtime, image, gridMs: 1 }, start, ports);
  for (let nowMs = 0; nowMs < 3000;) nowMs += program.idle(nowMs);
  expect(asked).toEqual([
    [10, 100],
    [9000, 5],
    [4, 1],
  ]);
  expect(told).toEqual([
    [0, 1, 100, 4294967285, 4294967186],
    [2000, 0, 0, 0, 0],
    [2000, 1, 1, 4294967291, 4294967291],
  ]);
});
