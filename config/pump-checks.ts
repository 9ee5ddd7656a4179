import { BUCKETS_IN_WINDOW } from "../src/delivery/bucket-ring";
import { volumeAtRateNl } from "../src/delivery/volume-at-rate";
import { StrokeVolume } from "../src/motion/stroke";
import { highestRateNlPerDay } from "../src/motion/stroke-time";
import { MAX_WINDOW_MS, MIN_WINDOW_MS } from "../src/prescription/validate";
import type { KeyPath } from "./document";
import { drugProblem } from "./drug-checks";
import { formatDuration } from "./duration";
import { headProblem } from "./head-checks";
import { toPumpConfig } from "./pump-config";
import type { PumpFile } from "./pump-file";
import { partsProblem } from "./parts-checks";
import type { PumpProblem } from "./pump-problem";
import { serviceProblem } from "./service-checks";
import { formatRate, formatRateBothWays } from "./rate";
import { formatVolume } from "./volume";

/** Largest reservoir, in nL: 100 mL. The core's products stay exact up to it. */
const MAX_CAPACITY_NL = 100000000;

/** Highest rate, in nL/day, and largest volume of a window, in nL, that the core computes with: 1 L. */
const MAX_LIMIT_NL = 1000000000;

/** The first thing that does not fit together in a pump, or `undefined` for a sound one. */
export function pumpProblem(file: PumpFile): PumpProblem | undefined {
  return (
    headProblem(file) ??
    reservoirProblem(file) ??
    limitsProblem(file) ??
    serviceProblem(file) ??
    partsProblem(file) ??
    drugProblem(file)
  );
}

function strokeNl(file: PumpFile): number {
  return new StrokeVolume(toPumpConfig(file)).volumeRoundedUpNl(1);
}

function reservoirProblem(file: PumpFile): PumpProblem | undefined {
  const { capacityNl, lowNl, emptyNl } = file.reservoir;
  const capacity: KeyPath = ["reservoir", "capacity"];
  const low: KeyPath = ["reservoir", "low"];
  const empty: KeyPath = ["reservoir", "empty"];
  if (capacityNl > MAX_CAPACITY_NL)
    return {
      keys: [capacity],
      message: `${formatVolume(capacityNl)} is too large; the most is ${formatVolume(MAX_CAPACITY_NL)}`,
    };
  if (lowNl >= capacityNl)
    return {
      keys: [low, capacity],
      message: `${formatVolume(lowNl)} must be less than reservoir.capacity, ${formatVolume(capacityNl)}`,
    };
  if (emptyNl >= lowNl)
    return {
      keys: [empty, low],
      message: `${formatVolume(emptyNl)} must be less than reservoir.low, ${formatVolume(lowNl)}`,
    };
  if (emptyNl < strokeNl(file))
    return {
      keys: [empty, ["head", "volumePerRevolution"]],
      message: `${formatVolume(emptyNl)} is less than one stroke; it must be at least ${formatVolume(strokeNl(file))}`,
    };
  return undefined;
}

function limitsProblem(file: PumpFile): PumpProblem | undefined {
  return rateProblem(file) ?? bolusProblem(file) ?? windowProblem(file);
}

function rateProblem(file: PumpFile): PumpProblem | undefined {
  const rate = file.hardLimits.rateNlPerDay;
  const config = toPumpConfig(file);
  const highest = highestRateNlPerDay(new StrokeVolume(config), config.strokeMs);
  const keys: KeyPath[] = [
    ["hardLimits", "rate"],
    ["head", "volumePerRevolution"],
    ["head", "fullStepsPerRevolution"],
    ["head", "fullStepsPerStroke"],
    ["head", "microsteps"],
    ["head", "maxMicrostepsPerSecond"],
    ["board"],
  ];
  if (rate > highest)
    return {
      keys,
      message: `${formatRateBothWays(rate)} cannot be reached by this pump head; the highest is ${roundedDownRate(highest)}`,
    };
  if (rate > MAX_LIMIT_NL)
    return { keys, message: `${formatRate(rate)} is too large; the most is ${formatRate(MAX_LIMIT_NL)}` };
  if (rate < strokeNl(file))
    return {
      keys,
      message: `${formatRate(rate)} is less than one stroke a day; it must be at least ${formatRate(strokeNl(file))}`,
    };
  return undefined;
}

/** A rate that is certainly not above `nlPerDay`, in three digits an hour: `110.16 mL/day (4.59 mL/h)`. */
function roundedDownRate(nlPerDay: number): string {
  const perHour = Math.floor(nlPerDay / 24);
  const step = 10 ** Math.max(0, String(perHour).length - 3);
  return formatRateBothWays(Math.floor(perHour / step) * step * 24);
}

function bolusProblem(file: PumpFile): PumpProblem | undefined {
  const bolus = file.hardLimits.bolusNl;
  const mostNl = file.reservoir.capacityNl - file.reservoir.lowNl;
  const key: KeyPath = ["hardLimits", "bolus"];
  if (bolus > mostNl)
    return {
      keys: [key, ["reservoir", "capacity"], ["reservoir", "low"]],
      message: `${formatVolume(bolus)} is more than a full reservoir gives above its low mark; the most is ${formatVolume(mostNl)}`,
    };
  if (bolus < strokeNl(file))
    return {
      keys: [key, ["head", "volumePerRevolution"]],
      message: `${formatVolume(bolus)} is less than one stroke; it must be at least ${formatVolume(strokeNl(file))}`,
    };
  return undefined;
}

function windowProblem(file: PumpFile): PumpProblem | undefined {
  const { perMs, volumeNl, rateNlPerDay } = file.hardLimits;
  const per: KeyPath = ["hardLimits", "per"];
  const wrong = windowLengthProblem(perMs);
  if (wrong !== undefined) return { keys: [per], message: wrong };
  if (volumeNl > MAX_LIMIT_NL)
    return {
      keys: [["hardLimits", "volume"]],
      message: `${formatVolume(volumeNl)} is too large; the most is ${formatVolume(MAX_LIMIT_NL)}`,
    };
  // The guard counts in buckets, so one of them is kept free below the limit; less leaves nothing to prescribe.
  const bucketMs = Math.ceil(perMs / BUCKETS_IN_WINDOW);
  const leastNl = volumeAtRateNl(rateNlPerDay, bucketMs) + strokeNl(file);
  if (volumeNl >= leastNl) return undefined;
  return {
    keys: [["hardLimits", "volume"], ["hardLimits", "rate"], per],
    message:
      `${formatVolume(volumeNl)} leaves nothing to prescribe; it must be at least ${formatVolume(leastNl)}, ` +
      `what the highest rate gives in ${formatDuration(bucketMs)} (1/${BUCKETS_IN_WINDOW} of ${formatDuration(perMs)}) and one stroke`,
  };
}

/** What is wrong with the length of a rolling window; `undefined` when nothing is. @param perMs length in ms */
export function windowLengthProblem(perMs: number): string | undefined {
  const wanted = `a window is a whole number of minutes from ${formatDuration(MIN_WINDOW_MS)} to ${formatDuration(MAX_WINDOW_MS)}`;
  const isRight = perMs >= MIN_WINDOW_MS && perMs <= MAX_WINDOW_MS && perMs % 60000 === 0;
  return isRight ? undefined : `${formatDuration(perMs)} will not do; ${wanted}`;
}
