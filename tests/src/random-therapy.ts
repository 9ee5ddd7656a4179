import { fc } from "@fast-check/vitest";
import type { PumpConfig } from "../../src/config";
import { volumeAtRateNl } from "../../src/delivery/volume-at-rate";
import { EventKind } from "../../src/events";
import type { PumpEvent } from "../../src/events";
import { highestRateNlPerDay } from "../../src/motion/stroke-time";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { prescribableWindowNl } from "../../src/prescription/validate";
import { event, program, REFERENCE_PUMP } from "./reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 86400000;

/** Pumps with odd and even heads: strokes from 10 nL to 10 uL. */
const anyPump: fc.Arbitrary<PumpConfig> = fc
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
  return Math.min(most, least + Math.floor(share * (most - least + 1)));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Often one of the ends: limits met exactly, rates of 0. */
const edgyShare = fc.oneof(share, fc.constantFrom(0, 1));

const WINDOWS_MS = [HOUR_MS, 90 * 60000, 4 * HOUR_MS, DAY_MS, 2 * DAY_MS];

/** A prescription with one of these windows that `config` accepts, often just so. */
function anyPrescription(config: PumpConfig, ...windowsMs: number[]): fc.Arbitrary<Prescription> {
  const strokeNl = new StrokeVolume(config).volumeRoundedUpNl(1);
  const pick = fc.tuple(edgyShare, edgyShare, edgyShare, edgyShare, edgyShare);
  const windows = fc.constantFrom(...windowsMs);
  const lockouts = fc.constantFrom(1, 60000, HOUR_MS, 2 * HOUR_MS);
  return fc
    .tuple(pick, windows, lockouts, fc.integer({ min: 1, max: 48 }))
    .map(([shares, windowMs, lockoutMs, most]) => {
      const [limitShare, basalShare, bolusShare, timeShare, room] = shares;
      const highestLimit = prescribableWindowNl(config, windowMs);
      const windowLimitNl = between(limitShare, Math.min(20 * strokeNl, highestLimit), highestLimit);
      const ring = (windowMs / 48) * 49;
      const fits = Math.floor(((windowLimitNl - strokeNl) * DAY_MS) / (ring + 1000)) - 1;
      const mostBasal = Math.max(0, Math.min(fits, Math.floor(config.maxRateNlPerDay / 2)));
      let basalNlPerDay = Math.floor(mostBasal * basalShare * (room > 0.5 ? 1 : room));
      while (basalNlPerDay > 0 && volumeAtRateNl(basalNlPerDay, ring) + strokeNl > windowLimitNl) basalNlPerDay--;
      const mostBolus = Math.min(windowLimitNl, config.maxBolusNl, Math.floor(config.maxRateNlPerDay / 2));
      const bolusNl = mostBolus < strokeNl ? 0 : between(bolusShare * room, strokeNl, mostBolus);
      const bolusMs = between(timeShare * timeShare * timeShare, 1, Math.min(windowMs, DAY_MS));
      return { basalNlPerDay, bolusNl, bolusMs, lockoutMs, mostPer24h: most, windowMs, windowLimitNl };
    });
}

/** Something that happens `afterMs` after what happened before. */
interface Happening {
  readonly afterMs: number;
  readonly what: PumpEvent;
}

const gap = fc.oneof(
  fc.constantFrom(0, 1, HOUR_MS),
  fc.integer({ min: 0, max: 10 * 60000 }),
  fc.integer({ min: 0, max: 8 * HOUR_MS }),
);

const request = fc.integer({ min: 1, max: 30 }).map((id) => event(EventKind.requestBolus, { id }));

/** Requests get rising ids, as the pump wants them; one in thirty repeats the first. */
function withRisingIds(doings: Happening[]): Happening[] {
  return doings.map(({ afterMs, what }, index) => ({
    afterMs,
    what: what.kind === EventKind.requestBolus && what.id > 1 ? event(what.kind, { id: index + 2 }) : what,
  }));
}

/** Requests only: nothing that changes or stops the therapy. */
const anyRequests: fc.Arbitrary<Happening[]> = fc
  .array(gap, { maxLength: 60, size: "max" })
  .map((gaps) => gaps.map((afterMs, index) => ({ afterMs, what: event(EventKind.requestBolus, { id: index + 1 }) })));

/** All that people do to a pump; `programs` are the prescriptions that may be confirmed meanwhile. */
function anyDoings(config: PumpConfig, programs: fc.Arbitrary<Prescription>): fc.Arbitrary<Happening[]> {
  const what = fc.oneof(
    { arbitrary: request, weight: 8 },
    { arbitrary: fc.constantFrom(EventKind.stop, EventKind.start).map((kind) => event(kind)), weight: 6 },
    { arbitrary: fc.constant(event(EventKind.acknowledge)), weight: 1 },
    { arbitrary: programs.map(program), weight: 2 },
    {
      arbitrary: fc.integer({ min: 0, max: config.capacityNl + 1 }).map((count) => event(EventKind.refill, { count })),
      weight: 1,
    },
  );
  return fc.array(fc.record({ afterMs: gap, what }), { maxLength: 40, size: "max" }).map(withRisingIds);
}

/** A pump with its prescription, how full it is, and what is done to it. */
export interface Therapy {
  readonly config: PumpConfig;
  readonly prescription: Prescription;
  readonly reservoirNl: number;
  readonly doings: readonly Happening[];
  /** Time after the last of them. */
  readonly restMs: number;
}

function therapyWith(config: PumpConfig, windowsMs: readonly number[]): fc.Arbitrary<Therapy> {
  return fc.record({
    config: fc.constant(config),
    prescription: anyPrescription(config, ...windowsMs),
    reservoirNl: fc.oneof(fc.constant(config.capacityNl), fc.integer({ min: 900000, max: 4000000 })),
    doings: anyDoings(config, anyPrescription(config, ...windowsMs)),
    restMs: fc.integer({ min: 0, max: DAY_MS }),
  });
}

/** Therapies in which anything is done, other prescriptions included; only the dose limit's window keeps its length. */
export const anyTherapyOfOneWindow: fc.Arbitrary<Therapy> = fc
  .tuple(anyPump, fc.constantFrom(...WINDOWS_MS))
  .chain(([config, windowMs]) => therapyWith(config, [windowMs]));

/** The same, and the window may change its length with the prescription. */
export const anyTherapy: fc.Arbitrary<Therapy> = anyPump.chain((config) => therapyWith(config, WINDOWS_MS));

/** Therapies that go on as they began, with requests at any time and a reservoir that does not run out. */
export const steadyTherapy: fc.Arbitrary<Therapy> = anyPump.chain((pump) => {
  const config = { ...pump, capacityNl: 100000000 };
  return fc.record({
    config: fc.constant(config),
    prescription: anyPrescription(config, ...WINDOWS_MS),
    reservoirNl: fc.constant(config.capacityNl),
    doings: anyRequests,
    restMs: fc.integer({ min: 0, max: DAY_MS }),
  });
});
