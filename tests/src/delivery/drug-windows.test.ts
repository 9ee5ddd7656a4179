import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { DRUG_BUCKET_MS, DRUG_WINDOW_MS, DrugWindows } from "../../../src/delivery/drug-windows";
import { StateRecord } from "../../../src/record/state-record";
import { StrokeVolume } from "../../../src/motion/stroke";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { BOUNDLESS_DRUG, drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";
import { DirectDrive } from "../direct-drive";
import { EventKind } from "../../../src/events";

const stroke = (): StrokeVolume => new StrokeVolume(REFERENCE_PUMP);

function windowsWith(...hardDayNg: number[]): DrugWindows {
  const library = hardDayNg.map((most) => ({ ...BOUNDLESS_DRUG, softDayNg: most, hardDayNg: most }));
  return new DrugWindows({ ...REFERENCE_PUMP, library }, stroke(), new StateRecord());
}

describe("the mass of each drug in 24 h", () => {
  test("a stroke that would pass any limit is not counted for any drug, and the first such drug is named", () => {
    // 10 ng/uL are 3 ng a stroke: 30 ng are ten strokes, and one unit less than that is allowed.
    const windows = windowsWith(1000000, 30);
    for (let i = 0; i < 9; i++) expect(windows.addStroke(drugs(1, 10))).toBe(0);
    expect(windows.addStroke(drugs(1, 10))).toBe(2);
    expect(windows.units).toEqual([9, 90]);
    expect(windows.addStroke(drugs(1, 9))).toBe(0);
    // A drug that is not in the fluid does not matter, however much of it was given.
    expect(windows.addStroke(drugs(1))).toBe(0);
  });

  property.prop([
    fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * DRUG_BUCKET_MS }), fc.integer({ min: 0, max: 1000000 })), {
      maxLength: 300,
    }),
  ])("is never under the exact sum, and over by at most one bucket (LIM-003, LIM-005)", (strokes) => {
    const windows = windowsWith(100000000000);
    const given: [atMs: number, ngPerUl: number][] = [];
    let nowMs = 0;
    const within = (spanMs: number): number =>
      given.reduce((sum, [atMs, ngPerUl]) => (atMs > nowMs - spanMs ? sum + ngPerUl : sum), 0);
    for (const [gapMs, ngPerUl] of strokes) {
      nowMs += gapMs;
      windows.rollTo(nowMs);
      expect(windows.addStroke(drugs(ngPerUl))).toBe(0);
      given.push([nowMs, ngPerUl]);
      expect(windows.units[0]).toBeGreaterThanOrEqual(within(DRUG_WINDOW_MS));
      expect(windows.units[0]).toBeLessThanOrEqual(within(DRUG_WINDOW_MS + DRUG_BUCKET_MS));
    }
    windows.rollTo(nowMs + 1e12);
    expect(windows.units[0]).toBe(0);
  });
});

test("a stroke that would pass a drug's limit is dropped for good and told of by drug; basal goes on when there is room (LIM-005, LIM-007)", () => {
  const library = [BOUNDLESS_DRUG, { ...BOUNDLESS_DRUG, softDayNg: 1500000, hardDayNg: 1500000 }];
  const day = 86400000;
  const config = { ...REFERENCE_PUMP, library };
  const drive = new DirectDrive(config, config.capacityNl, undefined, drugs(1000, 2000));
  const basal = (nlPerDay: number, second: number): Parameters<typeof prescribed>[0] => ({
    basalNlPerDay: nlPerDay,
    concentrationNgPerUl: drugs(1000, second),
    bolusNl: 0,
  });
  // 1 mg of the second drug in 12 h; then the fluid is another one, and twice the rate of it.
  drive.begin(prescribed(basal(700000, 2000))).runTo(day / 2);
  drive.do(EventKind.stop, day / 2).do(EventKind.measureResidual, day / 2, { count: 19650000 });
  drive.do(EventKind.refill, day / 2, { count: 20000000, values: drugs(1000, 1000) });
  drive.program(prescribed(basal(1400000, 1000)), day / 2).do(EventKind.start, day / 2);
  drive.runTo(1.5 * day);
  const dropped = drive.entries(JournalCode.strokeDropped);
  expect(dropped.length).toBeGreaterThan(0);
  expect(new Set(dropped.map(({ numbers }) => numbers.slice(0, 2).join()))).toEqual(new Set([`${DRUG_WINDOW_MS},2`]));
  expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.doseLimitReached);
  const last = dropped.at(-1)?.atMs ?? 0;
  const { strokes } = drive.runTo(2.5 * day);
  drive.runTo(3.5 * day);
  expect(drive.entries(JournalCode.strokeDropped).filter(({ atMs }) => atMs > Math.max(last, 1.6 * day))).toEqual([]);
  expect(Math.abs(drive.strokes - strokes - 1400000 / 300)).toBeLessThan(1);
});
