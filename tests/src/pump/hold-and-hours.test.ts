import { describe, expect, test } from "vitest";
import { BolusEnd } from "../../../src/delivery/bolus-run";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { DirectDrive } from "../direct-drive";
import { prescribed } from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;

describe("a hold", () => {
  const MINIMUM = prescribed({ minimumNlPerDay: 24000 });

  test("goes on at the minimum rate until a start; no bolus meanwhile, and nothing is caught up (PRG-010)", () => {
    const drive = new DirectDrive().begin(MINIMUM).do(EventKind.hold, H);
    const atHold = drive.strokes;
    expect(drive.ask(1, 2 * H).numbers[1]).toBe(BolusAnswer.stopped);
    expect(drive.order(2, 300, 1000, 2 * H).numbers[1]).toBe(BolusAnswer.stopped);
    drive.runTo(26 * H);
    // 25 uL on what was owed of the hour before.
    expect(drive.strokes - atHold).toBe(Math.floor((((1000000 / 24) % 300) + 25000) / 300));
    drive.do(EventKind.start, 26 * H).runTo(27 * H);
    expect(drive.told(JournalCode.basalRate, 1)).toEqual([
      [0, 1000000],
      [H, 24000],
      [26 * H, 1000000],
    ]);
    expect(drive.entries(JournalCode.started)).toHaveLength(2);
  });

  test("is refused without a minimum rate, and while stopped or held (PRG-010, SAF-007)", () => {
    const none = new DirectDrive().begin().do(EventKind.hold, H);
    expect(none.last(JournalCode.orderRefused)?.numbers.slice(0, 2)).toEqual([
      EventKind.hold,
      StartRefusal.noMinimumRate,
    ]);
    const held = new DirectDrive().begin(MINIMUM).do(EventKind.hold, H).do(EventKind.hold, H);
    expect(held.entries(JournalCode.orderRefused)).toHaveLength(1);
    expect(held.do(EventKind.stop, H).do(EventKind.hold, H).entries(JournalCode.orderRefused)).toHaveLength(2);
  });

  test("another prescription with a minimum rate holds at that; one without ends therapy, and says so", () => {
    const drive = new DirectDrive().begin(MINIMUM).do(EventKind.hold, H);
    drive.program({ ...MINIMUM, minimumNlPerDay: 48000 }, 2 * H);
    expect(drive.last(JournalCode.basalRate)?.numbers[0]).toBe(48000);
    drive.program(prescribed(), 3 * H);
    expect([drive.pump.therapy.mode, drive.entries(JournalCode.stopped).length]).toEqual([TherapyMode.stopped, 1]);
  });
});

describe("hours of the day (BOL-008)", () => {
  const answer = (drive: DirectDrive, id: number, atMs: number): number[] => {
    const said = drive.ask(id, atMs);
    return said.code === JournalCode.bolusGranted ? [BolusAnswer.granted] : said.numbers.slice(1, 3);
  };
  const withHours = (fromHour: number, toHour: number): DirectDrive => {
    const drive = new DirectDrive().do(EventKind.setClock, 0, { count: 9000 * DAY });
    return drive.begin(
      prescribed({ hoursFromMs: fromHour * H, hoursToMs: toHour * H, lockoutMs: 1, mostPer24h: 48, bolusMs: 1000 }),
    );
  };

  test("open at their first millisecond and close at the one that they name", () => {
    const drive = withHours(8, 20);
    expect(answer(drive, 1, 8 * H - 1)).toEqual([BolusAnswer.outsideHours, 8 * H]);
    expect(answer(drive, 2, 8 * H)).toEqual([BolusAnswer.granted]);
    expect(answer(drive, 3, 20 * H - 1)).toEqual([BolusAnswer.granted]);
    // One that runs already goes on.
    expect(answer(drive, 4, 20 * H)).toEqual([BolusAnswer.outsideHours, 32 * H]);
    expect(
      drive
        .runTo(21 * H)
        .last(JournalCode.bolusEnded)
        ?.numbers.slice(0, 2),
    ).toEqual([3, BolusEnd.complete]);
  });

  test("over midnight", () => {
    const drive = withHours(22, 6);
    expect(answer(drive, 1, 0)).toEqual([BolusAnswer.granted]);
    expect(answer(drive, 2, 6 * H - 1)).toEqual([BolusAnswer.granted]);
    expect(answer(drive, 3, 6 * H + 2000)).toEqual([BolusAnswer.outsideHours, 22 * H]);
    expect(answer(drive, 4, 22 * H - 1)).toEqual([BolusAnswer.outsideHours, 22 * H]);
    expect(answer(drive, 5, 22 * H)).toEqual([BolusAnswer.granted]);
  });

  test("go by the clock as it is set, and need one", () => {
    const drive = withHours(8, 20);
    drive.do(EventKind.setClock, H, { count: 9000 * DAY + 19 * H });
    expect(answer(drive, 1, H)).toEqual([BolusAnswer.granted]);
    drive.do(EventKind.clockLost, 2 * H - 1);
    expect(answer(drive, 2, 2 * H - 1)).toEqual([BolusAnswer.clockNotSet, 0]);
    drive.do(EventKind.setClock, 3 * H, { count: 9001 * DAY + 21 * H });
    expect(answer(drive, 3, 3 * H)).toEqual([BolusAnswer.outsideHours, 14 * H]);
  });

  test("the clock neither opens nor lengthens lockout and count (TIM-001)", () => {
    const drive = new DirectDrive().do(EventKind.setClock, 0, { count: 9000 * DAY }).begin();
    drive.ask(1, H);
    const freeMs = H + 600000 + 2 * H;
    for (const hours of [30, -20, 8000]) drive.do(EventKind.setClock, 2 * H, { count: 9000 * DAY + hours * H });
    expect(answer(drive, 2, freeMs - 1)).toEqual([BolusAnswer.lockedOut, freeMs]);
    expect(answer(drive, 3, freeMs)).toEqual([BolusAnswer.granted]);
  });

  test("a clinician's bolus is not bound by them", () => {
    expect(withHours(8, 20).order(1, 300, 1000, 0).code).toBe(JournalCode.bolusGranted);
  });
});
