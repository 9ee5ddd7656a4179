import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { LATEST_WALL_MS, WallClock } from "../../src/clock";

const DAY_MS = 86400000;

test("is not known until it is set; then it goes on with core time", () => {
  const clock = new WallClock();
  expect(clock.known).toBe(false);
  expect(clock.setTo(9000 * DAY_MS + 5, 1000)).toBe(0);
  expect([clock.known, clock.wallMs(3000)]).toEqual([true, 9000 * DAY_MS + 2005]);
  expect([clock.day(3000), clock.timeOfDayMs(3000)]).toEqual([9000, 2005]);
});

test("says by how much setting moved it, forwards and back; after it was lost it says 0 (TIM-004)", () => {
  const clock = new WallClock();
  clock.setTo(DAY_MS, 0);
  expect(clock.setTo(DAY_MS + 3700000, 100000)).toBe(3600000);
  expect(clock.setTo(DAY_MS + 200000, 200000)).toBe(-3600000);
  clock.known = false;
  expect(clock.setTo(5 * DAY_MS, 300000)).toBe(0);
});

test("midnight is the first instant of the next day", () => {
  const clock = new WallClock();
  clock.setTo(0, 777);
  expect([clock.day(777), clock.timeOfDayMs(777)]).toEqual([0, 0]);
  expect([clock.day(777 + DAY_MS - 1), clock.timeOfDayMs(777 + DAY_MS - 1)]).toEqual([0, DAY_MS - 1]);
  expect([clock.day(777 + DAY_MS), clock.timeOfDayMs(777 + DAY_MS)]).toEqual([1, 0]);
});

property.prop([
  fc.integer({ min: 0, max: LATEST_WALL_MS }),
  fc.integer({ min: 0, max: 2 ** 45 }),
  fc.integer({ min: 0, max: 2 ** 40 }),
])("day and time of day are those of the calendar, whenever it was set", (wallMs, setAtMs, laterMs) => {
  const clock = new WallClock();
  clock.setTo(wallMs, setAtMs);
  const nowMs = setAtMs + laterMs;
  const exact = BigInt(wallMs) + BigInt(laterMs);
  expect(clock.day(nowMs)).toBe(Number(exact / BigInt(DAY_MS)));
  expect(clock.timeOfDayMs(nowMs)).toBe(Number(exact % BigInt(DAY_MS)));
});
