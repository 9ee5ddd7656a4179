import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import { PRESCRIPTION_FIELDS, writePrescription } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import {
  prescribableWindowNl,
  PrescriptionFault,
  PrescriptionVerdict,
  validatePrescription,
} from "../../src/prescription/validate";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import type { EngineInput } from "../engines/engine";
import { Random } from "./random";
import { randomPump } from "./random-pump";

/** An input and when it arrives, in ms of core time. */
export interface TimedInput {
  readonly atMs: number;
  readonly input: EngineInput;
}

/** One random run: everything that an engine has to be told. */
export interface RandomTherapy {
  /** What it was drawn from: the same seed gives the same therapy. */
  readonly seed: number;
  readonly config: PumpConfig;
  readonly reservoirNl: number;
  /** In order of time. */
  readonly inputs: readonly TimedInput[];
  readonly durationMs: number;
}

/**
 * The therapy that belongs to `seed`: a pump, a prescription, and people who press, stop, start, refill and change their minds. It lasts
 * about as long as the first basal takes for `strokesWanted` strokes, but at least ten minutes.
 */
export function randomTherapy(seed: number, strokesWanted = 400): RandomTherapy {
  const random = new Random(seed);
  const config = randomPump(random);
  const first = validPrescription(random, config);
  const durationMs = chooseDurationMs(random, config, first, strokesWanted);
  const inputs: TimedInput[] = [
    { atMs: 0, input: { kind: EventKind.program, id: 0, count: 0, prescription: first } },
    { atMs: 0, input: { kind: EventKind.start, id: 0, count: 0 } },
  ];
  const instants = chooseInstants(random, first, durationMs);
  instants.forEach((atMs, index) => inputs.push({ atMs, input: randomInput(random, config, index + 1) }));
  const nearLow = config.lowNl + random.integer(0, 400000);
  const reservoirNl = random.chance(20)
    ? Math.min(config.capacityNl, nearLow)
    : random.integer(config.emptyNl, config.capacityNl);
  return { seed, config, reservoirNl, inputs, durationMs };
}

/** Shortest therapy, in ms. */
const SHORTEST_MS = 10 * MS_PER_MIN;

function chooseDurationMs(
  random: Random,
  config: PumpConfig,
  prescription: Prescription,
  strokesWanted: number,
): number {
  const strokeNl = new StrokeVolume(config).volumeRoundedUpNl(1);
  const strokesPerDay = Math.max(1, prescription.basalNlPerDay / strokeNl);
  const longest = Math.floor((strokesWanted / strokesPerDay) * MS_PER_DAY);
  return Math.max(SHORTEST_MS, Math.min(longest, random.integer(2 * MS_PER_HOUR, 5 * MS_PER_DAY)));
}

/** Instants of inputs in order of time: spread out, in bursts, and at the very edges of lockout and bolus. */
function chooseInstants(random: Random, prescription: Prescription, durationMs: number): number[] {
  const instants: number[] = [];
  const wanted = random.integer(5, 40);
  let last = 0;
  while (instants.length < wanted) {
    const edge = random.pick([
      prescription.bolusMs,
      prescription.lockoutMs,
      prescription.bolusMs + prescription.lockoutMs,
    ]);
    if (random.chance(40)) last += edge + random.integer(-2, 2);
    else if (random.chance(30)) last += random.integer(0, 3);
    else last = random.integer(0, durationMs);
    if (last < 0 || last > durationMs) last = random.integer(0, durationMs);
    instants.push(last);
  }
  return instants.sort((a, b) => a - b);
}

function randomInput(random: Random, config: PumpConfig, id: number): EngineInput {
  const plain = { id: 0, count: 0 };
  const draw = random.integer(0, 99);
  if (draw < 60) return { kind: EventKind.requestBolus, id: random.chance(5) ? random.integer(1, id) : id, count: 0 };
  if (draw < 64) return { kind: EventKind.stop, ...plain };
  if (draw < 82) return { kind: EventKind.start, ...plain };
  if (draw < 88) return { kind: EventKind.acknowledge, ...plain };
  if (draw < 94) return { kind: EventKind.refill, id: 0, count: random.integer(0, config.capacityNl + 1000000) };
  const prescription = random.chance(75) ? validPrescription(random, config) : drawPrescription(random, config);
  return { kind: EventKind.program, ...plain, prescription };
}

function validPrescription(random: Random, config: PumpConfig): Prescription {
  const verdict = new PrescriptionVerdict();
  const stroke = new StrokeVolume(config);
  const fields = new Array<number>(PRESCRIPTION_FIELDS).fill(0);
  for (;;) {
    const prescription = drawPrescription(random, config);
    writePrescription(prescription, fields);
    validatePrescription(prescription, fields, config, stroke, verdict);
    if (verdict.fault === PrescriptionFault.none) return prescription;
  }
}

function drawPrescription(random: Random, config: PumpConfig): Prescription {
  const windowMs = random.pick([MS_PER_HOUR, 4 * MS_PER_HOUR, 24 * MS_PER_HOUR, 90 * MS_PER_MIN]);
  const mostNl = prescribableWindowNl(config, windowMs);
  const windowLimitNl = random.integer(Math.floor(mostNl / 20), mostNl);
  const basalShare = random.chance(10) ? 0 : random.integer(1, 105);
  const mostBasal = Math.min(config.maxRateNlPerDay, Math.floor((windowLimitNl * MS_PER_DAY) / windowMs));
  return {
    basalNlPerDay: Math.floor((mostBasal * basalShare) / 110),
    bolusNl: random.chance(8) ? 0 : random.integer(1000, Math.min(config.maxBolusNl, 200000)),
    bolusMs: random.integer(1, 60) * random.pick([1000, MS_PER_MIN, 61234]),
    lockoutMs: random.integer(1, 8 * 60) * random.pick([1000, MS_PER_MIN, 60001]),
    mostPer24h: random.integer(1, 12),
    windowMs,
    windowLimitNl,
  };
}
