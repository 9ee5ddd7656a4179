import type { PumpConfig } from "../src/config";
import { longestStrokeMs } from "../src/motion/stroke-time";
import { BOARD_TIMING } from "./boards";
import type { PumpFile } from "./pump-file";

/** The longest time of one stroke of `microstepsPerStroke` microsteps on the pump's board, in ms. */
export function strokeTimeMs(file: PumpFile, microstepsPerStroke: number): number {
  return longestStrokeMs(microstepsPerStroke, pulseIntervalMs(file), BOARD_TIMING[file.board].wakeGridMs);
}

/** Wanted time between pulses, in ms: rounded up, so that the motor is never asked for more than it follows. */
function pulseIntervalMs(file: PumpFile): number {
  return Math.ceil(1000 / file.head.maxMicrostepsPerSecond);
}

/** What the core must know of the pump. The file must have passed the checks of `readPump`. */
export function toPumpConfig(file: PumpFile): PumpConfig {
  const { head, reservoir, hardLimits } = file;
  return {
    plPerRevolution: head.plPerRevolution,
    fullStepsPerRevolution: head.fullStepsPerRevolution,
    fullStepsPerStroke: head.fullStepsPerStroke,
    microsteps: head.microsteps,
    pulseIntervalMs: pulseIntervalMs(file),
    strokeMs: strokeTimeMs(file, head.microsteps * head.fullStepsPerStroke),
    maxRateNlPerDay: hardLimits.rateNlPerDay,
    maxBolusNl: hardLimits.bolusNl,
    windowMs: hardLimits.perMs,
    maxWindowNl: hardLimits.volumeNl,
    capacityNl: reservoir.capacityNl,
    lowNl: reservoir.lowNl,
    emptyNl: reservoir.emptyNl,
  };
}
