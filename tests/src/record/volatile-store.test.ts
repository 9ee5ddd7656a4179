import { expect, test } from "vitest";
import { VolatileStore } from "../../../src/record/volatile-store";
import { NEVER_MS } from "../../../src/units";

test("a memory that keeps nothing still reports each commit, once, after the longest time of a write", () => {
  const store = new VolatileStore(null, 0);
  expect([store.capacityWords, store.doneMs]).toEqual([0, NEVER_MS]);
  store.write(0, [1, 2, 3], 3);
  expect(store.doneMs).toBe(NEVER_MS);
  store.commit(7, 1000);
  expect([store.doneSequence, store.doneMs]).toEqual([7, 1005]);
  store.takeReport();
  expect(store.doneMs).toBe(NEVER_MS);
});

test("its witness is shown each write", () => {
  const shown: unknown[] = [];
  const store = new VolatileStore({ memory: (...write) => shown.push(write) }, 100);
  store.write(16, [1, 2, 3], 2);
  expect([store.capacityWords, shown]).toEqual([100, [[16, [1, 2, 3], 2]]]);
});
