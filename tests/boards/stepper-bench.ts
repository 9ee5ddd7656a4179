import { GuardTrip } from "../../src/safety/guard";
import { NEVER_MS } from "../../src/units";
import { boardCode } from "./board-code";
import type { PulseStepper, StepperPins, StrokeGuard } from "./board-code";
import { FakeBoard } from "./fake-devicescript";
import { REFERENCE_PUMP } from "../src/reference-pump";
import type { BoardTiming } from "./fake-devicescript";
import { coilsOn } from "./one-shot";

/** The pump of `devs.config.json`. */
export const BENCH_PUMP = REFERENCE_PUMP;

/** A report of the step driver, as a shell reads it. */
export interface MoveReport {
  /** When it was read, in ms since reset. */
  readonly atMs: number;
  readonly strokes: number;
  readonly result: number;
}

/** A pulse stepper with its pins on a fake board, and somebody who reads its reports. */
export class StepperBench {
  readonly board: FakeBoard;
  readonly pins: StepperPins;
  readonly stepper: PulseStepper;
  readonly reports: MoveReport[] = [];
  /** Reports are read as soon as they are ready; else they gather in the driver. */
  readsReports = true;
  ordered = 0;
  /** The guard permits strokes. */
  isPermitted = true;
  /** Pulses of each stroke that is over, as the guard has counted them, and whether it was cut off. */
  readonly strokesOver: [pulses: number, wasCutOff: boolean][] = [];
  readonly guard: StrokeGuard = {
    isOrdered: true,
    trip: GuardTrip.none,
    pulses: 0,
    waiting: 0,
    permits: () => {
      this.guard.pulses = 0;
      return this.isPermitted;
    },
    strokeOver: (_expected, wasCutOff) => void this.strokesOver.push([this.guard.pulses, wasCutOff]),
  };

  constructor(pulses = 16, intervalMs = 2, timing: BoardTiming = {}, holdsEnabled = false) {
    const board = new FakeBoard(timing);
    this.board = board;
    this.pins = { step: board.pin(), dir: board.pin(), enable: board.pin(), heartbeat: board.pin() };
    const config = { ...BENCH_PUMP, microsteps: pulses, pulseIntervalMs: intervalMs };
    // Core time and `millis()` are the same here.
    const clock = new boardCode.CoreClock(board.millis());
    const shell = { wake: () => board.start(() => this.readReport()) };
    const enable = new boardCode.EnableLine(this.pins.enable);
    enable.guard = this.guard;
    this.stepper = new boardCode.PulseStepper(config, this.pins, enable, clock, shell, holdsEnabled);
    board.start(() => this.stepper.run());
  }

  /** Something that the shell does at `atMs`, or in the first turn of the main loop after it. */
  async at(atMs: number, action: (nowMs: number) => void): Promise<void> {
    await this.board.runTo(atMs);
    this.board.start(() => action(this.board.millis()));
  }

  /** Orders strokes that fall due now. */
  order(strokes: number, dueMs = this.board.millis()): void {
    this.ordered += strokes;
    this.stepper.move(strokes, dueMs);
  }

  pulsesUs(): number[] {
    return this.pins.step.risesUs();
  }

  /** Strokes that reports were read about. */
  reported(): number {
    return this.reports.reduce((sum, { strokes }) => sum + strokes, 0);
  }

  /**
   * For how long the motor's coils had been on just before `atUs`: since EN was low and the circuit on HEARTBEAT let it through. Not above
   * zero: for how long they had been off.
   */
  coilsOnForUs(atUs: number): number {
    let offSinceUs = 0;
    for (const { fromUs, toUs } of coilsOn(this.pins)) {
      if (atUs <= fromUs) break;
      if (atUs <= toUs) return atUs - fromUs;
      offSinceUs = toUs;
    }
    return offSinceUs - atUs;
  }

  private readReport(): void {
    const stepper = this.stepper;
    if (!this.readsReports || stepper.doneMs === NEVER_MS) return;
    this.reports.push({ atMs: this.board.nowUs / 1000, strokes: stepper.doneStrokes, result: stepper.doneResult });
    stepper.takeReport();
  }
}
