import { isWhole, MS_PER_DAY, MS_PER_MIN, NEVER_MS, wholeQuotient } from "./units";

/**
 * What the core must know of this pump: integers only. Made from a pump file by the host, compiled into a board's
 * program or handed to it by the simulator. Validation has happened before; the core's assertions are the last gate.
 */
export interface PumpConfig {
  /** Volume of one revolution of the pump head, in pL; 1 to 10^9. */
  readonly plPerRevolution: number;
  /** Full steps of the motor in one revolution of the head (a gear counts in); 1 to 100,000. */
  readonly fullStepsPerRevolution: number;
  /** Full steps in one stroke; 1 to MAX_STROKE_PL / plPerRevolution. */
  readonly fullStepsPerStroke: number;
  /** Microsteps in one full step: a power of two, 1 to 256. */
  readonly microsteps: number;
  /** Time from one pulse to the next inside a stroke, in ms; 1 to MAX_PULSE_INTERVAL_MS. */
  readonly pulseIntervalMs: number;
  /** Longest time that one stroke takes, from the command to the motor at rest, in ms (see `motion/stroke-time`). */
  readonly strokeMs: number;
  /** Hard limit of the rate, basal and bolus together, in nL/day; the pump head can reach it. */
  readonly maxRateNlPerDay: number;
  /** Hard limit of one bolus, in nL. */
  readonly maxBolusNl: number;
  /** Length of the hard limit's rolling window, in ms: a whole number of minutes. */
  readonly windowMs: number;
  /** Hard limit of the volume in any such window, in nL. */
  readonly maxWindowNl: number;
  /** What the reservoir holds when full, in nL. */
  readonly capacityNl: number;
  /** Content at which *low reservoir* is raised, in nL. */
  readonly lowNl: number;
  /** Content below which the pump does not draw, in nL. */
  readonly emptyNl: number;
}

/** Most that plPerRevolution x fullStepsPerStroke may be, in pL: the step plan's units stay under 2^53. */
export const MAX_STROKE_PL = 100000000000;

/** Longest time between pulses, in ms: the circuit that gates EN takes it away about 300 ms after a pulse. */
export const MAX_PULSE_INTERVAL_MS = 200;

/**
 * The core's own look at its configuration, before anything can move: each number whole and inside the range in which the arithmetic
 * is exact. Returns the place of the first wrong field, from 1 in the order of the interface; 0: none is wrong.
 */
export function wrongConfigField(config: PumpConfig): number {
  const c = config;
  if (!isWhole(c.plPerRevolution, 1, 1000000000)) return 1;
  if (!isWhole(c.fullStepsPerRevolution, 1, 100000)) return 2;
  if (!isWhole(c.fullStepsPerStroke, 1, MAX_STROKE_PL / c.plPerRevolution)) return 3;
  if (!isWhole(c.microsteps, 1, 256) || (c.microsteps & (c.microsteps - 1)) !== 0) return 4;
  if (!isWhole(c.pulseIntervalMs, 1, MAX_PULSE_INTERVAL_MS)) return 5;
  if (!isWhole(c.strokeMs, 50, 2000)) return 6;
  // A stroke of less than 10 nL, or a rate that the head cannot reach, would make several strokes fall due at once.
  const strokePlTimesSteps = c.plPerRevolution * c.fullStepsPerStroke;
  if (strokePlTimesSteps < 10000 * c.fullStepsPerRevolution) return 1;
  const strokesPerDay = wholeQuotient(MS_PER_DAY, c.strokeMs);
  const reachable = wholeQuotient(wholeQuotient(strokePlTimesSteps, c.fullStepsPerRevolution) * strokesPerDay, 1000);
  if (!isWhole(c.maxRateNlPerDay, 1, Math.min(reachable + strokesPerDay, 1000000000))) return 7;
  if (!isWhole(c.maxBolusNl, 1, 100000000)) return 8;
  if (!isWhole(c.windowMs, MS_PER_MIN, 604800000)) return 9;
  if (wholeQuotient(c.windowMs, MS_PER_MIN) * MS_PER_MIN !== c.windowMs) return 9;
  // Volumes are compared with strokes in 1/fullStepsPerRevolution pL.
  const countableNl = wholeQuotient(NEVER_MS, 1000 * c.fullStepsPerRevolution);
  if (!isWhole(c.maxWindowNl, 1, Math.min(1000000000, countableNl))) return 10;
  if (!isWhole(c.capacityNl, 1, Math.min(100000000, countableNl))) return 11;
  if (!isWhole(c.lowNl, 0, c.capacityNl)) return 12;
  if (!isWhole(c.emptyNl, 0, c.lowNl)) return 13;
  return 0;
}

/** A configuration for a pump whose own is wrong: it holds nothing and can order nothing. */
export const NO_PUMP: PumpConfig = {
  plPerRevolution: 60000000,
  fullStepsPerRevolution: 200,
  fullStepsPerStroke: 1,
  microsteps: 1,
  pulseIntervalMs: 100,
  strokeMs: 2000,
  maxRateNlPerDay: 1,
  maxBolusNl: 1,
  windowMs: 3600000,
  maxWindowNl: 1,
  capacityNl: 1,
  lowNl: 1,
  emptyNl: 0,
};
