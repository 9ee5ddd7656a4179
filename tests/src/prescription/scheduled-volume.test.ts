import { describe, expect, test } from "vitest";
import {
  basalPerDayNl,
  highestNlPerDay,
  longestBolusMs,
  lowestNlPerDay,
  mostBolusesPerDay,
  mostScheduledNl,
  stepAt,
  untilNextStepMs,
  volumePerDayNl,
} from "../../../src/prescription/scheduled-volume";
import { flexDay, prescribed } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;

describe("the most that can be scheduled in a span", () => {
  test.each([
    ["one at each end counts whole", DAY, 0, 0, 5],
    ["one that is an hour late changes nothing", DAY, H, 0, 5],
    ["one that is as late as can be is one more", DAY, 6 * H, 0, 6],
    ["at most one is late", DAY, 12 * H, 0, 6],
    ["a program of three", DAY, 0, 3, 3],
    ["a program of more than come", DAY, 0, 9, 5],
  ])("of a bolus every 6 h: %s", (_name, spanMs, lateMs, scheduledCount, boluses) => {
    const p = prescribed({ scheduledNl: 50000, scheduledMs: 600000, scheduledEveryMs: 6 * H, scheduledCount });
    expect(mostScheduledNl(p, spanMs, lateMs)).toBe(1000000 + boluses * 50000);
  });

  test("of a day with as many steps as there can be", () => {
    const day = Array.from({ length: 13 }, (_, hour): [number, number] => [hour * H, 24000 * (hour + 1)]);
    const p = prescribed(flexDay(...day));
    // 1 to 12 uL in an hour each, then 13 uL/h for 12 h.
    expect(basalPerDayNl(p)).toBe((78 + 156) * 1000);
    expect(highestNlPerDay(p)).toBe(312000);
  });
});

test.each([
  ["as prescribed", 600000, 600000],
  ["longer, when basal leaves no more than 23 mL/day for it", 60000, 86400],
])("a bolus lasts %s", (_name, overMs, lastsMs) => {
  expect(longestBolusMs(prescribed(), 24000000, 23000, overMs)).toBe(lastsMs);
});

test.each([
  ["as many as are prescribed", {}, 4],
  ["one less when the last would begin a day after the first", { lockoutMs: 12 * H - 600000, mostPer24h: 48 }, 2],
  ["none when there is no bolus", { bolusNl: 0 }, 0],
])("demand boluses of a day: %s", (_name, change, most) => {
  expect(mostBolusesPerDay(prescribed(change))).toBe(most);
});

describe("the step of the day", () => {
  const day = () => prescribed(flexDay([6 * H, 720000], [8 * H, 240000], [22 * H, 480000]));

  test.each([
    ["at midnight it is still that of last night", 0, 2, 6 * H],
    ["a ms before the first begins", 6 * H - 1, 2, 1],
    ["the first at its very start", 6 * H, 0, 2 * H],
    ["the second", 8 * H, 1, 14 * H],
    ["the last", 23 * H, 2, 7 * H],
  ])("%s", (_name, timeOfDayMs, step, untilNextMs) => {
    expect([stepAt(day(), timeOfDayMs), untilNextStepMs(day(), timeOfDayMs)]).toEqual([step, untilNextMs]);
  });

  test("the lowest rate may be that of any step; unused ones do not count", () => {
    expect(lowestNlPerDay(day())).toBe(240000);
    expect(lowestNlPerDay(prescribed(flexDay([0, 240000], [H, 480000])))).toBe(240000);
    expect(lowestNlPerDay(prescribed(flexDay([0, 480000], [H, 240000])))).toBe(240000);
  });
});

test.each([
  ["basal alone", {}, false, 1000000],
  ["with the demand boluses that are permitted", {}, true, 1000000 + 4 * 30000],
  ["with a scheduled bolus every 7 h, rounded up", { scheduledNl: 50000, scheduledEveryMs: 7 * H }, false, 1171429],
])("a day takes from the reservoir: %s", (_name, change, withDemandBoluses, takesNl) => {
  expect(volumePerDayNl(prescribed(change), withDemandBoluses)).toBe(takesNl);
});
