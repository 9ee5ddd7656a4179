import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusHistory } from "../../../src/delivery/bolus-history";
import { NOTHING_BEFORE_MS } from "../../../src/delivery/rolling-window";
import { MOST_BOLUSES_PER_24H } from "../../../src/prescription/prescription";

const DAY_MS = 86400000;

describe("boluses in the rolling 24 h", () => {
  test("with none granted there is room from the first instant", () => {
    for (const most of [1, MOST_BOLUSES_PER_24H])
      expect(new BolusHistory(NOTHING_BEFORE_MS).roomAgainMs(most)).toBeLessThanOrEqual(0);
  });

  test("what is not known counts as all that could be granted (LIM-008)", () => {
    const history = new BolusHistory(7000);
    for (const most of [1, MOST_BOLUSES_PER_24H]) expect(history.roomAgainMs(most)).toBe(7000 + DAY_MS);
  });

  test("a grant leaves exactly 24 h later (BOL-003)", () => {
    const history = new BolusHistory(NOTHING_BEFORE_MS);
    history.recordGrant(5000);
    expect(history.roomAgainMs(1)).toBe(5000 + DAY_MS);
    expect(history.roomAgainMs(2)).toBeLessThanOrEqual(0);
  });

  property.prop([
    fc.array(fc.integer({ min: 0, max: DAY_MS / 10 }), { maxLength: 120 }),
    fc.integer({ min: 1, max: MOST_BOLUSES_PER_24H }),
  ])("agrees with a plain list of grants, around the ring and to its full depth", (gaps, most) => {
    const history = new BolusHistory(NOTHING_BEFORE_MS);
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
    const history = new BolusHistory(NOTHING_BEFORE_MS);
    for (const id of [1, 2, 7, 1000]) {
      expect(history.hasSeen(id)).toBe(false);
      history.highestId = id;
    }
    for (const id of [1, 2, 5, 7, 1000]) expect(history.hasSeen(id)).toBe(true);
    expect(history.hasSeen(1001)).toBe(false);
  });

  test("what is no id is taken for one that was seen", () => {
    const history = new BolusHistory(NOTHING_BEFORE_MS);
    for (const id of [0, -1, NaN, Infinity, 1.5]) expect(history.hasSeen(id)).toBe(true);
  });
});
