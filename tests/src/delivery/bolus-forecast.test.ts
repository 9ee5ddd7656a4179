import { describe, expect, test } from "vitest";
import { roomForBolusNl } from "../../../src/delivery/bolus-forecast";
import { NOTHING_BEFORE_MS, RollingWindow } from "../../../src/delivery/rolling-window";
import { StrokeVolume } from "../../../src/motion/stroke";
import { REFERENCE_PUMP } from "../reference-pump";

const DAY_MS = 86400000;
const BUCKET_MS = DAY_MS / 48;
/** 20,000 nL in each bucket. */
const BASAL = 960000;
const LIMIT_NL = 5000000;

function room(strokesNow: number, basalNlPerDay: number, owedNl: number, nowMs: number): number {
  const window = new RollingWindow();
  window.begin(DAY_MS, 0, NOTHING_BEFORE_MS);
  window.add(strokesNow);
  window.rollTo(nowMs);
  return roomForBolusNl(window, new StrokeVolume(REFERENCE_PUMP), LIMIT_NL, basalNlPerDay, owedNl, nowMs);
}

describe("the room that a bolus has", () => {
  test("is the limit less 49 buckets of basal and the stroke that may be owed from before", () => {
    expect(room(0, BASAL, 299, 0)).toBe(LIMIT_NL - 49 * 20000 - 300);
    expect(room(0, 0, 0, 0)).toBe(LIMIT_NL - 300);
  });

  test("is less by what the window remembers, by basal as long as it does, and by what is owed", () => {
    expect(room(10000, 0, 123, 0)).toBe(LIMIT_NL - 3000000 - 123);
    // The bucket leaves after 48 more: until then all 49 buckets of basal are added.
    expect(room(10000, BASAL, 123, 0)).toBe(LIMIT_NL - 3000000 - 49 * 20000 - 123);
    // Half a bucket later half a bucket of basal has been given already.
    expect(room(10000, BASAL, 123, BUCKET_MS / 2)).toBe(LIMIT_NL - 3000000 - 48 * 20000 - 10000 - 123);
  });

  test("is there again when the bucket has left, not a millisecond before", () => {
    expect(room(10000, 0, 0, 49 * BUCKET_MS - 1)).toBe(LIMIT_NL - 3000000);
    expect(room(10000, 0, 0, 49 * BUCKET_MS)).toBe(LIMIT_NL - 300);
  });

  test("is negative when basal has used up the limit", () => {
    expect(room(16000, BASAL, 0, 0)).toBe(LIMIT_NL - 4800000 - 49 * 20000);
  });
});
