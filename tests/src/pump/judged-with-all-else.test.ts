import { describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { DirectDrive } from "../direct-drive";
import { BOUNDLESS_DRUG, drugs, flexDay, prescribed, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

/** No basal; demand boluses of 9 uL over 5 min. */
const PLAIN = { basalNlPerDay: 0, bolusNl: 9000, bolusMs: 5 * MIN };

describe("a demand bolus is judged with all that goes on", () => {
  test.each([
    ["what is left of a clinician's bolus, and what is owed, would come below the low mark", 2069000, false],
    ["a nanolitre more is there than they all need", 2069001, true],
  ])("%s", (_name, reservoirNl, isGranted) => {
    const drive = new DirectDrive(REFERENCE_PUMP, reservoirNl).begin(prescribed(PLAIN));
    drive.order(1, 60000, H, 0);
    // 20 of 60 uL are ordered, 66 strokes of 300 nL given: 200 nL owed, 40 uL left, and 9 uL asked for.
    const answer = drive.ask(2, 20 * MIN);
    expect(drive.strokes).toBe(66);
    if (isGranted) expect(answer.code).toBe(JournalCode.bolusGranted);
    else expect(answer.numbers).toEqual([2, BolusAnswer.reservoirLow, 49200, 0]);
  });

  test.each([
    [159300, BolusAnswer.granted],
    [159299, BolusAnswer.wouldExceedWindow],
  ])("a scheduled bolus that it holds up can fall into one more window: limit %i nL", (windowLimitNl, answer) => {
    // 49 buckets of 5 min are 245 min. A bolus every 65 min over 10 min, held up by 5 min, can end in them five times.
    const scheduled = { scheduledNl: 30000, scheduledMs: 10 * MIN, scheduledEveryMs: 65 * MIN };
    const prescription = prescribed({
      ...PLAIN,
      ...scheduled,
      program: ProgramKind.periodic,
      windowMs: 4 * H,
      windowLimitNl,
    });
    const drive = new DirectDrive().begin(prescription);
    const said = drive.ask(1, 30 * MIN);
    if (answer === BolusAnswer.granted) expect(said.numbers).toEqual([1, 9000, 5 * MIN, BolusKind.demand]);
    else expect(said.numbers).toEqual([1, answer, 4 * H, 8999]);
  });

  test("with a clock the schedule's quiet hours count as they are; without one every hour may be its busiest", () => {
    // 12 mL/day from 22:00 to 23:00, else nothing.
    const flex = { ...flexDay([22 * H, 12000000], [23 * H, 0]), windowMs: 4 * H, windowLimitNl: 2000000 };
    const begun = (): DirectDrive => {
      const drive = new DirectDrive({ ...REFERENCE_PUMP, maxWindowNl: 100000000 });
      // 00:00:01 of core time is midnight.
      drive.do(EventKind.setClock, 0, { count: 9000 * DAY - 1000 }).begin(prescribed({ ...PLAIN, ...flex }));
      // 480 uL in the last hours.
      drive.pump.delivery.window.remember(0, 1600);
      return drive;
    };
    expect(begun().ask(1, 1000).code).toBe(JournalCode.bolusGranted);
    expect(begun().do(EventKind.clockLost, 1000).ask(1, 1000).numbers).toEqual([
      1,
      BolusAnswer.wouldExceedWindow,
      4 * H,
      0,
    ]);
    // The busy hour lies in the window: 480 and 500 uL of 979 are too much.
    const limit = { ...flex, windowLimitNl: 979000 };
    const late = new DirectDrive().do(EventKind.setClock, 0, { count: 9000 * DAY + 21 * H });
    late.begin(prescribed({ ...PLAIN, ...limit })).pump.delivery.window.remember(0, 1600);
    expect(late.ask(1, 1000).numbers).toEqual([1, BolusAnswer.wouldExceedWindow, 4 * H, 0]);
  });
});

describe("a clinician's order is bounded", () => {
  test("by what the highest basal of the day leaves of the maximum rate in a day", () => {
    const day = flexDay([0, 2400000], [12 * H, 1000000]);
    const drive = new DirectDrive({ ...REFERENCE_PUMP, maxRateNlPerDay: 3000000 }).begin(
      prescribed({ ...day, bolusNl: 0 }),
    );
    expect(drive.order(1, 600001, 6 * H, 0).numbers.slice(1)).toEqual([BolusAnswer.aboveLimit, 600000, 0]);
    expect(drive.order(2, 600000, 6 * H, 0).numbers[1]).not.toBe(BolusAnswer.aboveLimit);
  });

  test("by the old fluid in the line while that is the stronger", () => {
    const library = [{ ...BOUNDLESS_DRUG, softBolusNg: 50000, hardBolusNg: 50000 }];
    const drive = new DirectDrive({ ...REFERENCE_PUMP, library }).begin(prescribed(PLAIN));
    drive.order(1, 30000, MIN, 0);
    drive.do(EventKind.stop, H).do(EventKind.measureResidual, H, { count: 19970000 });
    drive.do(EventKind.refill, H, { count: 20000000, values: drugs(500) });
    drive.program(prescribed({ ...PLAIN, concentrationNgPerUl: drugs(500) }), H).do(EventKind.start, H);
    // 1 ug/uL comes out at the tip, 0.5 behind it.
    expect(drive.order(2, 50001, H, H).numbers.slice(1)).toEqual([BolusAnswer.aboveLimit, 50000, 0]);
    expect(drive.order(3, 50000, H, H).code).toBe(JournalCode.bolusGranted);
  });

  test("with eight drugs in the library as with one", () => {
    const library = Array.from({ length: 8 }, () => BOUNDLESS_DRUG);
    const drive = new DirectDrive({ ...REFERENCE_PUMP, library }).begin(prescribed(PLAIN));
    expect(drive.order(1, 30000, H, 0).numbers).toEqual([1, 30000, H, BolusKind.clinician]);
    expect(drive.runTo(H).strokes).toBe(100);
  });
});
