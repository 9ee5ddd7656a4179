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
      window.addStrokes(1);
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
          window.addStrokes(1);
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
      window.addStrokes(3);
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
      window.addStrokes(1);
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

describe("hours besides the buckets", () => {
  /** Strokes in each bucket that has any: by buckets before the current one. */
  const byBucketsAgo = ({ ring, current }: RollingWindow): Record<number, number> =>
    Object.fromEntries(
      ring.flatMap((strokes, slot) =>
        strokes === 0 ? [] : [[(current - slot + RING_BUCKETS) % RING_BUCKETS, strokes]],
      ),
    );
  const at = (hour: number, min = 0): number => hour * HOUR_MS + min * 60000;
  const given = (window: RollingWindow, strokes: readonly [atMs: number, strokes: number][]): void => {
    for (const [atMs, count] of strokes) {
      window.rollTo(atMs);
      window.addStrokes(count);
    }
  };

  test("a ledger's hours count at their last instant, the current one now (LIM-003)", () => {
    const window = new RollingWindow();
    // Buckets of 5 min: 10:07 lies in the one that began at 10:05.
    window.begin(4 * HOUR_MS, at(10, 7), [5, 3, 2]);
    expect([byBucketsAgo(window), window.strokes]).toEqual([{ 0: 5, 2: 3, 14: 2 }, 10]);
  });

  test("a ledger's hours are known to a longer window that comes later", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, at(10, 7), [5, 3, 2]);
    window.rollTo(at(12));
    expect(window.strokes).toBe(0);
    window.resize(24 * HOUR_MS, at(12));
    // Half hours before 12:00 to 12:30: the last of 10 to 11, of 9 to 10 and of 8 to 9.
    expect(byBucketsAgo(window)).toEqual({ 3: 5, 5: 3, 7: 2 });
  });

  test("a longer window takes what the shorter one still holds from its buckets, and only the rest from the hours", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, at(6), []);
    given(window, [
      [at(6, 20), 2],
      [at(8, 10), 4],
      // The hour that the short window remembers in part: its buckets go back to 9:06:15.
      [at(9), 1],
      [at(9, 10), 8],
      [at(10) - 1, 16],
      [at(10, 2), 32],
      [at(10, 7), 64],
    ]);
    window.resize(24 * HOUR_MS, at(10, 7));
    expect(byBucketsAgo(window)).toEqual({ 0: 96, 1: 16, 2: 9, 3: 4, 7: 2 });
    expect(window.strokes).toBe(127);
  });

  test("buckets that go back to a full hour leave the whole hour before it to the hours", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, at(7), []);
    given(window, [
      [at(7, 59), 2],
      [at(8, 30), 4],
      [at(9), 1],
      [at(10) - 1, 16],
      [at(10), 32],
    ]);
    window.resize(24 * HOUR_MS, at(10));
    expect(byBucketsAgo(window)).toEqual({ 0: 32, 1: 16, 2: 1, 3: 4, 5: 2 });
  });

  test("a length that is changed twice at once counts nothing twice", () => {
    const window = new RollingWindow();
    window.begin(168 * HOUR_MS, at(0), []);
    given(window, [[at(9, 30), 3]]);
    window.resize(HOUR_MS, at(10));
    expect(window.strokes).toBe(3);
    window.resize(24 * HOUR_MS, at(10));
    expect(window.strokes).toBe(3);
  });

  test("a week's window knows the last 170 hours, each in its place, and none before them (LIM-003)", () => {
    const window = new RollingWindow();
    window.begin(HOUR_MS, 0, []);
    for (let hour = 0; hour < 203; hour++) given(window, [[at(hour), 1]]);
    window.resize(168 * HOUR_MS, at(203) - 1);
    expect(window.strokes).toBe(170);
    // Buckets of 3.5 h: two of them hold the ends of seven hours. Of the oldest, from 31:30 on, hours 31 and 32 are not known any more.
    const expected = Object.fromEntries(Array.from({ length: 49 }, (_, ago) => [ago, ago % 2 === 0 ? 4 : 3]));
    expected[48] = 2;
    expect(byBucketsAgo(window)).toEqual(expected);
  });
});
