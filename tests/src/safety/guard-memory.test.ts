import { describe, expect, test } from "vitest";
import { BUCKETS_IN_WINDOW, RING_BUCKETS } from "../../../src/delivery/bucket-ring";
import { EventKind, LATE_MS } from "../../../src/events";
import { StrokeVolume } from "../../../src/motion/stroke";
import { BUCKET_CELLS, BUCKETS_PLACE, GUARD_FIELDS, GUARD_PLACE } from "../../../src/record/memory-map";
import { StateRecord } from "../../../src/record/state-record";
import { TwoSlotRecord, writeCell } from "../../../src/record/two-slot-record";
import { Guard, GuardTrip } from "../../../src/safety/guard";
import { REFERENCE_PUMP } from "../reference-pump";
import { Fram } from "../record/fram";

const HOUR_MS = 3600000;
const BUCKET_MS = HOUR_MS / BUCKETS_IN_WINDOW;
/** Strokes of 300 nL, one in 10 s at most, 100 in any hour. */
const PACE_MS = 10000;
const config = {
  ...REFERENCE_PUMP,
  windowMs: HOUR_MS,
  maxWindowNl: 30000,
  maxRateNlPerDay: (86400000 / PACE_MS) * 300,
};

interface OwnRecord {
  readonly sequence: number;
  readonly strokes: number;
  readonly reserved: number;
  readonly isOrdered: boolean;
}

/** A memory with such a record of the guard, and cells: strokes at the end of buckets. */
function memoryWith(own: OwnRecord | undefined, cells: Readonly<Record<number, number>> = {}): number[] {
  const fram = new Fram();
  for (const [bucket, ended] of Object.entries(cells))
    writeCell(fram, BUCKETS_PLACE, BUCKET_CELLS, Number(bucket), ended);
  if (own !== undefined) {
    const record = new TwoSlotRecord(GUARD_PLACE, GUARD_FIELDS);
    const { sequence, strokes, reserved, isOrdered } = own;
    record.numbers.splice(2, 5, sequence, 0, strokes, reserved, Number(isOrdered));
    record.writeTo(fram);
  }
  return fram.imageAfter(Infinity);
}

interface Ledger {
  readonly sequence?: number;
  readonly mode?: number;
  readonly totalStrokes?: number;
  readonly reservedStrokes?: number;
  readonly coreMs?: number;
}

function guardOf(memory: readonly number[], ledger: Ledger = {}): Guard {
  return new Guard(config, new StrokeVolume(config), memory, Object.assign(new StateRecord(), ledger));
}

/** Whether it knows of a start: the first stroke is refused for that, or permitted. */
function isOrdered(guard: Guard): boolean {
  guard.writeTo(new Fram(), 100, 5, HOUR_MS);
  guard.stored();
  guard.permits(HOUR_MS);
  expect([GuardTrip.none, GuardTrip.notOrdered]).toContain(guard.trip);
  return guard.trip === GuardTrip.none;
}

/** Strokes in each bucket of its window, the current one first, without the empty ones at the end. */
function buckets({ window }: Guard): number[] {
  const { ring, current } = window;
  const found = Array.from(
    { length: RING_BUCKETS },
    (_, ago) => ring[(current - ago + RING_BUCKETS) % RING_BUCKETS] ?? NaN,
  );
  expect(window.strokes).toBe(found.reduce((sum, one) => sum + one, 0));
  while (found.at(-1) === 0) found.pop();
  return found;
}

describe("what the guard of a new start believes", () => {
  const own = { sequence: 8, strokes: 70, reserved: 10, isOrdered: true };

  test("without a memory: what the ledger counted and reserved, and that nothing was ordered", () => {
    const guard = guardOf([], { mode: 1, totalStrokes: 70, reservedStrokes: 5 });
    expect([guard.strokes, guard.window.strokes]).toEqual([75, 0]);
    expect(isOrdered(guard)).toBe(false);
  });

  test.each([
    ["its own record is of the ledger's number: its own word", own, { sequence: 8, mode: 0 }, true],
    ["the same the other way round", { ...own, isOrdered: false }, { sequence: 8, mode: 1 }, false],
    ["its own is newer", { ...own, isOrdered: false }, { sequence: 7, mode: 1 }, false],
    ["its own is older, for the power failed before it: the ledger's word", own, { sequence: 9, mode: 0 }, false],
    [
      "the same where the ledger says that therapy goes on",
      { ...own, isOrdered: false },
      { sequence: 9, mode: 1 },
      true,
    ],
    ["it has none: the ledger's word", undefined, { sequence: 9, mode: 1 }, true],
    ["the same of a pump that was stopped", undefined, { sequence: 9, mode: 0 }, false],
  ])("whether therapy was on, when %s", (_name, record, ledger, expected) => {
    expect(isOrdered(guardOf(memoryWith(record), ledger))).toBe(expected);
  });

  test("the larger of the two counts, what was reserved included", () => {
    const counted = (totalStrokes: number): number =>
      guardOf(memoryWith(own), { sequence: 8, totalStrokes, reservedStrokes: 5 }).strokes;
    expect([counted(70), counted(75), counted(76)]).toEqual([80, 80, 81]);
  });

  const at = (bucket: number): Ledger => ({ sequence: 8, totalStrokes: 80, coreMs: bucket * BUCKET_MS + 1000 });

  test("each bucket's strokes, from what stood at its end; where one is not known they are the next later one's", () => {
    expect(buckets(guardOf(memoryWith(own, { 9: 75, 7: 40, 6: 40, 5: 0 }), at(10)))).toEqual([5, 35, 0, 0, 40]);
    // One that counts more than there were later is none.
    expect(buckets(guardOf(memoryWith(own, { 9: 81, 8: 60, 7: 61, 6: 50, 5: 0 }), at(10)))).toEqual([20, 0, 10, 0, 50]);
  });

  test("in the first buckets of all what is not in one of them was before", () => {
    expect(buckets(guardOf(memoryWith(own, { 0: 50 }), at(1)))).toEqual([30, 50]);
    expect(buckets(guardOf(memoryWith(own), at(0)))).toEqual([80]);
  });

  test("what has left the window is not in it, when that is known; what is not known to be older is in the oldest that is", () => {
    const known = (first: number): Record<number, number> =>
      Object.fromEntries(Array.from({ length: 99 - first + 1 }, (_, n) => [first + n, 60]));
    // 49 buckets are in the ring: 100 and the 48 before it.
    expect(buckets(guardOf(memoryWith(own, known(51)), at(100)))).toEqual([20]);
    expect(buckets(guardOf(memoryWith(own, known(52)), at(100)))).toEqual([20, ...Array<number>(47).fill(0), 60]);
  });
});

describe("what the guard writes", () => {
  /** A guard that made a stroke in each of these buckets and wrote a record behind each, and its memory. */
  function lived(strokesIn: readonly number[], fram = new Fram()): { guard: Guard; fram: Fram } {
    const guard = guardOf([]);
    guard.heard(EventKind.start);
    let sequence = 0;
    const write = (bucket: number): void => {
      guard.writeTo(fram, ++sequence, 20, bucket * BUCKET_MS);
      guard.stored();
    };
    for (const bucket of strokesIn) {
      write(bucket);
      expect(guard.permits(bucket * BUCKET_MS)).toBe(true);
    }
    write((strokesIn.at(-1) ?? 0) + 1);
    return { guard, fram };
  }

  test.each([
    ["one after the other", [0, 1, 2, 3, 4], 5],
    ["with pauses", [0, 3, 4, 9, 20], 21],
    ["all around the ring and beyond", [0, 1, 30, 47, 49, 50, 98, 99, 130, 131], 132],
    ["longer than the window", [0, 1, 2, 200], 201],
  ])("buckets %s are found again as they were; what was reserved is in the current one", (_name, strokesIn, bucket) => {
    const { guard, fram } = lived(strokesIn);
    const ledger = { sequence: 1, totalStrokes: strokesIn.length, coreMs: bucket * BUCKET_MS };
    const found = guardOf(fram.imageAfter(Infinity), ledger);
    const [current = 0, ...older] = buckets(guard);
    expect(current).toBe(0);
    expect(buckets(found)).toEqual([20, ...older]);
    expect(found.strokes).toBe(strokesIn.length + 20);
  });

  test("behind a start all that it knows, so that another memory would hold it too", () => {
    const { fram } = lived([0, 1, 30, 47]);
    const ledger = { sequence: 1, totalStrokes: 4, coreMs: 48 * BUCKET_MS };
    const second = guardOf(fram.imageAfter(Infinity), ledger);
    const before = buckets(second);
    const other = new Fram();
    second.writeTo(other, 2, 0, 48 * BUCKET_MS);
    expect(buckets(guardOf(other.imageAfter(Infinity), { ...ledger, sequence: 2 }))).toEqual(before);
  });

  test("what is ordered and not begun is reserved besides; what is made while a record is under way counts", () => {
    const guard = guardOf([]);
    guard.heard(EventKind.start);
    guard.waiting = 1;
    guard.writeTo(new Fram(), 1, 2, 0);
    guard.stored();
    guard.waiting = 0;
    expect(guard.permits(0)).toBe(true);
    guard.writeTo(new Fram(), 2, 3, PACE_MS);
    // Until that is durable the old one has to cover it too.
    expect(guard.permits(PACE_MS)).toBe(true);
    guard.stored();
    expect([guard.permits(2 * PACE_MS), guard.permits(3 * PACE_MS), guard.permits(4 * PACE_MS)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(guard.trip).toBe(GuardTrip.notReserved);
  });
});

describe("the guard's edges", () => {
  function ready(changed = config): Guard {
    const guard = new Guard(changed, new StrokeVolume(changed), [], new StateRecord());
    guard.heard(EventKind.start);
    guard.writeTo(new Fram(), 1, 1000, 0);
    guard.stored();
    return guard;
  }

  test("a full window has room at the first instant of the bucket in which its oldest strokes leave, and not before", () => {
    const { limitStrokes } = ready();
    const full = (): Guard => {
      const guard = ready();
      guard.permits(0);
      for (let n = 1; n < limitStrokes - 1; n++) guard.permits(BUCKET_MS + n * PACE_MS);
      guard.permits((RING_BUCKETS - 1) * BUCKET_MS);
      expect([guard.trip, guard.window.strokes]).toEqual([GuardTrip.none, limitStrokes]);
      return guard;
    };
    const leavesMs = RING_BUCKETS * BUCKET_MS;
    expect(full().permits(leavesMs)).toBe(true);
    expect(full().permits(leavesMs - 1)).toBe(false);
  });

  test("the pace is that of the head's own stroke", () => {
    // 9 steps of 2048 for 61.000001 uL: 268.07 nL a stroke; at 3 mL/day one in 7,720.3 ms.
    const odd = {
      ...config,
      plPerRevolution: 61000001,
      fullStepsPerRevolution: 2048,
      fullStepsPerStroke: 9,
      maxRateNlPerDay: 3000000,
      maxWindowNl: 1000000,
    };
    const strokeMs = 7720;
    const guard = ready(odd);
    expect(guard.permits(0)).toBe(true);
    expect(guard.permits(0)).toBe(true);
    expect(guard.permits(strokeMs - LATE_MS)).toBe(true);
    expect(guard.permits(2 * strokeMs - LATE_MS - 1)).toBe(false);
    expect(guard.trip).toBe(GuardTrip.tooFast);
  });
});
