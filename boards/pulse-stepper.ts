import * as ds from "@devicescript/core";
import type { PumpConfig } from "../src/config";
import { MoveResult, STALE_PULSE_MS, STALE_STROKE_MS } from "../src/motion/step-driver";
import type { StepDriver } from "../src/motion/step-driver";
import { ENABLE_LEAD_MS, HOLD_MS } from "../src/motion/stroke-time";
import { NEVER_MS } from "../src/units";
import type { CoreClock, Shell } from "./shell";
import type { DrivenPin } from "./driven-pin";
import type { EnableLine } from "./enable-line";

/** The pins of a STEP/DIR driver but EN, and the heartbeat that the enable circuit wants to see. */
export interface StepperPins {
  readonly step: DrivenPin;
  readonly dir: DrivenPin;
  readonly heartbeat: DrivenPin;
}

/**
 * A sleep counts from the start of the current millisecond, so it may end up to 1 ms early. Against 2 ms that is half, and the coils
 * need all of it; on a 10 ms grid the third millisecond costs nothing.
 */
const LEAD_SLEEP_MS = ENABLE_LEAD_MS + 1;

/** One level of a pin taken from both gives the other. */
const BOTH_LEVELS = ds.GPIOMode.OutputHigh + ds.GPIOMode.OutputLow;

/**
 * Makes strokes by GPIO, one pulse in one wake, in a fiber of its own. HEARTBEAT changes when EN goes on and with every pulse: a circuit
 * outside lets EN through only for a short time after each change. See `src/motion/step-driver` for the contract.
 */
export class PulseStepper implements StepDriver {
  doneMs = NEVER_MS;
  doneStrokes = 0;
  doneResult = MoveResult.made;

  /** Strokes ordered and not begun. */
  private strokes = 0;
  /** When the first waiting stroke was due, or could begin because the one before it was over. */
  private dueMs = 0;
  /** EN was ordered off at once since the last stroke began. */
  private cancelled = false;
  /** Level of HEARTBEAT. */
  private beat = ds.GPIOMode.OutputLow;
  private waiter: ds.Fiber = null;
  private readonly pulses: number;
  private readonly intervalMs: number;

  constructor(
    config: PumpConfig,
    private readonly pins: StepperPins,
    private readonly enable: EnableLine,
    private readonly clock: CoreClock,
    private readonly shell: Shell,
  ) {
    this.pulses = config.microsteps * config.fullStepsPerStroke;
    this.intervalMs = config.pulseIntervalMs;
    pins.step.setMode(ds.GPIOMode.OutputLow);
    pins.dir.setMode(ds.GPIOMode.OutputLow);
    pins.heartbeat.setMode(ds.GPIOMode.OutputLow);
  }

  move(strokes: number, dueMs: number): void {
    if (this.strokes === 0) this.dueMs = dueMs;
    this.waits(this.strokes + strokes);
    const waiter = this.waiter;
    if (waiter) {
      this.waiter = null;
      waiter.resume(0);
    }
  }

  halt(atOnce: boolean, nowMs: number): void {
    if (atOnce) {
      this.enable.off();
      this.cancelled = true;
    }
    // What has not begun is not begun any more: after a stop the guard would not let it.
    const given = this.strokes;
    if (given !== 0) {
      this.waits(0);
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
      if (this.strokes === 0) {
        this.waiter = ds.Fiber.self();
        await ds.suspend();
        this.waiter = null;
      } else if (this.clock.nowMs() - this.dueMs > STALE_STROKE_MS) this.giveUp(0, MoveResult.dropped);
      else if (!this.enable.onForStroke(this.clock.nowMs())) this.giveUp(0, MoveResult.cancelled);
      else {
        this.waits(this.strokes - 1);
        this.cancelled = false;
        const result = await this.makePulses();
        this.enable.guard.strokeOver(this.pulses, result !== MoveResult.made);
        if (result === MoveResult.dropped) this.giveUp(1, result);
        else {
          let overMs = this.clock.nowMs();
          if (result === MoveResult.made) {
            this.dueMs = overMs + HOLD_MS;
            await ds.sleep(HOLD_MS);
            if (this.strokes === 0) this.enable.off();
            overMs = this.clock.nowMs();
          }
          // A stroke that was cut off has EN off already; strokes ordered since then are still wanted.
          this.report(1, result, overMs);
        }
      }
    }
  }

  /** EN is on: one pulse a wake; no call and no allocation inside, so that nothing but the sleep takes time. */
  private async makePulses(): Promise<MoveResult> {
    const step = this.pins.step;
    const heartbeat = this.pins.heartbeat;
    const guard = this.enable.guard;
    this.beat = BOTH_LEVELS - this.beat;
    heartbeat.setMode(this.beat);
    let waitMs = LEAD_SLEEP_MS;
    for (let pulse = 0; pulse < this.pulses; pulse++) {
      const wantedMs = ds.millis() + waitMs;
      await ds.sleep(waitMs);
      if (this.cancelled) return MoveResult.cancelled;
      if (ds.millis() - wantedMs > STALE_PULSE_MS) return MoveResult.dropped;
      this.beat = BOTH_LEVELS - this.beat;
      guard.pulses++;
      step.setMode(ds.GPIOMode.OutputHigh);
      heartbeat.setMode(this.beat);
      step.setMode(ds.GPIOMode.OutputLow);
      waitMs = this.intervalMs;
    }
    return MoveResult.made;
  }

  /** Too late, or not permitted: EN off now; `begun` strokes were under way, the waiting ones are dropped. */
  private giveUp(begun: number, result: MoveResult): void {
    this.enable.off();
    const strokes = begun + this.strokes;
    const nowMs = this.clock.nowMs();
    this.waits(0);
    this.report(strokes, result, nowMs);
  }

  /** So many strokes wait now; the guard has to know when it is told what is reserved. */
  private waits(strokes: number): void {
    this.strokes = strokes;
    this.enable.guard.waiting = strokes;
  }

  /** Adds to the report that waits to be read: the core has to learn of a late stroke, whatever else was given up. */
  private report(strokes: number, result: MoveResult, nowMs: number): void {
    this.doneStrokes += strokes;
    if (result === MoveResult.dropped || this.doneResult === MoveResult.made) this.doneResult = result;
    this.doneMs = nowMs;
    this.shell.wake();
  }
}
