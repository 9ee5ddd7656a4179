import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BUCKETS_IN_WINDOW, RING_BUCKETS } from "../../../src/delivery/bucket-ring";
import { RollingWindow } from "../../../src/delivery/rolling-window";

const HOUR_MS = 3600000;
const BUCKET_MS = HOUR_MS / BUCKETS_IN_WINDOW;

function within(times: readonly number[], nowMs: number, spanMs: number): number {
  return times.filter((at) => at > nowMs - spanMs && at <= nowMs).length;
}

describe("a rolling window of one hour", () => {
  test("counts a stroke until the last instant of its bucket has left, wherever in the bucket it was", () => {
    for (const atMs of [0, BUCKET_MS - 1]) {
      const window = new RollingWindow();
      window.begin(HOUR_MS, 0, []);
      window.rollTo(atMs);
      window.add(1);
      window.rollTo(BUCKET_MS - 1 + HOUR_MS);
      expect(window.strokes).toBe(1);
      window.rollTo(BUCKET_MS + HOUR_MS);
      expect(window.strokes).toBe(0);
    }
  });

  test("boundaries are fixed in core time, not by when it began", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, 10 * BUCKET_MS + 17, []);
    expect(window.endMs).toBe(11 * BUCKET_MS);
    window.rollTo(500 * BUCKET_MS + 3);
    expect(window.endMs).toBe(501 * BUCKET_MS);
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 3 * BUCKET_MS }), { minLength: 1, maxLength: 400 })])(
    "is never under the exact sum of any instant, and over by at most one bucket (LIM-003)",
    (gaps) => {
      const window = new RollingWindow();
      window.begin(HOUR_MS, 0, []);
      const times: number[] = [];
      let nowMs = 0;
      gaps.forEach((gap, index) => {
        nowMs += gap;
        window.rollTo(nowMs);
        if (index % 3 !== 0) {
          window.add(1);
          times.push(nowMs);
        }
        expect(window.strokes).toBeGreaterThanOrEqual(within(times, nowMs, HOUR_MS));
        expect(window.strokes).toBeLessThanOrEqual(within(times, nowMs, HOUR_MS + BUCKET_MS));
        expect(window.strokes).toBe(window.ring.reduce((sum, one) => sum + one, 0));
      });
    },
  );

  test("a long silence empties it in one turn", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, 0, []);
    for (let i = 0; i < RING_BUCKETS; i++) {
      window.rollTo(i * BUCKET_MS);
      window.add(3);
    }
    expect(window.strokes).toBe(3 * RING_BUCKETS);
    window.rollTo(1e15);
    expect(window.strokes).toBe(0);
    expect(window.endMs).toBeGreaterThan(1e15);
  });
});

property.prop([
  fc.array(fc.integer({ min: 0, max: BUCKET_MS * 4 }), { minLength: 1, maxLength: 200 }),
  fc.constantFrom(1, 2, 24),
  fc.integer({ min: 0, max: HOUR_MS }),
])(
  "a new length loses nothing that was remembered until it has left the new window (LIM-003)",
  (gaps, hours, laterMs) => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, 0, []);
    const times: number[] = [];
    let nowMs = 0;
    for (const gap of gaps) {
      nowMs += gap;
      window.rollTo(nowMs);
      window.add(1);
      times.push(nowMs);
    }
    const windowMs = hours * HOUR_MS;
    window.resize(windowMs, nowMs);
    const known = within(times, nowMs, HOUR_MS);
    expect(window.strokes).toBeGreaterThanOrEqual(known);
    window.rollTo(nowMs + laterMs);
    const stillIn = times.filter((at) => at > nowMs - HOUR_MS && at > nowMs + laterMs - windowMs).length;
    expect(window.strokes).toBeGreaterThanOrEqual(stillIn);
  },
);
