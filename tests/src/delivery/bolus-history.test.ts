import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusHistory } from "../../../src/delivery/bolus-history";
import { MOST_BOLUSES_PER_24H } from "../../../src/prescription/prescription";
import { RecordFlag, StateRecord } from "../../../src/record/state-record";

const DAY_MS = 86400000;

describe("boluses in the rolling 24 h", () => {
  test("with none granted there is room from the first instant", () => {
    for (const most of [1, MOST_BOLUSES_PER_24H])
      expect(new BolusHistory(new StateRecord()).roomAgainMs(most)).toBeLessThanOrEqual(0);
  });

  test("goes on behind a ledger: grants by their own time, a bolus that was under way has ended (LIM-008)", () => {
    const ledger = Object.assign(new StateRecord(), {
      coreMs: 9000,
      lastEndMs: 100,
      highestId: 12,
      grants: 60,
      grantsMs: [7000, 4000, 10],
    });
    const history = new BolusHistory(ledger);
    expect([1, 2, 3].map((most) => history.roomAgainMs(most) - DAY_MS)).toEqual([7000, 4000, 10]);
    expect(history.roomAgainMs(4)).toBeLessThanOrEqual(0);
    expect([history.lastEndMs, history.highestId, history.grants]).toEqual([100, 12, 60]);
    ledger.flags = RecordFlag.demandUnderWay;
    expect(new BolusHistory(ledger).lastEndMs).toBe(9000);
  });

  test("a grant leaves exactly 24 h later (BOL-003)", () => {
    const history = new BolusHistory(new StateRecord());
    history.recordGrant(5000);
    expect(history.roomAgainMs(1)).toBe(5000 + DAY_MS);
    expect(history.roomAgainMs(2)).toBeLessThanOrEqual(0);
  });

  property.prop([
    fc.array(fc.integer({ min: 0, max: DAY_MS / 10 }), { maxLength: 120 }),
    fc.integer({ min: 1, max: MOST_BOLUSES_PER_24H }),
  ])("agrees with a plain list of grants, around the ring and to its full depth", (gaps, most) => {
    const history = new BolusHistory(new StateRecord());
    const grants: number[] = [];
    let atMs = 0;
    for (const gap of gaps) {
      atMs += gap;
      // The pump asks before each grant, so that never more than MOST_BOLUSES_PER_24H lie in 24 h.
      if (atMs < history.roomAgainMs(MOST_BOLUSES_PER_24H)) atMs = history.roomAgainMs(MOST_BOLUSES_PER_24H);
      history.recordGrant(atMs);
      grants.push(atMs);
      const recentAt = (t: number): number => grants.filter((at) => at > t - DAY_MS).length;
      const room = history.roomAgainMs(most);
      expect(recentAt(atMs) < most).toBe(room <= atMs);
      if (room > atMs) {
        expect(recentAt(room)).toBeLessThan(most);
        expect(recentAt(room - 1)).toBeGreaterThanOrEqual(most);
      }
    }
  });
});

describe("requests seen before", () => {
  test("are all that are not higher than the highest, however many came since (BOL-006)", () => {
    const history = new BolusHistory(new StateRecord());
    for (const id of [1, 2, 7, 1000]) {
      expect(history.hasSeen(id)).toBe(false);
      history.highestId = id;
    }
    for (const id of [1, 2, 5, 7, 1000]) expect(history.hasSeen(id)).toBe(true);
    expect(history.hasSeen(1001)).toBe(false);
  });

  test("what is no id is taken for one that was seen", () => {
    const history = new BolusHistory(new StateRecord());
    for (const id of [0, -1, NaN, Infinity, 1.5]) expect(history.hasSeen(id)).toBe(true);
  });
});
