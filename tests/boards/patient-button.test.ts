import { expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { boardCode } from "./board-code";
import { PumpBench } from "./pump-bench";

/** Requests that reach the pump when the contact goes down and up at these instants, in ms of core time. */
async function requestsOf(contact: readonly ["down" | "up", number][]): Promise<[id: number, atMs: number][]> {
  const bench = new PumpBench();
  for (const [change, atMs] of contact) {
    await bench.runTo(atMs);
    bench.board.start(() => bench.button[change]());
  }
  await bench.runTo(60000);
  return bench.of(EventKind.requestBolus).map(([, atMs, id]) => [id, atMs]);
}

test("a press is one request, however often the contact bounces when it closes and opens", async () => {
  const requests = await requestsOf([
    ["down", 1000],
    ["up", 1009],
    ["down", 1018],
    ["up", 1800],
    ["down", 1809],
    ["up", 1818],
  ]);
  expect(requests).toStrictEqual([[1, 1000]]);
});

test("presses that a person can make are requests of their own, from the instant at which bouncing is over", async () => {
  const bounceMs = boardCode.BOUNCE_MS;
  const requests = await requestsOf([
    ["down", 0],
    ["up", 500],
    ["down", 500 + bounceMs - 1],
    ["up", 1500],
    ["down", 1500 + bounceMs],
    ["up", 2500],
  ]);
  expect(requests).toStrictEqual([
    [1, 0],
    [2, 1500 + bounceMs],
  ]);
});
