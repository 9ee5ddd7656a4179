import type { PumpConfig } from "../../src/config";
import { Sensor } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarm-kind";

const MS_PER_DAY = 86400000;

/** Alarms under which nothing moves. */
const STOPPING: readonly AlarmKind[] = [
  AlarmKind.emptyReservoir,
  AlarmKind.pumpFault,
  AlarmKind.motorStall,
  AlarmKind.occlusion,
  AlarmKind.overInfusion,
  AlarmKind.memoryFault,
  AlarmKind.guardTrip,
  AlarmKind.endOfService,
  AlarmKind.batteryOut,
  AlarmKind.motorHot,
  AlarmKind.airInLine,
  AlarmKind.restartedTooOften,
];

/** Alarms that forbid boluses although the motor goes on. */
const FORBIDDING: readonly AlarmKind[] = [AlarmKind.controlLate, AlarmKind.underInfusion, AlarmKind.stoppedTooLong];

/** Alarms that no acknowledgement ends. */
const LATCHING: readonly AlarmKind[] = [
  AlarmKind.pumpFault,
  AlarmKind.overInfusion,
  AlarmKind.memoryFault,
  AlarmKind.guardTrip,
];

/** Alarms under which nothing moves only while their cause is there, or while they are latched. */
const RESUMING: readonly AlarmKind[] = [AlarmKind.motorStall, AlarmKind.batteryOut, AlarmKind.motorHot];

/** What outside detectors can speak of. */
const DETECTED: readonly AlarmKind[] = [
  AlarmKind.motorStall,
  AlarmKind.occlusion,
  AlarmKind.overInfusion,
  AlarmKind.memoryFault,
  AlarmKind.guardTrip,
  AlarmKind.airInLine,
];

/** So many stalls in 24 h latch. */
const MOST_STALLS = 3;

/**
 * The alarms that stop the motor, worked out from what detectors, sensors and people said; the pump's own statements are held against it.
 * Those that only forbid boluses are taken from the pump's statements.
 */
export class StoppingAlarms {
  private readonly active = new Set<AlarmKind>();
  private readonly caused = new Set<AlarmKind>();
  private readonly latched = new Set<AlarmKind>(LATCHING);
  private readonly told = new Set<AlarmKind>();
  private readonly stallsAtMs: number[] = [];
  /** When the pump is at the end of its service, in ms; Infinity: no bound. */
  private endsAtMs: number;

  constructor(private readonly config: PumpConfig) {
    this.endsAtMs = config.serviceLifeDays === 0 ? Infinity : config.serviceLifeDays * MS_PER_DAY;
  }

  /** True while nothing may move. */
  get stop(): boolean {
    return [...this.active].some(
      (alarm) => !RESUMING.includes(alarm) || this.caused.has(alarm) || this.latched.has(alarm),
    );
  }

  /** True while no bolus may begin. */
  get forbid(): boolean {
    return this.active.size > 0 || FORBIDDING.some((alarm) => this.told.has(alarm));
  }

  /** True while this alarm's cause is there. */
  hasCause(alarm: AlarmKind): boolean {
    return this.active.has(alarm) && this.caused.has(alarm);
  }

  /** True while the pump tells of this alarm. */
  isTold(alarm: AlarmKind): boolean {
    return this.told.has(alarm);
  }

  /** Next alarm by date, in ms; Infinity: none. */
  nextMs(): number {
    return this.endsAtMs;
  }

  /** Alarms by date that have come by `atMs`. */
  serve(atMs: number): void {
    if (atMs < this.endsAtMs) return;
    this.endsAtMs = Infinity;
    this.set(AlarmKind.endOfService, true, atMs);
  }

  /** A detector speaks. */
  detected(alarm: AlarmKind, isThere: boolean, atMs: number): void {
    if (DETECTED.includes(alarm)) this.set(alarm, isThere, atMs);
  }

  /** A sensor reads `value`. */
  read(sensor: Sensor, value: number, atMs: number): void {
    const { motorMaxDeciC, batteryLowMv, batteryOutMv, replacementPerMille, endOfServicePerMille } = this.config;
    if (sensor === Sensor.motorTemperature && motorMaxDeciC !== 0)
      this.set(AlarmKind.motorHot, value > motorMaxDeciC, atMs);
    if (sensor === Sensor.supplyVoltage && batteryLowMv !== 0)
      this.set(AlarmKind.batteryOut, value <= batteryOutMv, atMs);
    // A primary cell never gets fuller.
    if (sensor === Sensor.charge && replacementPerMille !== 0 && value <= endOfServicePerMille)
      this.set(AlarmKind.endOfService, true, atMs);
  }

  /** The cause of `alarm` is there, or has gone. */
  set(alarm: AlarmKind, isThere: boolean, atMs: number): void {
    if (!isThere) {
      this.caused.delete(alarm);
      return;
    }
    if (alarm === AlarmKind.motorStall && !this.hasCause(alarm)) this.countStall(atMs);
    this.active.add(alarm);
    this.caused.add(alarm);
  }

  /** A person has read the alarms. */
  acknowledge(): void {
    const ended = [...this.active].filter((alarm) => !this.caused.has(alarm) && !this.latched.has(alarm));
    for (const alarm of ended) this.active.delete(alarm);
  }

  /** The pump tells that an alarm became active, or was cleared. */
  tell(alarm: AlarmKind, isActive: boolean): void {
    if (isActive) this.told.add(alarm);
    else this.told.delete(alarm);
  }

  /** Time goes on: what the pump has told wrongly, or `undefined`. */
  wronglyTold(): string | undefined {
    const wrong = STOPPING.find((alarm) => this.told.has(alarm) !== this.active.has(alarm));
    if (wrong === undefined) return undefined;
    const told = this.told.has(wrong);
    if (told) this.active.add(wrong);
    else this.active.delete(wrong);
    return `the alarm ${AlarmKind[wrong]} is ${told ? "active and should not be" : "not active and should be"}`;
  }

  private countStall(atMs: number): void {
    this.stallsAtMs.push(atMs);
    const first = this.stallsAtMs.at(-MOST_STALLS);
    if (first !== undefined && atMs - first < MS_PER_DAY) this.latched.add(AlarmKind.motorStall);
  }
}
