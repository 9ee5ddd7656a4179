import { CONFIG_NUMBERS, DRUG_NUMBERS } from "../src/config";
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
    library: file.drugs.map(({ limits }) => limits),
  };
}

/** The numbers of a configuration in the order in which the core's `readConfig` reads them. */
export function configNumbers(config: PumpConfig): number[] {
  return [
    ...CONFIG_NUMBERS.map((name) => config[name]),
    ...config.library.flatMap((drug) => DRUG_NUMBERS.map((name) => drug[name])),
  ];
}
