import { describe, expect, test } from "vitest";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { prescribed } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

const shots = { bolusNl: 0, basalNlPerDay: 0, scheduledNl: 90000, scheduledMs: 30 * MIN };
const SINGLE = prescribed({ ...shots, program: ProgramKind.singleShot, scheduledEveryMs: 7 * DAY, scheduledCount: 1 });
const SEVERAL = prescribed({
  ...shots,
  program: ProgramKind.severalShots,
  scheduledEveryMs: 12 * H,
  scheduledCount: 3,
});
const CONTINUOUS = prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 3 * DAY });

const ends = (drive: DirectDrive): number[] => drive.entries(JournalCode.programEnded).map(({ atMs }) => atMs);

describe.each<[string, Prescription, number, number]>([
  ["a single shot ends with its bolus", SINGLE, 30 * MIN, 300],
  ["several shots end with the last of them", SEVERAL, DAY + 30 * MIN, 900],
  ["a continuous trial ends when its time is over", CONTINUOUS, 3 * DAY, 10000],
])("%s", (_name, prescription, lastsMs, strokes) => {
  test("then the pump is stopped; it starts again only when it is confirmed anew (PRG-006, PRG-007, PRG-008)", () => {
    const drive = new DirectDrive().begin(prescription).runTo(4 * DAY);
    expect(ends(drive)).toEqual([lastsMs]);
    expect([drive.strokes, drive.pump.therapy.mode]).toEqual([strokes, TherapyMode.stopped]);
    drive.do(EventKind.start, 4 * DAY);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.programEnded);
    drive
      .program(prescription, 4 * DAY)
      .do(EventKind.start, 4 * DAY)
      .runTo(8 * DAY);
    expect([drive.strokes, ends(drive)]).toEqual([2 * strokes, [lastsMs, 4 * DAY + lastsMs]]);
    expect(drive.pump.fault).toBe(FaultKind.none);
  });
});

test("a shot that is cut short is not made up for: the single one ends the program, one of several counts", () => {
  const single = new DirectDrive().begin(SINGLE).do(EventKind.stop, 10 * MIN);
  expect(single.told(JournalCode.bolusEnded)).toEqual([[10 * MIN, 0, BolusEnd.stopped, 30000, BolusKind.scheduled]]);
  expect(ends(single)).toEqual([10 * MIN]);
  const several = new DirectDrive()
    .begin(SEVERAL)
    .do(EventKind.stop, 10 * MIN)
    .do(EventKind.start, 20 * MIN);
  expect(ends(several.runTo(4 * DAY))).toEqual([DAY + 30 * MIN]);
  expect(several.strokes).toBe(100 + 600);
});

test("the time of a continuous trial goes on while it is stopped or held; past its end a start only ends it (PRG-008)", () => {
  const trial = { ...CONTINUOUS, minimumNlPerDay: 1000 };
  const held = new DirectDrive()
    .begin(trial)
    .do(EventKind.hold, DAY)
    .runTo(4 * DAY);
  expect([ends(held), held.pump.therapy.mode]).toEqual([[3 * DAY], TherapyMode.stopped]);
  const stopped = new DirectDrive()
    .begin(trial)
    .do(EventKind.stop, DAY)
    .runTo(3.5 * DAY);
  expect(ends(stopped)).toEqual([]);
  const strokes = stopped.strokes;
  stopped.do(EventKind.start, 3.5 * DAY).runTo(5 * DAY);
  expect([ends(stopped), stopped.strokes, stopped.pump.fault]).toEqual([[3.5 * DAY], strokes, FaultKind.none]);
});

test("its end ends the boluses", () => {
  const drive = new DirectDrive().begin(CONTINUOUS);
  drive.ask(1, 3 * DAY - 5 * MIN);
  drive.runTo(4 * DAY);
  expect(drive.told(JournalCode.bolusEnded)).toEqual([[3 * DAY, 1, BolusEnd.programEnded, 15000, BolusKind.demand]]);
});
