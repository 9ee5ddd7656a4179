import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { EventKind, LATE_MS } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import type { PortSink } from "../../../sim/engines/engine";
import type { Said } from "../direct-drive";
import { DirectDrive } from "../direct-drive";
import { LoopDrive, runTherapy, toAll, Transcript } from "../loop-drive";
import { anyTherapyOfOneWindow, checkerFor } from "../random-therapy";
import type { Therapy } from "../random-therapy";
import { event, prescribed, program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";
import { runs } from "../runs";

const HOUR_MS = 3600000;

/** A seeded sequence of whole numbers from 0 to `most` (a linear congruence; only its variety matters). */
function numbersUpTo(most: number, seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * (most + 1));
  };
}

/** All that a pump says in a therapy, with `extraCalls` calls of `advance` between each two that are needed. */
function saidWith(therapy: Therapy, extraCalls: number, seed: number): Said[] {
  const drive = new DirectDrive(therapy.config, therapy.reservoirNl);
  const random = numbersUpTo(1000000, seed);
  const passTo = (untilMs: number): void => {
    for (;;) {
      const nextMs = Math.min(drive.pump.nextDeadlineMs(), untilMs);
      const gapMs = nextMs - drive.pump.nowMs;
      const extra = Array.from(
        { length: extraCalls },
        () => drive.pump.nowMs + Math.floor((random() / 1000001) * gapMs),
      );
      for (const atMs of extra.sort((a, b) => a - b)) drive.advance(atMs);
      if (drive.pump.nextDeadlineMs() > untilMs) return;
      drive.advance(drive.pump.nextDeadlineMs());
    }
  };
  drive.begin(therapy.prescription);
  let atMs = 0;
  for (const { afterMs, what } of therapy.doings) {
    atMs += afterMs;
    passTo(atMs);
    drive.hand(what, atMs);
  }
  passTo(atMs + therapy.restMs);
  return drive.said;
}

describe("the same calls, the same commands", () => {
  property.prop([anyTherapyOfOneWindow], { numRuns: runs(40) })("two pumps say the same", (therapy) => {
    expect(saidWith(therapy, 0, 1)).toEqual(saidWith(therapy, 0, 2));
  });

  property.prop([anyTherapyOfOneWindow, fc.nat()], { numRuns: runs(60) })(
    "more calls in between change nothing (TIM-002)",
    (therapy, seed) => {
      expect(saidWith(therapy, 3, seed)).toEqual(saidWith(therapy, 0, 0));
    },
  );
});

describe("a shell that wakes late", () => {
  property.prop([anyTherapyOfOneWindow, fc.nat()], { numRuns: runs(150) })(
    "by up to 2 s gives the same log (TIM-002)",
    (therapy, seed) => {
      const exact = new Transcript();
      const { endMs } = runTherapy(therapy, exact);
      const late = new Transcript();
      runTherapy(therapy, late, numbersUpTo(LATE_MS, seed));
      // The last wake may have served more.
      const upToEnd = late.lines.filter((line) => parseInt(line) <= endMs);
      expect(upToEnd).toEqual(exact.lines);
    },
  );

  property.prop([anyTherapyOfOneWindow, fc.nat()], { numRuns: runs(150) })(
    "by more never gives more than was ordered, and never catches up (TIM-003)",
    (therapy, seed) => {
      const checker = checkerFor(therapy);
      const often = numbersUpTo(9, seed);
      const howLate = numbersUpTo(600000, seed + 1);
      const { pump } = runTherapy(therapy, checker, () => (often() === 0 ? howLate() : 0));
      expect(checker.complaints).toEqual([]);
      expect(pump.fault).toBe(FaultKind.none);
    },
  );

  /** Entries only, as [code, time, a, b]. */
  class Entries implements PortSink {
    readonly lines: number[][] = [];
    strokes: number[] = [];
    stroke(atMs: number): void {
      this.strokes.push(atMs);
    }
    entry(code: number, atMs: number, a: number, b: number, c: number): void {
      this.lines.push([code, atMs, a, b, c]);
    }
    of(code: number): number[][] {
      return this.lines.filter(([one]) => one === code);
    }
  }

  /** 1 nL/ms of basal: a stroke of 300 nL every 300 ms. */
  const fast = { ...REFERENCE_PUMP, maxRateNlPerDay: 86400000, maxWindowNl: 1000000000, strokeMs: 50 };
  const fastBasal = prescribed({ basalNlPerDay: 86400000, bolusNl: 0, windowLimitNl: 900000000 });

  test.each([
    ["2 s late", LATE_MS, [300, 600, 900, 1200, 1500, 1800, 2100]],
    ["2 s and 1 ms late", LATE_MS + 1, []],
  ])("%s, at the edge: all strokes at their times, or none", (_name, lateMs, times) => {
    const entries = new Entries();
    const drive = new LoopDrive(fast, 20000000, entries);
    for (const input of program(fastBasal)) drive.announce(input, 0);
    drive.announce(event(EventKind.start), 0);
    // The first record is durable.
    drive.runTo(10).wake(300 + lateMs);
    expect(entries.strokes).toEqual(times);
    expect(entries.of(JournalCode.alarmRaised)).toHaveLength(times.length === 0 ? 1 : 0);
  });

  test("by more than 2 s ends the bolus, says what was given up, raises the alarm, and goes on (TIM-003)", () => {
    const entries = new Entries();
    const checker = new DeliveryChecker(REFERENCE_PUMP, 20000000, REFERENCE_PRESCRIPTION.concentrationNgPerUl);
    checker.handed({ prescription: REFERENCE_PRESCRIPTION });
    const drive = new LoopDrive(REFERENCE_PUMP, 20000000, toAll(entries, checker));
    for (const input of program(REFERENCE_PRESCRIPTION)) drive.announce(input, 0);
    drive.announce(event(EventKind.start), 0);
    drive.announce(event(EventKind.requestBolus, { id: 1 }), HOUR_MS);
    drive.runTo(HOUR_MS + 60000);
    const strokesBefore = checker.strokes;
    const wakeMs = HOUR_MS + 60000 + 2 * 60000;
    drive.wake(wakeMs);
    expect(entries.of(EventKind.controlLate)).toHaveLength(1);
    const lateMs = entries.of(EventKind.controlLate)[0]?.[2] ?? 0;
    // Strokes come some 4.9 s apart, so the deadline that was missed was at most so much after the last wake.
    expect(lateMs).toBeGreaterThan(2 * 60000 - 4900);
    const ended = entries.of(JournalCode.bolusEnded).map((line) => line.slice(1, 4));
    expect(ended).toEqual([[wakeMs, 1, BolusEnd.controlLate]]);
    const alarms = entries.of(JournalCode.alarmRaised).map((line) => line.slice(1, 3));
    expect(alarms).toEqual([[wakeMs, AlarmKind.controlLate]]);
    // 5.32 mL/day over the time that was late, within two strokes.
    const forfeitedNl = entries.of(JournalCode.forfeited)[0]?.[2] ?? 0;
    const slept = (5320000 * lateMs) / 86400000;
    expect(Math.abs(forfeitedNl - slept)).toBeLessThan(600);
    drive.runTo(wakeMs + HOUR_MS);
    // Basal goes on: an hour of 1 mL/day is 138.9 strokes.
    expect(checker.strokes - strokesBefore).toBeGreaterThanOrEqual(138);
    expect(checker.strokes - strokesBefore).toBeLessThanOrEqual(139);
    expect(checker.complaints).toEqual([]);
  });
});
