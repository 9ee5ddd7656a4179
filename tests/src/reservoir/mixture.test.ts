import { describe, expect, test } from "vitest";
import { StateRecord } from "../../../src/record/state-record";
import { Mixture } from "../../../src/reservoir/mixture";
import { drugs } from "../reference-pump";

const HOUR_MS = 3600000;

interface Kept {
  readonly oldStrokes?: number;
  readonly reservedStrokes?: number;
  readonly tipChangedMs?: number;
  readonly coreMs?: number;
}

/** A pump that starts again with 1,000 ng/uL in the reservoir and 2,000 at the tip; before, 500 of it and 4,000 of the second drug came out. */
function restored(kept: Kept): Mixture {
  const record = Object.assign(new StateRecord(), kept);
  record.drugs.splice(0, 8, ...drugs(1000));
  record.tip.splice(0, 8, ...drugs(2000));
  record.tipBefore.splice(0, 8, ...drugs(500, 4000));
  return new Mixture(record);
}

const first = (list: readonly number[]): number[] => list.slice(0, 2);

describe("what is at the tip behind a loss of power", () => {
  test("old fluid that was in the line still is, when nothing was reserved", () => {
    const mixture = restored({ oldStrokes: 7, coreMs: 30 * HOUR_MS });
    expect([first(mixture.reservoir), first(mixture.tip), mixture.oldStrokes]).toEqual([[1000, 0], [2000, 0], 7]);
    expect([first(mixture.tipBefore), mixture.tipChangedMs]).toEqual([[500, 4000], 0]);
  });

  test("what was reserved may have moved it on: the stronger of both counts", () => {
    expect(first(restored({ oldStrokes: 7, reservedStrokes: 3 }).tip)).toEqual([2000, 0]);
    const weaker = Object.assign(new StateRecord(), { oldStrokes: 7, reservedStrokes: 3 });
    weaker.drugs.splice(0, 8, ...drugs(3000));
    weaker.tip.splice(0, 8, ...drugs(2000, 10));
    expect(first(new Mixture(weaker).tip)).toEqual([3000, 10]);
    weaker.reservedStrokes = 0;
    expect(first(new Mixture(weaker).tip)).toEqual([2000, 10]);
  });

  test("without old fluid it is that of the reservoir, whatever the record says of the tip", () => {
    const mixture = restored({ coreMs: HOUR_MS });
    expect([first(mixture.tip), mixture.tipChangedMs]).toEqual([[1000, 0], HOUR_MS]);
  });
});

describe("the strongest that came out lately", () => {
  test.each([
    ["26 h after the last change it still counts", 26 * HOUR_MS, [2000, 4000]],
    ["a ms later it has left every window", 26 * HOUR_MS + 1, [2000, 0]],
  ])("%s", (_name, laterMs, before) => {
    const mixture = restored({ oldStrokes: 7, tipChangedMs: 5 * HOUR_MS, coreMs: 5 * HOUR_MS });
    mixture.oldHasPassed(5 * HOUR_MS + laterMs);
    expect(first(mixture.tipBefore)).toEqual(before);
    expect([first(mixture.tip), mixture.oldStrokes]).toEqual([[1000, 0], 0]);
    expect(mixture.tipChangedMs).toBe(5 * HOUR_MS + laterMs);
  });
});

test("other fluid in the reservoir: the tip gives the stronger of both until the dead volume has passed; without one at once", () => {
  const mixture = restored({ oldStrokes: 7 });
  mixture.change(drugs(300, 9000), 12, HOUR_MS);
  expect([first(mixture.tip), first(mixture.reservoir), mixture.oldStrokes]).toEqual([[2000, 0], [300, 9000], 12]);
  mixture.change(drugs(50), 0, 2 * HOUR_MS);
  expect([first(mixture.tip), first(mixture.tipBefore), mixture.oldStrokes]).toEqual([[50, 0], [2000, 9000], 0]);
  expect([mixture.holds(drugs(50)), mixture.holds(drugs(50, 1)), mixture.holds(drugs(300))]).toEqual([
    true,
    false,
    false,
  ]);
});
