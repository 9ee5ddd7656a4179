import { describe, expect, it } from "vitest";
import { IDEAL_VESSEL, Vessel } from "../../../sim/plant/vessel";

const STROKE_MS = 400;

describe("the vessel", () => {
  it("holds what came in, evenly within each stroke, less what evaporated, at any instant asked for (SBE-001)", () => {
    const [rho, evaporation, every, strokeNl] = [0.998, 0.36, 1000, 300];
    const vessel = new Vessel({ densityGPerMl: rho, evaporationGPerH: evaporation }, STROKE_MS);
    // More than the room it begins with.
    for (let n = 0; n < 5000; n++) vessel.take(n * every, strokeNl);
    // Backwards: what is asked for later does not depend on what was asked for before.
    for (const atMs of [6e6, 4999100, 4999000, 1234567, 1000, 999, 401, 400, 100, 0]) {
      const whole = Math.min(5000, Math.floor(atMs / every));
      const share = whole === 5000 ? 0 : Math.min(1, (atMs % every) / STROKE_MS);
      expect(vessel.volumeNl(atMs)).toBeCloseTo((whole + share) * strokeNl, 6);
      expect(vessel.gainG(atMs)).toBeCloseTo(
        ((whole + share) * strokeNl * rho) / 1e6 - evaporation * (atMs / 3.6e6),
        12,
      );
    }
  });

  it("refuses strokes that overlap, and a liquid that cannot be", () => {
    const vessel = new Vessel(IDEAL_VESSEL, STROKE_MS);
    vessel.take(1000, 300);
    expect(() => vessel.take(1399, 300)).toThrow(RangeError);
    expect(() => new Vessel({ densityGPerMl: 0, evaporationGPerH: 0 }, STROKE_MS)).toThrow(RangeError);
    expect(() => new Vessel({ densityGPerMl: 1, evaporationGPerH: -1 }, STROKE_MS)).toThrow(RangeError);
  });
});
