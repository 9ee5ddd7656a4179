import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusKind, BolusRun } from "../../../src/delivery/bolus-run";
import { NEVER_MS } from "../../../src/units";

const DAY_MS = 86400000;
const MIN_MS = 60000;

/** A bolus that begins at `atMs` while basal leaves `roomNlPerDay`. */
function begun(volumeNl: number, wantedMs: number, roomNlPerDay: number, atMs = 0): BolusRun {
  const run = new BolusRun();
  run.order(BolusKind.clinician, 1, volumeNl, wantedMs, roomNlPerDay, atMs);
  return run;
}

function suspend(run: BolusRun, isSuspended: boolean, nowMs: number): void {
  run.passTo(nowMs);
  run.isSuspended = isSuspended;
}

describe("the time of a bolus", () => {
  test("is the wanted one while basal and bolus stay under the maximum rate, and longer by what is missing (BOL-001)", () => {
    // 30 uL over 10 min is 4.32 mL/day.
    expect(begun(30000, 600000, 4320000).endMs).toBe(600000);
    // 144 nL/day less are 1 nL in 10 min, which comes at the end; more than that takes time.
    expect(begun(30000, 600000, 4319856).endMs).toBe(600000);
    expect(begun(30000, 600000, 4319855).endMs).toBe(600021);
  });

  property.prop([
    fc.integer({ min: 1, max: 100000000 }),
    fc.integer({ min: 1, max: DAY_MS }),
    fc.integer({ min: 1, max: 1000000000 }),
  ])("is the shortest that the room allows, and all of the volume is ordered by then", (volumeNl, wantedMs, room) => {
    const run = begun(volumeNl, wantedMs, room, 1000);
    const durationMs = run.endMs - 1000;
    const volumeDay = BigInt(volumeNl) * BigInt(DAY_MS);
    expect(durationMs).toBeGreaterThanOrEqual(wantedMs);
    expect(volumeDay - BigInt(room) * BigInt(durationMs) <= BigInt(DAY_MS)).toBe(true);
    if (durationMs > wantedMs) expect(volumeDay > BigInt(room) * BigInt(durationMs - 1)).toBe(true);
    expect(run.rateNlPerDay).toBeLessThanOrEqual(room);
    run.passTo(run.endMs);
    const ordered = BigInt(run.rateNlPerDay) * BigInt(durationMs);
    expect(ordered + BigInt(run.leftNlMsPerDay)).toBe(volumeDay);
    // 1 nL at most is left for the end of one that takes less than a day.
    expect(run.leftNlMsPerDay).toBeLessThanOrEqual(Math.max(DAY_MS, durationMs));
  });
});

describe("a bolus whose room changes while it runs", () => {
  const change = fc.record({
    afterMs: fc.integer({ min: 0, max: 3600000 }),
    roomNlPerDay: fc.oneof(fc.constant(0), fc.integer({ min: -1000, max: 30000000 })),
    does: fc.constantFrom("setRate" as const, "suspend" as const, "resume" as const),
  });

  property.prop([
    fc.integer({ min: 300, max: 1000000 }),
    fc.integer({ min: 1, max: 21600000 }),
    fc.array(change, { maxLength: 30 }),
  ])(
    "orders each nanolitre once, never above the room or the wanted rate, in no less than the time (BOL-001)",
    (volumeNl, wantedMs, changes) => {
      const run = begun(volumeNl, wantedMs, 24000000);
      const most = Math.ceil((volumeNl * DAY_MS) / wantedMs);
      let room = 24000000;
      let nowMs = 0;
      let movedMs = 0;
      let ordered = 0n;
      const passTo = (atMs: number): void => {
        ordered += BigInt(run.rateNlPerDay) * BigInt(atMs - nowMs);
        if (!run.isSuspended) movedMs += atMs - nowMs;
        nowMs = atMs;
      };
      for (const { afterMs, roomNlPerDay, does } of changes) {
        const atMs = nowMs + afterMs;
        if (run.endMs <= atMs) break;
        passTo(atMs);
        room = roomNlPerDay;
        if (does !== "setRate") suspend(run, does === "suspend", nowMs);
        run.setRate(room, nowMs);
        expect(run.rateNlPerDay).toBeLessThanOrEqual(Math.max(0, Math.min(room, most)));
        expect(run.endMs === NEVER_MS).toBe(run.isSuspended || room <= 0);
        expect(ordered + BigInt(run.leftNlMsPerDay)).toBe(BigInt(volumeNl) * BigInt(DAY_MS));
      }
      suspend(run, false, nowMs);
      run.setRate(24000000, nowMs);
      passTo(run.endMs);
      run.passTo(run.endMs);
      expect(ordered + BigInt(run.leftNlMsPerDay)).toBe(BigInt(volumeNl) * BigInt(DAY_MS));
      expect(movedMs).toBeGreaterThanOrEqual(wantedMs);
    },
  );

  test("basal that rises leaves it less; when basal falls again what was lost is not made up for by a higher rate (BOL-011)", () => {
    // 60 uL in 60 min are 1.44 mL/day; half of that for 30 min.
    const run = begun(60000, 60 * MIN_MS, 1440000);
    run.setRate(720000, 0);
    expect(run.endMs).toBe(120 * MIN_MS);
    run.setRate(9000000, 30 * MIN_MS);
    // 45 uL are left: at the wanted rate 45 min, not the 30 that were left of its time.
    expect([run.rateNlPerDay, run.endMs]).toEqual([1440000, 75 * MIN_MS]);
  });

  test("suspended it has no end and orders nothing; what it says was ordered and is left stays", () => {
    const run = begun(60000, 60 * MIN_MS, 24000000);
    suspend(run, true, 20 * MIN_MS);
    run.setRate(24000000, 20 * MIN_MS);
    expect([run.endMs, run.rateNlPerDay, run.orderedNl(), run.leftNl()]).toEqual([NEVER_MS, 0, 20000, 40000]);
    run.passTo(DAY_MS);
    run.setRate(24000000, DAY_MS);
    expect([run.endMs, run.leftNl()]).toEqual([NEVER_MS, 40000]);
    suspend(run, false, DAY_MS);
    run.setRate(24000000, DAY_MS);
    expect([run.endMs, run.rateNlPerDay]).toEqual([DAY_MS + 40 * MIN_MS, 1440000]);
    run.clear();
    expect(run).toMatchObject({ kind: BolusKind.none, rateNlPerDay: 0, endMs: NEVER_MS, isSuspended: false });
  });
});
