import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import type { DrugLimits } from "../../../src/config";
import { volumeAtRateNl } from "../../../src/delivery/volume-at-rate";
import { EventKind } from "../../../src/events";
import { StrokeVolume } from "../../../src/motion/stroke";
import { highestNlPerDay } from "../../../src/prescription/scheduled-volume";
import { drugMassNg, mostWithoutDemandNl } from "../../../src/prescription/validate-drugs";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import type { PortSink } from "../../../sim/engines/engine";
import { DirectDrive } from "../direct-drive";
import { runTherapy, toAll, Transcript } from "../loop-drive";
import { checkerFor, steadyTherapy } from "../random-therapy";
import { prescribed } from "../reference-pump";
import { runs } from "../runs";

const HOUR_MS = 3600000;
const DAY_MS = 86400000;

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
  property.prop([steadyTherapy], { numRuns: runs(400) })(
    "holds in every window of its length, and a granted bolus costs no stroke of basal and is given whole (LIM-001, LIM-002)",
    (therapy) => {
      const checker = checkerFor(therapy);
      const early = new EarlyEnds();
      const { endMs } = runTherapy(therapy, toAll(checker, early));
      checker.close(endMs);
      expect(checker.complaints).toEqual([]);
      expect(checker.dropped).toBe(0);
      expect(early.count).toBe(0);
    },
  );

  property.prop([steadyTherapy], { numRuns: runs(200) })("grants a first bolus that clearly fits", (therapy) => {
    const { config, prescription: p } = therapy;
    const strokeNl = new StrokeVolume(config).volumeRoundedUpNl(1);
    // What rounds up: a scheduled bolus under way and one that is held up, strokes, seconds of the schedule.
    const marginNl = 2 * p.scheduledNl + 2 * strokeNl + volumeAtRateNl(highestNlPerDay(p), 100000);
    const withBolusNl = (spanMs: number): number =>
      p.bolusNl + Math.ceil(1.02 * mostWithoutDemandNl(p, config, (spanMs * 50) / 48)) + marginNl;
    const drug = config.library[p.primaryDrug] as DrugLimits;
    const ngPerUl = p.concentrationNgPerUl[p.primaryDrug] as number;
    fc.pre(p.bolusNl !== 0 && withBolusNl(p.windowMs) <= p.windowLimitNl);
    fc.pre(drugMassNg(withBolusNl(DAY_MS), ngPerUl) < drug.hardDayNg);
    const first = therapy.doings.findIndex(({ what }) => what.kind === EventKind.requestBolus);
    const before = therapy.doings.slice(0, first + 1);
    // Without a clock the highest rate of the day is looked ahead with.
    fc.pre(first >= 0 && (p.steps === 1 || before[0]?.what.kind === EventKind.setClock));
    const doings = before.filter(({ what }) => what.kind !== EventKind.clinicianBolus);
    const entries = new Transcript();
    runTherapy({ ...therapy, doings }, entries);
    const denied = new RegExp(`^\\d+ ${JournalCode.bolusDenied} `);
    expect(entries.lines.filter((line) => denied.test(line))).toEqual([]);
  });

  /** 60 uL/h of basal beside boluses that 150 uL in any hour hold back; strokes of 300 nL. */
  const tight = prescribed({
    basalNlPerDay: 1440000,
    lockoutMs: 1,
    mostPer24h: 48,
    windowMs: HOUR_MS,
    windowLimitNl: 150000,
  });

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
    drive.program({ ...tight, bolusNl: roomNl + 1 }, 1400000);
    expect(drive.ask(4, 1400000).code).toBe(JournalCode.bolusDenied);
    drive.program({ ...tight, bolusNl: roomNl }, 1400000);
    expect(drive.ask(5, 1400000).code).toBe(JournalCode.bolusGranted);
    drive.runTo(3 * HOUR_MS);
    expect(drive.entries(JournalCode.strokeDropped)).toEqual([]);
  });

  test("a stroke that would pass a lowered limit is dropped for good, is told of, and basal goes on when there is room (LIM-007)", () => {
    const drive = new DirectDrive().begin({ ...tight, windowLimitNl: 400000, bolusNl: 200000 });
    drive.ask(1, 1000);
    drive.runTo(HOUR_MS / 2);
    const before = drive.strokes;
    drive.program({ ...tight, windowLimitNl: 62000, bolusNl: 0 }, HOUR_MS / 2);
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
    drive.program({ ...p, windowLimitNl: (before + 3) * 300, bolusNl: 0 }, HOUR_MS / 2);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(before + 3);
  });

  test("a shorter window does not forget what was just given", () => {
    const p = { ...tight, bolusNl: 400000, windowMs: 24 * HOUR_MS, windowLimitNl: 6000000 };
    const drive = new DirectDrive().begin(p);
    drive.ask(1, 1000);
    drive.program({ ...p, windowMs: HOUR_MS, windowLimitNl: 470000 }, HOUR_MS / 2);
    expect(drive.ask(2, HOUR_MS / 2).numbers[1]).toBe(BolusAnswer.wouldExceedWindow);
  });
});
