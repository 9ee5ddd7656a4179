// Shows LIM-001, LIM-002.
import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd } from "../../../src/delivery/demand-bolus";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarms";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import type { PortSink } from "../../../sim/engines/engine";
import { DirectDrive } from "../direct-drive";
import { runTherapy, toAll } from "../loop-drive";
import { steadyTherapy } from "../random-therapy";
import { program, REFERENCE_PRESCRIPTION } from "../reference-pump";

const HOUR_MS = 3600000;

/** Counts how boluses ended early. */
class EarlyEnds implements PortSink {
  count = 0;
  stroke(): void {
    // Strokes are the checker's matter.
  }
  entry(code: number, _atMs: number, _a: number, b: number): void {
    if (code === JournalCode.bolusEnded && (b as BolusEnd) !== BolusEnd.complete) this.count++;
  }
}

describe("the dose limit", () => {
  property.prop([steadyTherapy], { numRuns: 400 })(
    "holds in every window of its length, and a granted bolus costs no stroke of basal and is given whole",
    (therapy) => {
      const checker = new DeliveryChecker(therapy.config, therapy.reservoirNl);
      const early = new EarlyEnds();
      const { endMs } = runTherapy(therapy, toAll(checker, early));
      checker.close(endMs);
      expect(checker.complaints).toEqual([]);
      expect(checker.dropped).toBe(0);
      expect(early.count).toBe(0);
    },
  );

  /** 60 uL/h of basal beside boluses that 150 uL in any hour hold back; strokes of 300 nL. */
  const tight = {
    ...REFERENCE_PRESCRIPTION,
    basalNlPerDay: 1440000,
    lockoutMs: 1,
    mostPer24h: 48,
    windowMs: HOUR_MS,
    windowLimitNl: 150000,
  };

  test("a refusal says how much still fits, and just that is granted a moment later", () => {
    const drive = new DirectDrive().begin(tight);
    drive.ask(1, 1000);
    drive.ask(2, 700000);
    const refused = drive.ask(3, 1400000);
    expect(refused.code).toBe(JournalCode.bolusDenied);
    const [, answer, windowMs, roomNl] = refused.numbers;
    expect(answer).toBe(BolusAnswer.wouldExceedWindow);
    expect(windowMs).toBe(HOUR_MS);
    expect(roomNl).toBeLessThan(30000);
    drive.hand(program({ ...tight, bolusNl: roomNl + 1 }), 1400000);
    expect(drive.ask(4, 1400000).code).toBe(JournalCode.bolusDenied);
    drive.hand(program({ ...tight, bolusNl: roomNl }), 1400000);
    expect(drive.ask(5, 1400000).code).toBe(JournalCode.bolusGranted);
    drive.runTo(3 * HOUR_MS);
    expect(drive.entries(JournalCode.strokeDropped)).toEqual([]);
  });

  test("a stroke that would pass a lowered limit is dropped for good, is told of, and basal goes on when there is room", () => {
    const drive = new DirectDrive().begin({ ...tight, windowLimitNl: 400000, bolusNl: 200000 });
    drive.ask(1, 1000);
    drive.runTo(HOUR_MS / 2);
    const before = drive.strokes;
    drive.hand(program({ ...tight, windowLimitNl: 62000, bolusNl: 0 }), HOUR_MS / 2);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(before);
    const dropped = drive.entries(JournalCode.strokeDropped).length;
    // 60 uL/h in half an hour are 100 strokes.
    expect(dropped).toBe(100);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.doseLimitReached);
    drive.runTo(4 * HOUR_MS);
    const at4h = drive.strokes;
    drive.runTo(5 * HOUR_MS);
    // No catch-up: an hour later exactly an hour of basal more.
    expect(drive.strokes - at4h).toBe(200);
  });

  test("the last stroke that fits is given, the next is not", () => {
    const p = { ...tight, windowLimitNl: 400000, bolusNl: 200000 };
    const drive = new DirectDrive().begin(p);
    drive.ask(1, 1000);
    drive.runTo(HOUR_MS / 2);
    const before = drive.strokes;
    drive.hand(program({ ...p, windowLimitNl: (before + 3) * 300, bolusNl: 0 }), HOUR_MS / 2);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(before + 3);
  });

  test("a shorter window does not forget what was just given", () => {
    const p = { ...tight, bolusNl: 400000, windowMs: 24 * HOUR_MS, windowLimitNl: 6000000 };
    const drive = new DirectDrive().begin(p);
    drive.ask(1, 1000);
    drive.give(program({ ...p, windowMs: HOUR_MS, windowLimitNl: 470000 }), HOUR_MS / 2);
    expect(drive.ask(2, HOUR_MS / 2).numbers[1]).toBe(BolusAnswer.wouldExceedWindow);
  });
});
