import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BUCKETS_IN_WINDOW } from "../../../src/delivery/bucket-ring";
import { EventKind, LATE_MS } from "../../../src/events";
import { StrokeVolume } from "../../../src/motion/stroke";
import { StateRecord } from "../../../src/record/state-record";
import { Guard, GuardTrip } from "../../../src/safety/guard";
import { REFERENCE_PUMP } from "../reference-pump";
import { Fram } from "../record/fram";

const HOUR_MS = 3600000;
/** 100 strokes in any hour, one in 10 s at most. */
const LIMIT = 100;
const PACE_MS = 10000;
const config = {
  ...REFERENCE_PUMP,
  windowMs: HOUR_MS,
  maxWindowNl: LIMIT * 300,
  maxRateNlPerDay: (86400000 / PACE_MS) * 300,
};
const BUCKET_MS = HOUR_MS / BUCKETS_IN_WINDOW;

function newGuard(memory: readonly number[] = [], ledger = new StateRecord()): Guard {
  return new Guard(config, new StrokeVolume(config), memory, ledger);
}

/** A guard that was told of a start and has `reserved` strokes. */
function ready(reserved = 1000, fram = new Fram(), guard = newGuard()): Guard {
  guard.heard(EventKind.start);
  guard.writeTo(fram, 1, reserved, 0);
  guard.stored();
  return guard;
}

describe("the guard refuses, once and for good,", () => {
  const refuses = (guard: Guard, nowMs: number, trip: GuardTrip): void => {
    const { strokes } = guard;
    expect([guard.permits(nowMs), guard.trip, guard.strokes]).toEqual([false, trip, strokes]);
    guard.heard(EventKind.start);
    guard.stored();
    expect([guard.permits(nowMs + 10 * HOUR_MS), guard.trip]).toEqual([false, trip]);
  };

  test("a stroke before any start, and one after a stop", () => {
    const fresh = newGuard();
    fresh.writeTo(new Fram(), 1, 5, 0);
    fresh.stored();
    refuses(fresh, 0, GuardTrip.notOrdered);
    const stopped = ready();
    expect(stopped.permits(0)).toBe(true);
    stopped.heard(EventKind.stop);
    refuses(stopped, HOUR_MS, GuardTrip.notOrdered);
  });

  test("a stroke that no durable record covers", () => {
    const guard = newGuard();
    guard.heard(EventKind.start);
    guard.writeTo(new Fram(), 1, 5, 0);
    refuses(guard, 0, GuardTrip.notReserved);
    const used = ready(2);
    expect([used.permits(0), used.permits(20000)]).toEqual([true, true]);
    refuses(used, 40000, GuardTrip.notReserved);
  });

  test("strokes that come faster than the maximum rate, two seconds of lateness allowed", () => {
    const paced = ready();
    for (let i = 0; i < 50; i++) expect(paced.permits(i * PACE_MS)).toBe(true);
    // One that came late may be followed by one in time.
    expect(paced.permits(50 * PACE_MS + LATE_MS)).toBe(true);
    expect(paced.permits(51 * PACE_MS)).toBe(true);
    expect(paced.permits(52 * PACE_MS - LATE_MS)).toBe(true);
    refuses(paced, 52 * PACE_MS - LATE_MS + 1, GuardTrip.tooFast);
  });

  test("the stroke that would pass the window's limit", () => {
    const guard = ready();
    for (let i = 0; i < LIMIT; i++) expect(guard.permits(i * 20000)).toBe(true);
    refuses(guard, LIMIT * 20000, GuardTrip.windowFull);
  });

  test("time that runs backwards, and pulses that are not those of a stroke", () => {
    const guard = ready();
    expect(guard.permits(HOUR_MS)).toBe(true);
    refuses(guard, HOUR_MS - 1, GuardTrip.timeBackwards);
    for (const [pulses, wasCutOff, trip] of [
      [16, false, GuardTrip.none],
      [15, false, GuardTrip.wrongPulses],
      [15, true, GuardTrip.none],
      [17, true, GuardTrip.wrongPulses],
    ] as const) {
      const one = ready();
      expect(one.permits(0)).toBe(true);
      for (let i = 0; i < pulses; i++) one.pulses++;
      one.strokeOver(16, wasCutOff);
      expect(one.trip).toBe(trip);
    }
  });
});

property.prop([fc.array(fc.integer({ min: 0, max: 3 * BUCKET_MS }), { minLength: 50, maxLength: 400, size: "max" })], {
  numRuns: 150,
})(
  "its window is never under the exact one, over by at most one bucket, and no window holds more than the limit",
  (gaps) => {
    const guard = ready(100000);
    const times: number[] = [];
    const within = (nowMs: number, spanMs: number): number => times.filter((at) => at > nowMs - spanMs).length;
    let nowMs = 0;
    for (const gap of gaps) {
      nowMs += Math.max(PACE_MS, gap - BUCKET_MS);
      const isRoom = within(nowMs, HOUR_MS + BUCKET_MS) < LIMIT;
      const isPermitted = guard.permits(nowMs);
      if (isPermitted) times.push(nowMs);
      else {
        expect([isRoom, guard.trip]).toEqual([false, GuardTrip.windowFull]);
        return;
      }
      expect(within(nowMs, HOUR_MS)).toBeLessThanOrEqual(LIMIT);
      expect(guard.window.strokes).toBeGreaterThanOrEqual(within(nowMs, HOUR_MS));
      expect(guard.window.strokes).toBeLessThanOrEqual(within(nowMs, HOUR_MS + BUCKET_MS));
    }
  },
);

/** Lives: the strokes of each between two records, as gaps in ms; then a cut somewhere in the record. */
const life = fc.record({
  gaps: fc.array(fc.integer({ min: PACE_MS, max: 10 * BUCKET_MS }), { maxLength: 12 }),
  share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  ledgerIsNew: fc.boolean(),
});

property.prop([fc.array(life, { minLength: 1, maxLength: 12 })], { numRuns: 200 })(
  "cut at any byte of its record, again and again, it never counts less than was made, in all and in the window",
  (lives) => {
    const ledger = new StateRecord();
    let fram = new Fram();
    const made: number[] = [];
    for (const { gaps, share, ledgerIsNew } of lives) {
      const memory = fram.imageAfter(0);
      const guard = newGuard(ledger.sequence === 0 ? [] : memory, { ...ledger });
      let nowMs = ledger.coreMs;
      const exact = made.filter((at) => at > nowMs - HOUR_MS).length;
      expect(guard.strokes).toBeGreaterThanOrEqual(made.length);
      expect(guard.window.strokes).toBeGreaterThanOrEqual(exact);
      guard.heard(EventKind.start);
      // The closing record: all that was reserved counts.
      ledger.sequence++;
      ledger.totalStrokes = Math.max(made.length, guard.strokes);
      ledger.reservedStrokes = gaps.length;
      guard.writeTo(fram, ledger.sequence, gaps.length, nowMs);
      fram.commit(1, 0);
      fram.takeReport();
      guard.stored();
      for (const gap of gaps) {
        nowMs += gap;
        if (guard.window.strokes < LIMIT && guard.permits(nowMs)) made.push(nowMs);
      }
      expect(guard.trip).toBe(GuardTrip.none);
      // The next record is torn; the ledger's own, in front of it, may be whole.
      guard.writeTo(fram, ledger.sequence + 1, 0, nowMs);
      fram = new Fram(fram.imageAfter(Math.round(share * fram.pendingBytes)));
      if (ledgerIsNew || share > 0) {
        ledger.sequence++;
        ledger.coreMs = nowMs;
        ledger.totalStrokes = guard.strokes;
        ledger.reservedStrokes = 0;
      } else made.splice(0, made.length, ...made.map((at) => Math.min(at, ledger.coreMs)));
    }
  },
);
