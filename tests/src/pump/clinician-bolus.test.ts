import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { MoveResult } from "../../../src/motion/step-driver";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { BOUNDLESS_DRUG, event, flexDay, prescribed, REFERENCE_PUMP } from "../reference-pump";
import { DirectDrive } from "../direct-drive";

const MIN = 60000;
const H = 60 * MIN;

/** No basal: what is delivered is the boluses'. Demand boluses of 9 uL over 5 min. */
const PLAIN = prescribed({ basalNlPerDay: 0, bolusNl: 9000, bolusMs: 5 * MIN, minimumNlPerDay: 1000 });

/** One that began at 0: 60 uL over 1 h, 1 uL/min. */
function running(reservoirNl = 20000000): DirectDrive {
  const drive = new DirectDrive(REFERENCE_PUMP, reservoirNl).begin(PLAIN);
  expect(drive.order(1, 60000, H, 0).numbers).toEqual([1, 60000, H, BolusKind.clinician]);
  return drive;
}

describe("a clinician's bolus", () => {
  test("is given over its time on top of basal; the lockout is not its matter (BOL-009)", () => {
    const drive = running().runTo(H);
    expect(drive.strokes).toBe(200);
    expect(drive.told(JournalCode.bolusEnded)).toEqual([[H, 1, BolusEnd.complete, 60000, BolusKind.clinician]]);
    expect(drive.order(2, 300, MIN, H).code).toBe(JournalCode.bolusGranted);
    expect(drive.ask(3, H + 2 * MIN).code).toBe(JournalCode.bolusGranted);
    expect(drive.order(4, 300, MIN, H + 10 * MIN).code).toBe(JournalCode.bolusGranted);
  });

  test("a demand bolus suspends it, at its own rate; it goes on with just what and as long as was left (BOL-010)", () => {
    const drive = running();
    drive.ask(2, 20 * MIN);
    expect(drive.told(JournalCode.bolusSuspended, 3)).toEqual([[20 * MIN, 1, 40000, BolusKind.clinician]]);
    const before = drive.strokes;
    drive.runTo(25 * MIN);
    expect(drive.strokes - before).toBe(30);
    expect(drive.told(JournalCode.bolusResumed, 3)).toEqual([[25 * MIN, 1, 40000, BolusKind.clinician]]);
    drive.runTo(2 * H);
    expect(drive.told(JournalCode.bolusEnded).at(-1)).toEqual([
      65 * MIN,
      1,
      BolusEnd.complete,
      60000,
      BolusKind.clinician,
    ]);
    expect(drive.strokes).toBe(230);
  });

  test("is busy with either: one order at a time, and none while the patient's runs", () => {
    const drive = running();
    expect(drive.order(2, 300, MIN, MIN).numbers.slice(1, 3)).toEqual([BolusAnswer.busy, BolusKind.clinician]);
    drive.ask(3, 2 * MIN);
    expect(drive.order(4, 300, MIN, 3 * MIN).numbers.slice(1, 3)).toEqual([BolusAnswer.busy, BolusKind.demand]);
  });

  test.each<[string, BolusEnd, (drive: DirectDrive) => void]>([
    ["a stop", BolusEnd.stopped, (d) => d.do(EventKind.stop, 20 * MIN)],
    ["a hold", BolusEnd.held, (d) => d.do(EventKind.hold, 20 * MIN)],
    ["another prescription", BolusEnd.programmed, (d) => d.program(PLAIN, 20 * MIN)],
    ["an alarm that stops the motor", BolusEnd.alarm, (d) => d.do(EventKind.detected, 20 * MIN, OCCLUDED)],
    ["the safe state", BolusEnd.fault, (d) => d.hand(event(0 as EventKind), 20 * MIN)],
  ])("%s ends it for good, suspended or not, with what was ordered by then (BOL-007)", (_name, why, end) => {
    const drive = running().runTo(20 * MIN);
    end(drive);
    expect(drive.told(JournalCode.bolusEnded)).toEqual([[20 * MIN, 1, why, 20000, BolusKind.clinician]]);
    const suspended = running();
    suspended.ask(2, 16 * MIN);
    suspended.runTo(20 * MIN);
    end(suspended);
    expect(suspended.told(JournalCode.bolusEnded)).toEqual([
      [20 * MIN, 2, why, 7200, BolusKind.demand],
      [20 * MIN, 1, why, 16000, BolusKind.clinician],
    ]);
    const { strokes } = suspended;
    suspended.do(EventKind.detected, 21 * MIN, { ...OCCLUDED, count: 0 }).do(EventKind.acknowledge, 21 * MIN);
    suspended.do(EventKind.start, 21 * MIN).runTo(3 * H);
    // No catch-up; a hold's minimum rate is 1 uL a day.
    expect(suspended.strokes - strokes).toBeLessThanOrEqual(1);
  });

  test("a stroke that was dropped, and a late shell, end it", () => {
    const dropped = running();
    dropped.motorReports = false;
    dropped.runTo(dropped.pump.nextDeadlineMs());
    dropped.hand(event(EventKind.moved, { count: 1, detail: MoveResult.dropped }), dropped.pump.nowMs);
    expect(dropped.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.controlLate);
    const late = running().hand(event(EventKind.controlLate), 30 * MIN);
    // It had been ordered up to the stroke that was missed, after 18 s.
    expect(late.told(JournalCode.bolusEnded)).toEqual([[30 * MIN, 1, BolusEnd.controlLate, 300, BolusKind.clinician]]);
  });

  test("a reservoir that reaches its low mark ends it", () => {
    // It was judged at 62 uL above low; then a refill of the counts would be needed to see it low: the mark is moved.
    const drive = running(2062001).runTo(30 * MIN);
    drive.pump.delivery.reservoir.setLow(2062001 - 45000);
    drive.runTo(2 * H);
    expect(drive.told(JournalCode.bolusEnded)).toEqual([
      [45 * MIN, 1, BolusEnd.reservoirLow, 45000, BolusKind.clinician],
    ]);
    expect(drive.strokes).toBe(150);
    expect(drive.commands(CommandKind.motorOff)).toEqual([]);
  });
});

const OCCLUDED = { detail: AlarmKind.occlusion, count: 1 };

describe("what a clinician may order (BOL-009)", () => {
  const refusal = (volumeNl: number, overMs: number, drive = new DirectDrive().begin(PLAIN)): number[] =>
    drive.order(1, volumeNl, overMs, 1000).numbers.slice(1);

  test.each([
    ["the pump's hard limit of a bolus", 1000000, 1000001, 1000000],
    ["no whole volume", 1000000, 999999.5, 1000000],
    ["no number at all", 1000000, NaN, 1000000],
    ["less than nothing", 1000000, -1, 1000000],
  ])("%s is the edge", (_name, good, bad, mostNl) => {
    expect(new DirectDrive().begin(PLAIN).order(1, good, 6 * H, 1000).code).toBe(JournalCode.bolusGranted);
    const drive = new DirectDrive().begin(PLAIN);
    expect(refusal(bad, 6 * H, drive)).toEqual([BolusAnswer.aboveLimit, mostNl, 0]);
    expect(drive.pump.delivery.plan.bolusNlPerDay).toBe(0);
  });

  test.each([0, 6 * H + 1, 0.5, NaN])("over %f ms no volume would be right", (overMs) => {
    expect(refusal(300, overMs)).toEqual([BolusAnswer.aboveLimit, 0, 0]);
  });

  test("less than a stroke would give nothing", () => {
    for (const volumeNl of [0, 1, 299]) expect(refusal(volumeNl, H)[0]).toBe(BolusAnswer.aboveLimit);
    expect(new DirectDrive().begin(PLAIN).order(1, 300, H, 1000).code).toBe(JournalCode.bolusGranted);
  });

  test("the drug library's hard limit of a bolus holds for the stronger of reservoir and line", () => {
    const library = [{ ...BOUNDLESS_DRUG, softBolusNg: 50000, hardBolusNg: 50000 }];
    // 1 ug/uL: 50 uL.
    const drive = new DirectDrive({ ...REFERENCE_PUMP, library }).begin(PLAIN);
    expect(drive.order(1, 50001, H, 0).numbers.slice(1)).toEqual([BolusAnswer.aboveLimit, 50000, 0]);
    expect(drive.order(2, 50000, H, 0).code).toBe(JournalCode.bolusGranted);
  });
});

describe("the maximum rate", () => {
  test("when basal rises under a bolus it takes longer; basal and bolus together never pass it, and nothing is lost (BOL-011)", () => {
    const config = { ...REFERENCE_PUMP, maxRateNlPerDay: 2880000 };
    const drive = new DirectDrive(config);
    drive.do(EventKind.setClock, 0, { count: 0 });
    // 1.44 mL/day until 00:30, 2.16 mL/day from then on.
    drive.begin(prescribed({ ...flexDay([0, 1440000], [30 * MIN, 2160000]), bolusNl: 0 }));
    // 60 uL over 1 h are 1.44 mL/day: half an hour as ordered, the other half of it at half the rate.
    drive.order(1, 60000, H, 0);
    drive.runTo(H);
    expect(drive.strokes).toBe(Math.floor(120000 / 300));
    drive.runTo(2 * H);
    expect(drive.told(JournalCode.bolusEnded).at(0)?.slice(0, 4)).toEqual([90 * MIN, 1, BolusEnd.complete, 60000]);
    expect(drive.strokes).toBe(Math.floor((30000 + 135000 + 60000) / 300));
  });
});
