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
      windows.rollDrugs(nowMs);
      expect(windows.addStroke(drugs(ngPerUl))).toBe(0);
      given.push([nowMs, ngPerUl]);
      expect(windows.units[0]).toBeGreaterThanOrEqual(within(DRUG_WINDOW_MS));
      expect(windows.units[0]).toBeLessThanOrEqual(within(DRUG_WINDOW_MS + DRUG_BUCKET_MS));
    }
    windows.rollDrugs(nowMs + 1e12);
    expect(windows.units[0]).toBe(0);
  });

  test("a stroke that is no whole number of picolitres fits as often as its mass does, less the last unit", () => {
    // 300,000.2 pL at 10 ng/uL are 3.000002 ng: 9.99 strokes of them are 30 ng.
    const config = { ...REFERENCE_PUMP, plPerRevolution: 60000040, library: [{ ...BOUNDLESS_DRUG, hardDayNg: 30 }] };
    const windows = new DrugWindows(config, new StrokeVolume(config), new StateRecord());
    for (let i = 0; i < 9; i++) expect(windows.addStroke(drugs(10))).toBe(0);
    expect(windows.addStroke(drugs(10))).toBe(1);
  });

  test("a bucket leaves at the instant at which its last one is 24 h old, for each drug", () => {
    const windows = windowsWith(1000000, 1000000);
    windows.addStroke(drugs(7, 5));
    windows.rollDrugs(DRUG_BUCKET_MS);
    windows.addStroke(drugs(2, 1));
    windows.rollDrugs(DRUG_WINDOW_MS + DRUG_BUCKET_MS - 1);
    expect(windows.units).toEqual([9, 6]);
    windows.rollDrugs(DRUG_WINDOW_MS + DRUG_BUCKET_MS);
    expect(windows.units).toEqual([2, 1]);
  });
});

describe("the drugs in a ledger's hours", () => {
  const at = (hour: number, min = 0): number => hour * 3600000 + min * 60000;
  /** Two drugs: the tip gives 10 and 3 ng/uL, the reservoir holds 20 and 0; until `tipChangedMs` the tip gave 15 and 1. */
  const ledger = (hours: number[], tipChangedMs: number, coreMs = at(30)): StateRecord =>
    Object.assign(new StateRecord(), {
      coreMs,
      tip: drugs(10, 3),
      drugs: drugs(20),
      tipBefore: drugs(15, 1),
      tipChangedMs,
      hours,
    });
  const windowsOf = (record: StateRecord): DrugWindows => {
    const library = [BOUNDLESS_DRUG, BOUNDLESS_DRUG];
    return new DrugWindows({ ...REFERENCE_PUMP, library }, stroke(), record);
  };
  /** Units of both drugs, by half hours before the current one. */
  const byHalfHoursAgo = ({ ring, units }: DrugWindows): [ago: number, first: number, second: number][] => {
    expect(units.map((_, drug) => ring.slice(drug * 49, drug * 49 + 49).reduce((sum, one) => sum + one, 0))).toEqual(
      units,
    );
    return Array.from({ length: 49 }, (_, ago): [number, number, number] => {
      const slot = (49 - ago) % 49;
      return [ago, ring[slot] ?? NaN, ring[49 + slot] ?? NaN];
    }).filter(([, first, second]) => first + second !== 0);
  };

  test("count at the end of each hour by the tip's fluid, in the current one by the stronger of tip and reservoir (LIM-005)", () => {
    const windows = windowsOf(ledger([1, 2, 4], at(10)));
    expect(windows.units).toEqual([80, 21]);
    expect(byHalfHoursAgo(windows)).toEqual([
      [0, 20, 3],
      [1, 20, 6],
      [3, 40, 12],
    ]);
  });

  test("an hour that began before the tip's fluid changed counts by the stronger of both fluids", () => {
    const changedIn28 = windowsOf(ledger([0, 2, 4, 8], at(28, 10)));
    expect(byHalfHoursAgo(changedIn28)).toEqual([
      [1, 20, 6],
      [3, 4 * 15, 12],
      [5, 8 * 15, 24],
    ]);
    const changedAt28 = windowsOf(ledger([0, 2, 4, 8], at(28)));
    expect(byHalfHoursAgo(changedAt28)).toEqual([
      [1, 20, 6],
      [3, 4 * 10, 12],
      [5, 8 * 15, 24],
    ]);
  });

  test("the current one and 24 before it count, none older", () => {
    const hours = [...new Array<number>(24).fill(0), 8, 16];
    // Hour 6, 24 before the current one, leaves when its last half hour does.
    const windows = windowsOf(ledger(hours, 0, at(30, 10)));
    expect(byHalfHoursAgo(windows)).toEqual([[47, 80, 24]]);
    expect(byHalfHoursAgo(windowsOf(ledger(hours, 0)))).toEqual([[47, 80, 24]]);
    windows.rollDrugs(at(31) - 1);
    expect(windows.units).toEqual([80, 24]);
    windows.rollDrugs(at(31));
    expect(windows.units).toEqual([0, 0]);
  });

  test("a drug that the fluid no longer holds forbids no stroke, though more of it is remembered than its limit", () => {
    const library = [BOUNDLESS_DRUG, { ...BOUNDLESS_DRUG, hardDayNg: 3 }];
    const windows = new DrugWindows({ ...REFERENCE_PUMP, library }, stroke(), ledger([0, 5], at(10)));
    expect(windows.units[1]).toBeGreaterThan(windows.limitUnits[1] ?? NaN);
    expect(windows.addStroke(drugs(1))).toBe(0);
    expect(windows.addStroke(drugs(1, 1))).toBe(2);
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
