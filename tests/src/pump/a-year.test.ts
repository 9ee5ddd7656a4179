import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { wrongConfigField } from "../../../src/config";
import type { PumpConfig } from "../../../src/config";
import { EventKind } from "../../../src/events";
import { highestRateNlPerDay } from "../../../src/motion/stroke-time";
import { StrokeVolume } from "../../../src/motion/stroke";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { drugs, event, prescribed, REFERENCE_PUMP } from "../reference-pump";
import { runs } from "../runs";

const DAY_MS = 86400000;
const YEAR_DAYS = runs(365);

/** A window limit that no rate here comes near. */
const WIDE_NL = 900000000;

/** The pump on 100 mL, wide enough for any rate up to that of one stroke a second. */
function roomy(head: Partial<PumpConfig>): PumpConfig {
  const config = { ...REFERENCE_PUMP, ...head, capacityNl: 100000000, maxWindowNl: 1000000000, strokeMs: 1000 };
  return { ...config, maxRateNlPerDay: Math.min(1000000000, highestRateNlPerDay(new StrokeVolume(config), 1000)) };
}

/** Strokes of `days` of basal alone, each day begun with a pause, and refilled whenever half of the reservoir may be gone. */
function strokesIn(days: number, basalNlPerDay: number, config: PumpConfig, pauseMs = 0): number {
  const drive = new DirectDrive(config);
  drive.keep = false;
  drive.begin(prescribed({ basalNlPerDay, bolusNl: 0, windowMs: DAY_MS, windowLimitNl: WIDE_NL }));
  for (let day = 1; day <= days; day++) {
    const dawnMs = (day - 1) * DAY_MS;
    const refilled = day % Math.max(1, Math.floor(50000000 / basalNlPerDay)) === 0;
    if (refilled || pauseMs > 0) {
      // What is owed below a stroke must survive.
      drive.give(event(EventKind.stop), dawnMs);
      if (refilled) {
        const countedNl = drive.pump.delivery.reservoir.contentNl();
        drive.hand(event(EventKind.measureResidual, { count: countedNl }), dawnMs);
        drive.hand(event(EventKind.refill, { count: config.capacityNl, values: drugs(1000) }), dawnMs);
      }
      drive.give(event(EventKind.start), dawnMs + pauseMs);
    }
    drive.runTo(day * DAY_MS);
  }
  expect(drive.pump.fault).toBe(FaultKind.none);
  return drive.strokes;
}

/** Whole strokes in the ordered volume, in big integers. */
function ordered(days: number, basalNlPerDay: number, config: PumpConfig, pauseMs = 0): number {
  const stroke = BigInt(config.plPerRevolution) * BigInt(config.fullStepsPerStroke) * BigInt(DAY_MS);
  const nlMs = BigInt(days) * BigInt(DAY_MS - pauseMs) * BigInt(basalNlPerDay);
  return Number((nlMs * 1000n * BigInt(config.fullStepsPerRevolution)) / stroke);
}

test.each([
  ["1 mL/day in strokes of 300 nL", 1000000, {}],
  ["777,777 nL/day from an odd head", 777777, { plPerRevolution: 47123457 }],
  ["1 nL/day: 1.2 strokes a year", 1, {}],
])("a year of %s is its volume, to the stroke (DEL-002)", (_name, basalNlPerDay, head) => {
  const config = roomy(head);
  expect(strokesIn(YEAR_DAYS, basalNlPerDay, config)).toBe(ordered(YEAR_DAYS, basalNlPerDay, config));
});

property.prop(
  [
    fc.record({
      plPerRevolution: fc.oneof(fc.constantFrom(999999937, 47123457), fc.integer({ min: 10000000, max: 1000000000 })),
      fullStepsPerRevolution: fc.constantFrom(199, 200, 2048, 99991),
      fullStepsPerStroke: fc.integer({ min: 1, max: 90 }),
    }),
    fc.integer({ min: 1, max: 3000 }),
    fc.integer({ min: 0, max: 1000000 }),
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: DAY_MS - 1 })),
  ],
  { numRuns: runs(60) },
)(
  "a year of any rate from any head, stopped for a while each day, is its volume to the stroke (DEL-002)",
  (head, per100, more, pauseMs) => {
    const config = roomy(head);
    const strokeNl = (head.plPerRevolution * head.fullStepsPerStroke) / head.fullStepsPerRevolution / 1000;
    const rate = Math.ceil((strokeNl * per100) / 100) + (more % Math.ceil(strokeNl));
    const basalNlPerDay = Math.max(1, Math.min(rate, 40000000));
    fc.pre(wrongConfigField(config) === 0 && basalNlPerDay < config.maxRateNlPerDay);
    expect(strokesIn(YEAR_DAYS, basalNlPerDay, config, pauseMs)).toBe(
      ordered(YEAR_DAYS, basalNlPerDay, config, pauseMs),
    );
  },
);
