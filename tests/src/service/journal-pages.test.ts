import { expect, test } from "vitest";
import { LogRing, readLogEntries } from "../../../link/log-entries";
import { JournalCode } from "../../../src/record/journal";
import { ringEntries } from "../../../src/record/event-log";
import { ENTRIES_IN_PAGE, SealedKind, ServiceStatus } from "../../../src/service/protocol";
import { opened } from "./attacked-pump";
import { joined } from "./key-holder";

test.each([
  [LogRing.events, JournalCode.tubeChanged],
  [LogRing.faults, JournalCode.alarmRaised],
])(
  "ring %i of the journal is read whole, from its oldest entry on, wherever in the memory that lies (LNK-035)",
  (ring, code) => {
    const { served, clinician } = opened();
    const { store } = served.service;
    const log = served.pump.eventLog;
    const taken = ring === LogRing.faults ? log.faults : log.events;
    const room = ringEntries(ring === LogRing.faults, store.capacityWords);
    /** What an entry says is its own number. */
    const fill = (count: number): void => {
      while (taken.count < count) log.keep(store, code, served.nowMs, taken.count, 0, 0, 0);
    };
    const page = (from: number) => {
      expect(clinician.send(SealedKind.log, joined([ring, 0, 0, 0], new Uint8Array(Uint32Array.of(from).buffer)))).toBe(
        ServiceStatus.done,
      );
      const body = new DataView(clinician.body.buffer);
      expect(body.getUint32(0, true)).toBe(taken.count);
      return readLogEntries(clinician.body.subarray(8), body.getUint32(4, true));
    };
    // Around its end for the third time, and not at the beginning of a page.
    fill(2 * room + 21);
    for (const from of [0, taken.count - room - 1, taken.count - room]) {
      let next = from;
      const oldest = taken.count - room;
      for (let first = oldest; first < taken.count; first = next) {
        const entries = page(next);
        expect(entries.length).toBeGreaterThan(0);
        expect(entries.length).toBeLessThanOrEqual(ENTRIES_IN_PAGE);
        entries.forEach(({ number, numbers: [says], isIntact }, place) => {
          expect([number, says, isIntact]).toEqual([first + place, first + place, true]);
        });
        next = first + entries.length;
      }
      expect(next).toBe(taken.count);
    }
    expect(page(taken.count)).toEqual([]);
    expect(page(4294967295)).toEqual([]);
  },
);
