import { fc } from "@fast-check/vitest";
import type { PumpConfig } from "../../src/config";
import { highestRateNlPerDay } from "../../src/motion/stroke-time";
import { StrokeVolume } from "../../src/motion/stroke";
import { ProgramKind } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { prescribableWindowNl } from "../../src/prescription/validate";
import { mostWithoutDemandNl } from "../../src/prescription/validate-drugs";
import { isAccepted } from "../../sim/random/random-prescription";
import { prescribed, REFERENCE_PUMP, steps } from "./reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 86400000;

/** Pumps with odd and even heads: strokes from 10 nL to 10 uL. */
export const anyPump: fc.Arbitrary<PumpConfig> = fc
  .record({
    plPerRevolution: fc.oneof(
      fc.constantFrom(47123457, 60000000, 20000000, 99999989),
      fc.integer({ min: 10000000, max: 300000000 }),
    ),
    fullStepsPerRevolution: fc.constantFrom(48, 199, 200, 400),
    fullStepsPerStroke: fc.integer({ min: 1, max: 6 }),
    strokeMs: fc.constantFrom(50, 235, 999, 2000),
  })
  .map((head) => {
    const config = { ...REFERENCE_PUMP, ...head };
    const highest = highestRateNlPerDay(new StrokeVolume(config), head.strokeMs);
    return { ...config, maxRateNlPerDay: Math.min(24000000, highest) };
  });

/** Picks a whole number from `least` to `most` by a share of the way between them. */
function between(share: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, least + Math.floor(share * (most - least + 1))));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Often one of the ends: limits met exactly, rates of 0. */
export const edgyShare = fc.oneof(share, fc.constantFrom(0, 1));

/** Lengths of the dose limit's window, in ms. */
export const WINDOWS_MS = [HOUR_MS, 90 * 60000, 4 * HOUR_MS, DAY_MS, 2 * DAY_MS];

/** A day of one to thirteen steps, as shares of the day and of the rate. */
const anyDay = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: DAY_MS - 1 }), edgyShare), {
  minLength: 1,
  maxLength: 13,
  selector: ([startMs]) => startMs,
});

const anyProgram = fc.record({
  kind: fc.constantFrom(ProgramKind.continuous, ProgramKind.flex, ProgramKind.flex, ProgramKind.periodic),
  day: anyDay,
  everyMs: fc.integer({ min: 5 * 60000, max: 12 * HOUR_MS }),
  overShare: share,
  scheduledShare: share,
});

/** What goes on by itself: steps of the day and scheduled boluses, up to `mostNlPerDay` of basal. */
function scheduledPart(drawn: typeof anyProgram extends fc.Arbitrary<infer T> ? T : never, mostNlPerDay: number) {
  const isFlex = drawn.kind === ProgramKind.flex;
  const day = [...drawn.day].sort(([a], [b]) => a - b).slice(0, isFlex ? 13 : 1);
  const basal = {
    program: drawn.kind,
    steps: day.length,
    stepStartMs: isFlex ? steps(...day.map(([startMs]) => startMs)) : steps(),
    stepNlPerDay: steps(...day.map(([, part]) => Math.floor(part * mostNlPerDay))),
  };
  if (drawn.kind !== ProgramKind.periodic) return basal;
  return {
    ...basal,
    scheduledNl: between(
      drawn.scheduledShare,
      5000,
      Math.max(5000, Math.floor((mostNlPerDay * drawn.everyMs) / DAY_MS)),
    ),
    scheduledMs: between(drawn.overShare, 1, drawn.everyMs),
    scheduledEveryMs: drawn.everyMs,
  };
}

/** A prescription with one of these windows that `config` accepts, its limit often just as large as what is scheduled needs. */
export function anyPrescription(config: PumpConfig, ...windowsMs: number[]): fc.Arbitrary<Prescription> {
  const strokeNl = new StrokeVolume(config).volumeRoundedUpNl(1);
  const pick = fc.tuple(edgyShare, edgyShare, edgyShare, edgyShare, edgyShare);
  const windows = fc.constantFrom(...windowsMs);
  const lockouts = fc.constantFrom(1, 60000, HOUR_MS, 2 * HOUR_MS);
  return fc
    .tuple(pick, windows, lockouts, fc.integer({ min: 1, max: 48 }), anyProgram, fc.constantFrom(0, 1000))
    .map(([shares, windowMs, lockoutMs, mostPer24h, drawn, minimumNlPerDay]) => {
      const [limitShare, basalShare, bolusShare, timeShare, room] = shares;
      const highestLimit = prescribableWindowNl(config, windowMs);
      const ring = (windowMs / 48) * 49;
      const fits = Math.floor(((highestLimit - strokeNl) * DAY_MS) / (ring + DAY_MS));
      const mostBasal = Math.max(0, Math.min(fits, Math.floor(config.maxRateNlPerDay / 2)));
      const part = scheduledPart(drawn, Math.floor(mostBasal * basalShare * (room > 0.5 ? 1 : room)));
      const mostBolus = Math.min(highestLimit, config.maxBolusNl, Math.floor(config.maxRateNlPerDay / 2));
      const bolusNl = mostBolus < strokeNl ? 0 : between(bolusShare * room, strokeNl, mostBolus);
      const bolusMs = between(timeShare * timeShare * timeShare, 1, Math.min(windowMs, DAY_MS));
      const p = prescribed({ ...part, minimumNlPerDay, bolusNl, bolusMs, lockoutMs, mostPer24h, windowMs });
      const neededNl = mostWithoutDemandNl(p, config, ring) + strokeNl;
      return { ...p, windowLimitNl: between(limitShare, Math.max(neededNl, bolusNl), highestLimit) };
    })
    .filter((p) => isAccepted(p, config));
}
