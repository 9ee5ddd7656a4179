import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { Inbox, INBOX_SLOTS } from "../../src/inbox";
import { NEVER_MS } from "../../src/units";

/** Ids of everything that waits, in the order in which it is handed over. */
function takeAll(inbox: Inbox): number[] {
  const ids: number[] = [];
  while (inbox.firstMs !== NEVER_MS) ids.push(inbox.takeFirst().id);
  return ids;
}

describe("the inbox", () => {
  property.prop([fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: INBOX_SLOTS })])(
    "hands over by time, and in order of arrival within an instant",
    (times) => {
      const inbox = new Inbox();
      times.forEach((atMs, id) => {
        inbox.add(EventKind.requestBolus, atMs, id, 0, 0);
      });
      expect(inbox.firstMs).toBe(times.length === 0 ? NEVER_MS : Math.min(...times));
      const expected = times.map((atMs, id) => ({ atMs, id })).sort((a, b) => a.atMs - b.atMs);
      expect(takeAll(inbox)).toEqual(expected.map(({ id }) => id));
    },
  );

  test("keeps its order when events come and go", () => {
    const inbox = new Inbox();
    for (let id = 0; id < 40; id++) {
      inbox.add(EventKind.requestBolus, 100 + id, id, 0, 0);
      if (id >= 6) expect(inbox.takeFirst().id).toBe(id - 6);
    }
    expect(takeAll(inbox)).toHaveLength(6);
  });

  test("a slot is filled whole: nothing of an earlier event shows", () => {
    const inbox = new Inbox();
    inbox.add(EventKind.refill, 1, 7, 8, 9);
    inbox.takeFirst();
    inbox.add(EventKind.stop, 2, 0, 0, 0);
    expect(inbox.takeFirst()).toMatchObject({ kind: EventKind.stop, id: 0, count: 0, detail: 0 });
  });

  test("when it is full a newcomer is lost, and nothing that waits", () => {
    const inbox = new Inbox();
    for (let id = 1; id <= INBOX_SLOTS; id++) inbox.add(EventKind.requestBolus, id, id, 0, 0);
    inbox.add(EventKind.requestBolus, 0, 99, 0, 0);
    expect(takeAll(inbox)).toEqual(Array.from({ length: INBOX_SLOTS }, (_, index) => index + 1));
  });

  test.each([
    ["what a sensor has found stays", 7, 7, 1],
    ["only then does it take what a sensor has found", 8, 7, 0],
  ])("a stop in a full inbox takes the place of an order: %s", (_, detected, detectedLeft, ordersBefore) => {
    const inbox = new Inbox();
    for (let id = 0; id < INBOX_SLOTS - detected; id++) inbox.add(EventKind.requestBolus, 100, id, 0, 0);
    for (let id = 0; id < detected; id++) inbox.add(EventKind.detected, 100, id, 0, 0);
    expect(INBOX_SLOTS - detected).toBe(ordersBefore);
    inbox.add(EventKind.stop, 200, 0, 0, 0);
    const taken: EventKind[] = [];
    while (inbox.firstMs !== NEVER_MS) taken.push(inbox.takeFirst().kind);
    expect(taken.filter((kind) => kind === EventKind.detected)).toHaveLength(detectedLeft);
    expect(taken.filter((kind) => kind === EventKind.stop)).toHaveLength(1);
  });

  property.prop([fc.array(fc.constantFrom(EventKind.requestBolus, EventKind.confirm), { maxLength: 40 }), fc.nat(40)])(
    "a stop is handed over, whatever waited before it and whatever floods in after it",
    (flood, place) => {
      const inbox = new Inbox();
      const kinds = [...flood.slice(0, place), EventKind.stop, ...flood.slice(place)];
      kinds.forEach((kind, index) => {
        inbox.add(kind, 100 + index, index, 0, 0);
      });
      const taken: EventKind[] = [];
      while (inbox.firstMs !== NEVER_MS) taken.push(inbox.takeFirst().kind);
      expect(taken).toHaveLength(Math.min(kinds.length, INBOX_SLOTS));
      expect(taken).toContain(EventKind.stop);
    },
  );
});
