import { describe, expect, test } from "vitest";
import { GRANT_CELLS, GRANTS_PLACE, HOUR_CELLS, HOURS_PLACE } from "../../../src/record/memory-map";
import { RecordFlag } from "../../../src/record/state-record";
import { writeCell } from "../../../src/record/two-slot-record";
import { PoweredPump } from "../powered-pump";
import { Fram } from "./fram";
import { found } from "./found";
import { writtenBy } from "./written-by";

const HOUR_MS = 3600000;

/** What the cell of each hour or grant says. */
type Cells = Readonly<Record<number, number>>;

/** The hours and grants that are found of a record with these numbers, beside these cells. */
function remembered(numbers: object, hours: Cells, grants: Cells = {}): { hours: number[]; grantsMs: number[] } {
  const image = writtenBy((pump) => {
    Object.assign(pump.record, numbers);
    // It writes no cell itself.
    pump.keeper.writtenHour = Infinity;
    pump.keeper.writtenGrants = pump.record.grants;
  });
  const fram = new Fram(image);
  for (const [hour, strokes] of Object.entries(hours)) writeCell(fram, HOURS_PLACE, HOUR_CELLS, Number(hour), strokes);
  for (const [grant, atMs] of Object.entries(grants)) writeCell(fram, GRANTS_PLACE, GRANT_CELLS, Number(grant), atMs);
  const record = found(fram.imageAfter(Infinity));
  return { hours: [...record.hours], grantsMs: [...record.grantsMs] };
}

/** 170 hours, the current one first. */
const hoursFrom = (first: number[]): number[] => [...first, ...new Array<number>(170 - first.length).fill(0)];

describe("strokes of the last hours, out of their cells (PWR-004)", () => {
  const at3h = { coreMs: 3 * HOUR_MS + 1, patientStrokes: 100, reservedStrokes: 0, flags: 0 };

  test("each hour has what was made from the end of the hour before it on, the first all until its end", () => {
    const cells = { 0: 20, 1: 50, 2: 90 };
    expect(remembered(at3h, cells).hours).toEqual(hoursFrom([10, 40, 30, 20]));
  });

  test("where a cell is missing, or says more than a later one, its strokes count in the later hour", () => {
    expect(remembered(at3h, { 0: 20, 2: 90 }).hours).toEqual(hoursFrom([10, 70, 0, 20]));
    expect(remembered(at3h, { 0: 20, 1: 91, 2: 90 }).hours).toEqual(hoursFrom([10, 70, 0, 20]));
    expect(remembered(at3h, {}).hours).toEqual(hoursFrom([100]));
  });

  test("what was reserved counts in the current hour, unless it filled the line (PWR-014, PWR-017)", () => {
    const cells = { 2: 90 };
    expect(remembered({ ...at3h, reservedStrokes: 7 }, cells).hours).toEqual(hoursFrom([17, 90]));
    const priming = { ...at3h, reservedStrokes: 7, flags: RecordFlag.intoLine };
    expect(remembered(priming, cells).hours).toEqual(hoursFrom([10, 90]));
  });

  test("170 hours are known; what was made before the oldest of them is none of theirs", () => {
    // A stroke in each hour: 200 and one.
    const later = { ...at3h, coreMs: 200 * HOUR_MS, patientStrokes: 201 };
    const cells = (many: number): Cells =>
      Object.fromEntries(Array.from({ length: many }, (_, ago) => [199 - ago, 200 - ago]));
    expect(remembered(later, cells(176)).hours).toEqual(new Array(170).fill(1));
    // Unless the cell is missing that says how many they were.
    expect(remembered(later, cells(169)).hours).toEqual([...new Array<number>(169).fill(1), 32]);
  });

  test("a pump that ran through the night finds each hour as it was, and counts what it had reserved", () => {
    // 138.9 strokes an hour; the stroke that falls on a full hour is of the hour that begins.
    const drive = new PoweredPump().begin().pass(6 * HOUR_MS + 100);
    const ends = [1, 2, 3, 4, 5, 6].map((hour) => drive.strokesMs.filter((ms) => ms < hour * HOUR_MS).length);
    const { hours, reservedStrokes } = found(drive.fram.imageAfter(0));
    expect(reservedStrokes).toBe(138);
    const made = drive.made - (ends[5] ?? 0);
    const each = ends.map((end, hour) => end - (ends[hour - 1] ?? 0)).reverse();
    expect(hours.slice(0, 8)).toEqual([made + 138, ...each, 0]);
  });
});

describe("when the last demand boluses were granted, out of their cells (LIM-008)", () => {
  const later = { coreMs: 50 * HOUR_MS, grants: 3 };

  test("the last one first; of which nothing is known, or what cannot be, was granted now", () => {
    const [known, nowMs] = [{ 1: 1000, 2: 2000 }, 50 * HOUR_MS];
    expect(remembered(later, {}, { ...known, 3: 3000 }).grantsMs).toEqual([3000, 2000, 1000]);
    expect(remembered(later, {}, known).grantsMs).toEqual([nowMs, 2000, 1000]);
    expect(remembered(later, {}, { ...known, 3: nowMs + 1 }).grantsMs).toEqual([nowMs, 2000, 1000]);
  });

  test("48 of them at most, and none before the first", () => {
    const many = Object.fromEntries(Array.from({ length: 52 }, (_, k) => [k + 9, k]));
    const { grantsMs } = remembered({ ...later, grants: 60 }, {}, many);
    expect(grantsMs).toEqual(Array.from({ length: 48 }, (_, ago) => 51 - ago));
    expect(remembered({ ...later, grants: 0 }, {}, many).grantsMs).toEqual([]);
  });
});
