// Shows BOL-001.
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { BolusState, cappedDurationMs, DemandBolus } from "../../../src/delivery/demand-bolus";
import { NEVER_MS } from "../../../src/units";

const DAY_MS = 86400000;

describe("the time of a bolus", () => {
  test("is the wanted one while basal and bolus stay under the maximum rate", () => {
    // 30 uL over 10 min is 4.32 mL/day; basal 1 mL/day.
    expect(cappedDurationMs(30000, 600000, 1000000, 5320000)).toBe(600000);
    expect(cappedDurationMs(30000, 600000, 1000000, 5319999)).toBe(600001);
  });

  property.prop([
    fc.integer({ min: 1, max: 100000000 }),
    fc.integer({ min: 1, max: DAY_MS }),
    fc.integer({ min: 0, max: 1000000 }),
    fc.integer({ min: 1000001, max: 1000000000 }),
  ])("is the shortest that the maximum rate allows, and volume is conserved", (volumeNl, wantedMs, basal, most) => {
    const bolus = new DemandBolus();
    bolus.start(1, volumeNl, wantedMs, basal, most, 1000);
    const durationMs = bolus.endMs - bolus.startMs;
    const volumeDay = BigInt(volumeNl) * BigInt(DAY_MS);
    const room = BigInt(most - basal);
    expect(durationMs).toBeGreaterThanOrEqual(wantedMs);
    expect(volumeDay <= room * BigInt(durationMs)).toBe(true);
    if (durationMs > wantedMs) expect(volumeDay > room * BigInt(durationMs - 1)).toBe(true);
    expect(basal + bolus.rateNlPerDay).toBeLessThanOrEqual(most);
    const given = BigInt(bolus.rateNlPerDay) * BigInt(durationMs) + BigInt(bolus.restNlMsPerDay);
    expect(given).toBe(volumeDay);
    expect(bolus.restNlMsPerDay).toBeLessThan(durationMs);
  });
});

describe("the lockout", () => {
  test("nothing is locked before the first bolus, not even at core time 0", () => {
    expect(new DemandBolus().lockedUntilMs(7200000)).toBe(0);
  });

  test("runs from the end of the last bolus, wherever that was", () => {
    const bolus = new DemandBolus();
    bolus.start(1, 30000, 600000, 0, 24000000, 0);
    expect(bolus).toMatchObject({ state: BolusState.delivering, endMs: 600000 });
    bolus.finish(0);
    expect(bolus).toMatchObject({ state: BolusState.idle, endMs: NEVER_MS, rateNlPerDay: 0 });
    expect(bolus.lockedUntilMs(7200000)).toBe(7200000);
    bolus.start(2, 30000, 600000, 0, 24000000, 8000000);
    bolus.finish(8600000);
    expect(bolus.lockedUntilMs(7200000)).toBe(15800000);
  });
});
