import type { PumpConfig } from "../../src/config";
import type { ControlLoop } from "../../src/control-loop";
import type { Inbox } from "../../src/inbox";
import type { StepDriver } from "../../src/motion/step-driver";
import type { Journal } from "../../src/record/journal";
import type { AlarmKind } from "../../src/safety/alarm-kind";
import type { Annunciator } from "../../src/safety/annunciator";
import type { Guard } from "../../src/safety/guard";
import type { FakePin, GPIOMode } from "./fake-devicescript";

/*
 * What tests use of boards/. Its sources are written against the device's own type library, which does not mix with that of Node: they
 * are loaded by path, with these types.
 */

export interface CoreClock {
  nowMs(): number;
}

export interface SleepObserver {
  beforeSleep(wakeMs: number): void;
}

export interface Shell {
  done: FakePin;
  wake(): void;
  run(loop: ControlLoop, clock: CoreClock, observer: SleepObserver): Promise<void>;
}

export interface StepperPins {
  readonly step: FakePin;
  readonly dir: FakePin;
  readonly enable: FakePin;
  readonly heartbeat: FakePin;
}

/** What the enable line asks; the pump's own guard, or one of a test. */
export type StrokeGuard = Pick<Guard, "isOrdered" | "permits" | "pulses" | "strokeOver" | "trip" | "waiting">;

export interface EnableLine {
  guard: StrokeGuard;
}

export interface PulseStepper extends StepDriver {
  observer: { waiter: unknown } | null;
  run(): Promise<void>;
}

export interface WatchedSensor {
  look(nowMs: number): number;
}

export interface SensorWatch {
  waiter: unknown;
  add(sensor: WatchedSensor): void;
  run(): Promise<void>;
}

export interface PressureVoltages {
  readonly fullScaleMv: number;
  readonly blockedMv: number;
  readonly openMv: number;
  readonly leastMv: number;
  readonly mostMv: number;
}

type Waker = Pick<Shell, "wake">;

export interface PatientButton {
  heldMs(nowMs: number): number;
  down(): void;
  hold(): void;
  up(): void;
}

export interface BuzzerAndLight extends Annunciator {
  run(): Promise<void>;
}

interface BoardCode {
  CoreClock: new (coreMs: number) => CoreClock;
  Shell: new () => Shell;
  PulseStepper: new (
    config: PumpConfig,
    pins: StepperPins,
    enable: EnableLine,
    clock: CoreClock,
    shell: Waker,
    holdsEnabled?: boolean,
  ) => PulseStepper;
  EnableLine: new (pin: FakePin) => EnableLine;
  PatientButton: new (inbox: Inbox, clock: CoreClock, shell: Pick<Shell, "wake">) => PatientButton;
  BuzzerAndLight: new (buzzer: FakePin, light: FakePin) => BuzzerAndLight;
  ConsoleJournal: new () => Journal;
  SensorWatch: new (clock: CoreClock) => SensorWatch;
  AlarmSwitch: new (
    pin: FakePin,
    mode: GPIOMode,
    alarmLevel: number,
    alarm: AlarmKind,
    inbox: Inbox,
    shell: Waker,
  ) => WatchedSensor;
  LinePressure: new (pin: FakePin, voltages: PressureVoltages, inbox: Inbox, shell: Waker) => WatchedSensor;
  RollerIndex: new (pin: FakePin, mode: GPIOMode, inbox: Inbox, shell: Waker) => WatchedSensor;
  SupplyVoltage: new (pin: FakePin, fullScaleMv: number, inbox: Inbox, shell: Waker) => WatchedSensor;
  superviseBy: (done: FakePin, shell: Shell) => void;
  REST_LOOK_MS: number;
  STEADY_MS: number;
  THERE_LOOK_MS: number;
  SUPPLY_EVERY_MS: number;
  HOLD_BEAT_MS: number;
  PRESS_MS: number;
  BOUNCE_MS: number;
  STUCK_MS: number;
}

const MODULES = [
  "shell",
  "enable-line",
  "pulse-stepper",
  "patient-button",
  "buzzer-and-light",
  "console-journal",
  "supervisor",
  "sensors/sensor-watch",
  "sensors/steady-input",
  "sensors/alarm-switch",
  "sensors/line-pressure",
  "sensors/roller-index",
  "sensors/supply-voltage",
];

async function load(): Promise<BoardCode> {
  const loaded: unknown[] = [];
  for (const name of MODULES) loaded.push(await import(/* @vite-ignore */ `../../boards/${name}`));
  return Object.assign({}, ...loaded) as BoardCode;
}

/** The code of `boards/`, running on the fake board. */
export const boardCode = await load();
