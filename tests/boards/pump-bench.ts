import { VolatileStore } from "../../src/record/volatile-store";
import type { PumpConfig } from "../../src/config";
import { ControlLoop } from "../../src/control-loop";
import { Confirm, EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { MOST_STEPS, writePrescription } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import { JournalCode } from "../../src/record/journal";
import { StateRecord } from "../../src/record/state-record";
import { REFERENCE_PRESCRIPTION } from "../src/reference-pump";
import { boardCode } from "./board-code";
import type {
  BuzzerAndLight,
  CoreClock,
  PatientButton,
  PulseStepper,
  Shell,
  StepperPins,
  WatchedSensor,
} from "./board-code";
import { FakeBoard } from "./fake-devicescript";
import type { BoardTiming, FakePin } from "./fake-devicescript";
import { BENCH_PUMP } from "./stepper-bench";

/** A journal entry: code, core time, a, b, c, d. */
export type Entry = readonly [code: number, atMs: number, a: number, b: number, c: number, d: number];

/** One basal rate all day, in nL/day. */
export function allDay(nlPerDay: number): Pick<Prescription, "stepNlPerDay"> {
  return { stepNlPerDay: Array.from({ length: MOST_STEPS }, (_, step) => (step === 0 ? nlPerDay : 0)) };
}

/** Basal and boluses that a bench pump with a full reservoir takes. */
export const BENCH_THERAPY: Prescription = {
  ...REFERENCE_PRESCRIPTION,
  ...allDay(8000000),
  bolusNl: 50000,
  bolusMs: 600000,
  lockoutMs: 900000,
  mostPer24h: 12,
  windowMs: 14400000,
  windowLimitNl: 1900000,
};

/** The whole pump as `boards/on-board` wires it, on a fake board, and everything that its ports were told. */
export class PumpBench {
  readonly board: FakeBoard;
  readonly pump: Pump;
  readonly loop: ControlLoop;
  readonly clock: CoreClock;
  readonly shell: Shell;
  readonly stepper: PulseStepper;
  readonly button: PatientButton;
  readonly pins: StepperPins;
  readonly buzzer: FakePin;
  readonly light: FakePin;
  readonly annunciator: BuzzerAndLight;
  readonly entries: Entry[] = [];
  /** Told before the shell sleeps; what it last said. */
  nextWakeMs = 0;

  constructor(timing: BoardTiming = {}, config: PumpConfig = BENCH_PUMP, holdsEnabled = false) {
    const board = new FakeBoard(timing);
    this.board = board;
    this.pins = { step: board.pin(), dir: board.pin(), enable: board.pin(), heartbeat: board.pin() };
    const restored = new StateRecord();
    restored.filledNl = config.capacityNl;
    REFERENCE_PRESCRIPTION.concentrationNgPerUl.forEach((ngPerUl, drug) => (restored.drugs[drug] = ngPerUl));
    const clock = new boardCode.CoreClock(0);
    const shell = new boardCode.Shell();
    const enable = new boardCode.EnableLine(this.pins.enable);
    const stepper = new boardCode.PulseStepper(config, this.pins, enable, clock, shell, holdsEnabled);
    this.buzzer = board.pin();
    this.light = board.pin();
    const annunciator = new boardCode.BuzzerAndLight(this.buzzer, this.light);
    this.annunciator = annunciator;
    const store = new VolatileStore(null, 0);
    const write = (...entry: Entry): void => void this.entries.push(entry);
    this.pump = new Pump(config, restored);
    enable.guard = this.pump.guard;
    this.loop = new ControlLoop(this.pump, stepper, store, annunciator, { write });
    this.clock = clock;
    this.shell = shell;
    this.stepper = stepper;
    this.button = new boardCode.PatientButton(this.loop.inbox, clock, shell);
    board.start(() => stepper.run());
    board.start(() => annunciator.run());
    const observer = { beforeSleep: (wakeMs: number) => void (this.nextWakeMs = wakeMs) };
    board.start(() => shell.run(this.loop, clock, observer));
  }

  /** Looks at these sensors from now on, as a board does. */
  watch(...sensors: readonly WatchedSensor[]): void {
    const watch = new boardCode.SensorWatch(this.clock);
    for (const sensor of sensors) watch.add(sensor);
    this.stepper.observer = watch;
    this.board.start(() => watch.run());
  }

  /** An input at `coreMs` of core time. */
  async give(coreMs: number, kind: EventKind, numbers: { id?: number; detail?: number } = {}): Promise<void> {
    await this.runTo(coreMs);
    this.board.start(() => {
      this.loop.inbox.add(kind, coreMs, numbers.id ?? 0, 0, numbers.detail ?? 0);
      this.shell.wake();
    });
  }

  /** A prescription is staged and confirmed, whatever it asks to look at twice. */
  async program(coreMs: number, prescription: Prescription): Promise<void> {
    await this.runTo(coreMs);
    writePrescription(prescription, this.pump.draft);
    await this.give(coreMs, EventKind.stage);
    const detail = Confirm.softLimits + Confirm.largeChanges;
    await this.give(coreMs, EventKind.confirm, { id: digestOf(this.pump.draft), detail });
  }

  /** Programmed and started at core time 0, in the first turn of the main loop. */
  async startTherapy(prescription: Prescription = BENCH_THERAPY): Promise<void> {
    await this.program(0, prescription);
    await this.give(0, EventKind.start);
    await this.runTo(1);
    const refusals = [JournalCode.stageRefused, JournalCode.confirmRefused, JournalCode.startRefused];
    const said = this.entries.filter(([code]) => refusals.includes(code) || code === JournalCode.problem);
    if (said.some(([code]) => refusals.includes(code))) throw new Error(`therapy refused: ${said.join("; ")}`);
  }

  /** The patient presses the button for 80 ms; the request comes when it is up again. */
  async press(coreMs: number): Promise<void> {
    await this.runTo(coreMs);
    this.board.start(() => this.button.down());
    await this.runTo(coreMs + 80);
    this.board.start(() => this.button.up());
  }

  /** Lets time pass to `coreMs` of core time. */
  runTo(coreMs: number): Promise<void> {
    return this.board.runTo(this.board.millis() - this.clock.nowMs() + coreMs);
  }

  /** Entries of one code. */
  of(code: number): Entry[] {
    return this.entries.filter(([entryCode]) => entryCode === code);
  }

  /** Pulses that the motor was given. */
  pulses(): number {
    return this.pins.step.risesUs().length;
  }
}
