import { describe, expect, test } from "vitest";
import { unpackEntries } from "../../../link/entries";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { awaitOrder, OrderWatch } from "../../../src/service/order-watch";
import type { Entry } from "../powered-pump";
import { strictBytes } from "./strict-bytes";

/** A watch, what the journal behind it was told, and how often somebody was told of changes. */
function watched() {
  const passedOn: Entry[] = [];
  const answer = strictBytes(236);
  const watch = new OrderWatch(answer, { write: (...entry) => passedOn.push(entry) });
  const calls: number[] = [];
  watch.listener = { changed: () => calls.push(watch.changes) };
  return { watch, passedOn, calls, said: () => unpackEntries(answer.bytes.slice(10, watch.packer.place)) };
}

describe("what is said about an order", () => {
  test("is what the pump says between the order's own entry and the next input's, of its kind and its id (LNK-039)", () => {
    const { watch, passedOn, said } = watched();
    const told: Entry[] = [
      [JournalCode.alarmRaised, 1, 1, 0, 0, 0],
      [EventKind.refill, 1, 0, 0, 0, 8],
      [JournalCode.alarmRaised, 1, 2, 0, 0, 0],
      [EventKind.stop, 1, 0, 0, 0, 7],
      [JournalCode.alarmRaised, 1, 3, 0, 0, 0],
    ];
    const own: Entry[] = [
      [EventKind.refill, 2, 0, 15000000, 0, 7],
      [JournalCode.refillDrugs, 2, 1000, 0, 0, 0],
      [64, 2, -1, 5, 6, 7],
      [JournalCode.storeWrite, 2, 9, 9, 9, 9],
      [JournalCode.access, 3, 1, 2, 3, 4],
      [ReportRow.end, 3, 4, 3, 2, 1],
    ];
    const later: Entry[] = [
      [JournalCode.inputsLost, 3, 1, 7, 0, 0],
      [JournalCode.alarmRaised, 3, 5, 0, 0, 0],
      [EventKind.refill, 4, 0, 0, 0, 7],
      [JournalCode.alarmRaised, 4, 6, 0, 0, 0],
    ];
    for (const entry of told.slice(0, 1)) watch.write(...entry);
    awaitOrder(watch, EventKind.refill, 7, 10, 220);
    for (const entry of told.slice(1)) watch.write(...entry);
    expect([watch.isServed, watch.awaited, said()]).toEqual([false, EventKind.refill, []]);
    for (const entry of own) watch.write(...entry);
    expect([watch.isServed, watch.awaited]).toEqual([true, 0]);
    // The same order once more is another input: it is awaited no longer.
    for (const entry of later) watch.write(...entry);
    expect(said()).toEqual([
      { code: 64, a: -1, b: 5, c: 6, d: 7 },
      { code: JournalCode.access, a: 1, b: 2, c: 3, d: 4 },
      { code: ReportRow.end, a: 4, b: 3, c: 2, d: 1 },
    ]);
    expect(passedOn).toEqual([...told, ...own, ...later]);
  });

  test("is asked for anew with each order: nothing of the one before is left (LNK-039)", () => {
    const { watch, said } = watched();
    expect([watch.isServed, watch.isOpen]).toEqual([false, false]);
    awaitOrder(watch, EventKind.stop, 1, 10, 220);
    watch.write(EventKind.stop, 1, 0, 0, 0, 1);
    watch.write(JournalCode.stopped, 1, 0, 0, 0, 0);
    awaitOrder(watch, EventKind.start, 2, 10, 220);
    watch.write(JournalCode.alarmRaised, 1, 2, 0, 0, 0);
    expect([watch.isServed, said()]).toEqual([false, []]);
  });
});

test("changes are the pump's own entries, and are told while a client is there (LNK-039)", () => {
  const { watch, calls } = watched();
  watch.clientUntilMs = 1000;
  for (const code of [63, JournalCode.storeWrite, EventKind.stop, 106, ReportRow.identity])
    watch.write(code, 1, 0, 0, 0, 0);
  expect([watch.changes, watch.lastCode, calls]).toEqual([0, 0, []]);
  watch.write(64, 998, 0, 0, 0, 0);
  watch.write(JournalCode.access, 999, 0, 0, 0, 0);
  expect([watch.changes, watch.lastCode, calls]).toEqual([2, JournalCode.access, [1, 2]]);
  watch.write(JournalCode.stopped, 1000, 0, 0, 0, 0);
  expect([watch.changes, watch.lastCode, calls]).toEqual([3, JournalCode.stopped, [1, 2]]);
  watch.listener = null;
  watch.write(64, 0, 0, 0, 0, 0);
  expect([watch.changes, watch.lastCode]).toEqual([4, 64]);
});
