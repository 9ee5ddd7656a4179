import * as ds from "@devicescript/core";
import "@devicescript/gpio";
import type { PumpConfig } from "../src/config";
import { MoveResult, STALE_PULSE_MS, STALE_STROKE_MS } from "../src/motion/step-driver";
import type { StepDriver } from "../src/motion/step-driver";
import { ENABLE_LEAD_MS, HOLD_MS } from "../src/motion/stroke-time";
import { NEVER_MS } from "../src/units";
import type { CoreClock, Shell } from "./shell";

/** The pins of a STEP/DIR driver with EN active low, and the heartbeat that the enable circuit wants to see. */
export interface StepperPins {
  readonly step: ds.OutputPin;
  readonly dir: ds.OutputPin;
  readonly enable: ds.OutputPin;
  readonly heartbeat: ds.OutputPin;
}

/**
 * Makes strokes by GPIO, one pulse in one wake, in a fiber of its own. HEARTBEAT changes with every pulse: a circuit outside takes EN
 * away when it stays still. See `src/motion/step-driver` for the contract.
 */
export class PulseStepper implements StepDriver {
  doneMs = NEVER_MS;
  doneStrokes = 0;
  doneResult = MoveResult.made;

  /** Strokes ordered and not begun. */
  private waiting = 0;
  /** When the first waiting stroke was due. */
  private dueMs = 0;
  private cancelled = false;
  private sleeper: ds.Fiber = null;
  private readonly pulses: number;
  private readonly intervalMs: number;

  constructor(
    config: PumpConfig,
    private readonly pins: StepperPins,
    private readonly clock: CoreClock,
    private readonly shell: Shell,
  ) {
    this.pulses = config.microsteps * config.fullStepsPerStroke;
    this.intervalMs = config.pulseIntervalMs;
    pins.enable.setMode(ds.GPIOMode.OutputHigh);
    pins.step.setMode(ds.GPIOMode.OutputLow);
    pins.dir.setMode(ds.GPIOMode.OutputLow);
    pins.heartbeat.setMode(ds.GPIOMode.OutputLow);
  }

  move(strokes: number, dueMs: number): void {
    if (this.waiting === 0) this.dueMs = dueMs;
    this.waiting += strokes;
    this.cancelled = false;
    const sleeper = this.sleeper;
    if (sleeper) {
      this.sleeper = null;
      sleeper.resume(0);
    }
  }

  off(atOnce: boolean, nowMs: number): void {
    if (atOnce) {
      this.pins.enable.setMode(ds.GPIOMode.OutputHigh);
      this.cancelled = true;
    }
    if (this.waiting !== 0) {
      const given = this.waiting;
      this.waiting = 0;
      this.report(given, MoveResult.cancelled, nowMs);
    }
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
    this.doneStrokes = 0;
    this.doneResult = MoveResult.made;
  }

  /** Runs for good; start it in a fiber of its own. */
  async run(): Promise<void> {
    while (this.pulses > 0) {
      if (this.waiting === 0) {
        this.sleeper = ds.Fiber.self();
        await ds.suspend();
        this.sleeper = null;
      } else await this.makeStroke();
    }
  }

  private async makeStroke(): Promise<void> {
    if (this.clock.nowMs() - this.dueMs > STALE_STROKE_MS) {
      this.giveUp(0);
      return;
    }
    this.waiting--;
    // A stroke that follows at once is late by no more than this one lasts.
    this.dueMs = this.clock.nowMs();
    this.pins.enable.setMode(ds.GPIOMode.OutputLow);
    await ds.sleep(ENABLE_LEAD_MS);
    const made = await this.makePulses();
    if (!made) {
      this.giveUp(1);
      return;
    }
    await ds.sleep(HOLD_MS);
    if (this.waiting === 0) this.pins.enable.setMode(ds.GPIOMode.OutputHigh);
    this.report(1, MoveResult.made, this.clock.nowMs());
  }

  /** One pulse a wake; no call and no allocation inside, so that nothing but the sleep takes time. False: too late, or switched off. */
  private async makePulses(): Promise<boolean> {
    const step = this.pins.step;
    const heartbeat = this.pins.heartbeat;
    let wantedMs = ds.millis();
    for (let pulse = 0; pulse < this.pulses; pulse++) {
      if (this.cancelled || ds.millis() - wantedMs > STALE_PULSE_MS) return false;
      step.setMode(ds.GPIOMode.OutputHigh);
      heartbeat.setMode((pulse & 1) === 0 ? ds.GPIOMode.OutputHigh : ds.GPIOMode.OutputLow);
      step.setMode(ds.GPIOMode.OutputLow);
      wantedMs = ds.millis() + this.intervalMs;
      await ds.sleep(this.intervalMs);
    }
    return true;
  }

  /** EN off now; `begun` strokes were under way, the waiting ones are dropped. */
  private giveUp(begun: number): void {
    this.pins.enable.setMode(ds.GPIOMode.OutputHigh);
    const strokes = begun + this.waiting;
    this.waiting = 0;
    this.report(strokes, this.cancelled ? MoveResult.cancelled : MoveResult.dropped, this.clock.nowMs());
  }

  private report(strokes: number, result: MoveResult, nowMs: number): void {
    this.doneStrokes += strokes;
    if (result > this.doneResult) this.doneResult = result;
    this.doneMs = nowMs;
    this.shell.wake();
  }
}
