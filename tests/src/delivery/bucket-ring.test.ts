import { describe, expect, test } from "vitest";
import { BucketRing, RING_BUCKETS } from "../../../src/delivery/bucket-ring";

/** Buckets of 5 min. */
const WINDOW_MS = 4 * 3600000;
const BUCKET_MS = 300000;
/** In the middle of a bucket. */
const NOW_MS = 1000 * BUCKET_MS + 17000;

function emptyRing(): BucketRing {
  const ring = new BucketRing();
  ring.emptyRing(WINDOW_MS, NOW_MS);
  return ring;
}

/** Strokes of `lastMs` are remembered; then how long after that instant they still count, by looking just before and at an instant. */
function leavesMs(lastMs: number): number {
  const ring = emptyRing();
  ring.remember(lastMs, 7);
  if (ring.strokes === 0) return -1;
  const endsMs = lastMs - (lastMs % BUCKET_MS) + BUCKET_MS;
  ring.rollRing(endsMs + WINDOW_MS - 1);
  const isStillThere = ring.strokes === 7;
  ring.rollRing(endsMs + WINDOW_MS);
  return isStillThere && ring.strokes === 0 ? endsMs + WINDOW_MS - lastMs : NaN;
}

describe("strokes of the past that are told to a ring", () => {
  test.each([
    ["now", NOW_MS, WINDOW_MS + 283000],
    ["in the first instant of the current bucket", NOW_MS - 17000, WINDOW_MS + BUCKET_MS],
    ["in the last instant of the bucket before", NOW_MS - 17001, WINDOW_MS + 1],
    ["in the first instant of the oldest bucket", NOW_MS - 17000 - 48 * BUCKET_MS, WINDOW_MS + BUCKET_MS],
    ["before the oldest bucket, where they count no more", NOW_MS - 17000 - 48 * BUCKET_MS - 1, -1],
  ])("%s: they leave with their bucket", (_name, lastMs, afterMs) => {
    expect(leavesMs(lastMs)).toBe(afterMs);
  });

  test("lie in the bucket of their instant and add to what is there", () => {
    const ring = emptyRing();
    for (const [bucketsAgo, strokes] of [
      [0, 1],
      [0, 2],
      [1, 4],
      [48, 8],
    ] as const)
      ring.remember(NOW_MS - bucketsAgo * BUCKET_MS, strokes);
    const expected = new Array<number>(RING_BUCKETS).fill(0);
    // The bucket after the current one, around the end, is the oldest.
    [expected[0], expected[48], expected[1]] = [3, 4, 8];
    expect([ring.ring, ring.strokes]).toEqual([expected, 15]);
  });
});
