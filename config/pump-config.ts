import { configNames, drugNames } from "../src/config";
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

/**
 * What the core must know of the pump. The file must have passed the checks of `readPump`.
 * @param program number of the build; 0 for a pump that is simulated
 */
export function toPumpConfig(file: PumpFile, program = 0): PumpConfig {
  const { head, reservoir, hardLimits, tubeLife, service, battery } = file;
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
    tubingNl: file.tubingNl,
    accuracyPerMille: file.accuracyPerMille,
    tubeLifeStrokes: Math.floor((tubeLife.revolutions * head.fullStepsPerRevolution) / head.fullStepsPerStroke),
    tubeLifeDays: tubeLife.days,
    serviceLifeDays: service.lifeDays,
    replacementLeadDays: service.replacementLeadDays,
    replacementPerMille: service.replacementPerMille,
    endOfServicePerMille: service.endPerMille,
    batteryLowMv: battery.lowMv,
    batteryOutMv: battery.outMv,
    motorMaxDeciC: file.motorMaxDeciC,
    countsPerRevolution: file.countsPerRevolution,
    releaseNl: file.releaseNl,
    model: file.model,
    serial: file.serial,
    program,
    library: file.drugs.map(({ limits }) => limits),
  };
}

/** The numbers of a configuration in the order in which the core's `readConfig` reads them. */
export function configNumbers(config: PumpConfig): number[] {
  return [
    ...configNames().map((name) => config[name]),
    ...config.library.flatMap((drug) => drugNames().map((name) => drug[name])),
  ];
}
