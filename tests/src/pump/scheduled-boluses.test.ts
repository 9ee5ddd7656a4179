import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DirectDrive } from "../direct-drive";
import { begun, periodic } from "./periodic";
import { event, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;

/** 30 uL over 10 min every 6 h, nothing between; demand boluses of 9 uL over 5 min. */
const PERIODIC = periodic({
  bolusNl: 9000,
  bolusMs: 5 * MIN,
  lockoutMs: MIN,
  mostPer24h: 48,
});

describe("periodic boluses", () => {
  test("begin with the start, then every interval of core time, each given whole (PRG-005)", () => {
    const drive = new DirectDrive().do(EventKind.setClock, 5000, { count: 0 });
    drive.begin(PERIODIC).runTo(5000 + 24 * H);
    expect(begun(drive)).toEqual([0, 6, 12, 18, 24].map((hours) => 5000 + hours * H));
    expect(drive.strokes).toBe(400);
    expect(drive.told(JournalCode.bolusEnded).at(0)).toEqual([
      5000 + 10 * MIN,
      0,
      BolusEnd.complete,
      30000,
      BolusKind.scheduled,
    ]);
  });

  test("no clock moves them (PRG-005)", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    for (let hour = 1; hour < 12; hour++) drive.do(EventKind.setClock, hour * H, { count: (12 - hour) * 7 * H });
    expect(begun(drive)).toEqual([0, 6 * H]);
  });

  test("keep their phase over a stop; what fell into it is left out, what is due at the very start is given (PRG-005)", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    drive.do(EventKind.stop, 5 * H).do(EventKind.start, 6 * H + 1);
    drive.do(EventKind.stop, 13 * H).do(EventKind.start, 18 * H);
    drive.runTo(24 * H);
    expect(begun(drive)).toEqual([0, 12 * H, 18 * H, 24 * H]);
    expect(drive.strokes).toBe(300);
  });

  test("keep it over a hold and over an alarm that stops the motor", () => {
    const drive = new DirectDrive().begin({ ...PERIODIC, minimumNlPerDay: 1000 });
    drive.do(EventKind.hold, 5 * H).do(EventKind.start, 7 * H);
    const air = { detail: AlarmKind.airInLine };
    drive.do(EventKind.detected, 11 * H, { ...air, count: 1 });
    drive.do(EventKind.detected, 13 * H, { ...air, count: 0 }).do(EventKind.acknowledge, 14 * H);
    drive.runTo(18 * H);
    expect(begun(drive)).toEqual([0, 18 * H]);
  });

  test("one that falls due while another square bolus runs is left out and told of, not delayed (PRG-005)", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    expect(drive.order(1, 60000, 2 * H, 5 * H).code).toBe(JournalCode.bolusGranted);
    drive.runTo(12 * H);
    expect(drive.told(JournalCode.bolusSkipped, 1)).toEqual([[6 * H, BolusKind.clinician]]);
    expect(begun(drive)).toEqual([0, 12 * H]);
  });

  test("one that falls due while a demand bolus runs begins suspended, and is given whole after it (BOL-010)", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    drive.ask(1, 6 * H - 2 * MIN);
    drive.runTo(7 * H);
    expect(begun(drive)).toEqual([0, 6 * H]);
    expect(drive.told(JournalCode.bolusSuspended, 3)).toEqual([[6 * H, 0, 30000, BolusKind.scheduled]]);
    expect(drive.told(JournalCode.bolusResumed, 3)).toEqual([[6 * H + 3 * MIN, 0, 30000, BolusKind.scheduled]]);
    expect(drive.told(JournalCode.bolusEnded).at(-1)?.slice(0, 4)).toEqual([
      6 * H + 13 * MIN,
      0,
      BolusEnd.complete,
      30000,
    ]);
    expect(drive.strokes).toBe(230);
  });

  test("a clinician's order while one runs is busy with it; a demand bolus suspends it", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    const refused = drive.order(1, 3000, MIN, MIN);
    expect(refused.numbers.slice(1, 3)).toEqual([BolusAnswer.busy, BolusKind.scheduled]);
    expect(drive.ask(2, 4 * MIN).code).toBe(JournalCode.bolusGranted);
    expect(drive.told(JournalCode.bolusSuspended, 3)).toEqual([[4 * MIN, 0, 18000, BolusKind.scheduled]]);
    drive.runTo(H);
    expect(drive.strokes).toBe(130);
  });

  test("another prescription, confirmed however often, brings the next no nearer than its interval after the last", () => {
    const drive = new DirectDrive().begin(PERIODIC);
    for (let hour = 1; hour <= 4; hour++) drive.program(PERIODIC, hour * H);
    drive.program({ ...PERIODIC, scheduledEveryMs: 8 * H }, 5 * H);
    expect(begun(drive.runTo(16 * H))).toEqual([0, 8 * H, 16 * H]);
  });

  test("at the low mark they go on, as basal does; at empty they end", () => {
    const drive = new DirectDrive(REFERENCE_PUMP, 2010000).begin(PERIODIC);
    drive.runTo(5 * 24 * H);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.lowReservoir);
    expect(drive.entries(JournalCode.bolusEnded).every(({ numbers }) => numbers[1] === Number(BolusEnd.complete))).toBe(
      true,
    );
    drive.runTo(10 * 24 * H);
    expect(drive.last(JournalCode.bolusEnded)?.numbers[1]).toBe(BolusEnd.reservoirEmpty);
    expect(drive.strokes).toBe(Math.floor(1010000 / 300));
  });

  test("a late shell forfeits the one that it slept through", () => {
    const drive = new DirectDrive().begin(PERIODIC).runTo(H);
    drive.hand(event(EventKind.controlLate), 7 * H);
    drive.runTo(12 * H);
    expect(begun(drive)).toEqual([0, 12 * H]);
  });
});
