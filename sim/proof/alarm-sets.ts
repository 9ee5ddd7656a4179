import { Sensor } from "../../src/events";
import type { PumpConfig } from "../../src/config";
import { AlarmKind } from "../../src/safety/alarm-kind";

const setOf = (...alarms: AlarmKind[]): number => alarms.reduce((bits, alarm) => bits | (1 << alarm), 0);

/** Alarms under which nothing moves until they are cleared: one bit each. */
const HOLDING = setOf(
  AlarmKind.emptyReservoir,
  AlarmKind.pumpFault,
  AlarmKind.occlusion,
  AlarmKind.overInfusion,
  AlarmKind.memoryFault,
  AlarmKind.guardTrip,
  AlarmKind.endOfService,
  AlarmKind.airInLine,
  AlarmKind.restartedTooOften,
);

/** Alarms under which nothing moves while their cause is there. */
const RESUMING = setOf(AlarmKind.motorStall, AlarmKind.batteryOut, AlarmKind.motorHot);

/** Alarms that tell of an unplanned restart. */
export const RESTARTED = setOf(AlarmKind.restarted, AlarmKind.restartedTooOften);

/** Causes that a pump still knows behind a loss of power; detectors and sensors speak again. */
const KEPT = setOf(AlarmKind.emptyReservoir, AlarmKind.endOfService);

/** True while nothing may move under these alarms. */
export function isHeldStill(active: number, caused: number): boolean {
  return ((active & HOLDING) | (active & caused & RESUMING)) !== 0;
}

/** The causes that are still known behind a loss of power. */
export function keptCauses(caused: number): number {
  return caused & KEPT;
}

/** `bits` with the bit of an alarm, or without it. */
export function withAlarm(bits: number, alarm: AlarmKind, isSet: boolean): number {
  return isSet ? bits | (1 << alarm) : bits & ~(1 << alarm);
}

/** The causes behind a reading of a sensor. */
export function causedByReading(caused: number, config: PumpConfig, sensor: Sensor, value: number): number {
  if (sensor === Sensor.motorTemperature && config.motorMaxDeciC !== 0)
    return withAlarm(caused, AlarmKind.motorHot, value > config.motorMaxDeciC);
  if (sensor === Sensor.supplyVoltage && config.batteryLowMv !== 0)
    return withAlarm(caused, AlarmKind.batteryOut, value <= config.batteryOutMv);
  return caused;
}
