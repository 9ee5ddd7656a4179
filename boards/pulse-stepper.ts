import * as ds from "@devicescript/core";
import type { PumpConfig } from "../src/config";
import { MoveResult, STALE_PULSE_MS, STALE_STROKE_MS } from "../src/motion/step-driver";
import type { StepDriver } from "../src/motion/step-driver";
import { ENABLE_LEAD_MS, HOLD_MS } from "../src/motion/stroke-time";
import { GuardTrip } from "../src/safety/guard";
import { NEVER_MS } from "../src/units";
import type { CoreClock, Shell } from "./shell";
import type { DrivenPin } from "./driven-pin";
import type { EnableLine } from "./enable-line";
import { wakeUp } from "./waiter";
import type { Waiter } from "./waiter";

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

/**
 * From beat to beat while EN stays on between strokes, in ms. A one-shot whose shortest time is 300 ms sees three of them in it, so one may be
 * missed.
 */
export const HOLD_BEAT_MS = 100;

/**
 * Makes strokes by GPIO, one pulse in one wake, in a fiber of its own. HEARTBEAT gives a pulse when EN goes on and with every pulse of STEP: a
 * retriggerable one-shot outside lets EN through only for a short time after each. See `src/motion/step-driver` for the contract.
 *
 * With `holdsEnabled`, for a head that turns back under pressure when the coils have no current, EN stays on from the first stroke to the
 * next `halt`, as long as the guard permits strokes at all; then rest costs a wake each {@link HOLD_BEAT_MS}, or the one-shot would
 * take EN away. Without power, and while the pump is stopped, nothing holds such a head.
 */
export class PulseStepper implements StepDriver, Waiter {
  doneMs = NEVER_MS;
  doneStrokes = 0;
  doneResult = MoveResult.made;
  /** Is woken when a stroke has had its last pulse, as the sensors are; the coils are on for another HOLD_MS, unless it was cut off. */
  observer: Waiter = null;

  /** Strokes ordered and not begun. */
  private strokes = 0;
  /** When the first waiting stroke was due, or could begin because the one before it was over. */
  private dueMs = 0;
  /** EN was ordered off at once since the last stroke began. */
  private cancelled = false;
  /** EN stays on when no stroke is left. */
  private isHolding = false;
  waiter: ds.Fiber = null;
  private readonly pulses: number;
  private readonly intervalMs: number;

  constructor(
    config: PumpConfig,
    private readonly pins: StepperPins,
    private readonly enable: EnableLine,
    private readonly clock: CoreClock,
    private readonly shell: Shell,
    private readonly holdsEnabled: boolean,
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
    wakeUp(this);
  }

  halt(atOnce: boolean, nowMs: number): void {
    if (this.isHolding) {
      this.isHolding = false;
      wakeUp(this);
    }
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
    const guard = this.enable.guard;
    const heartbeat = this.pins.heartbeat;
    while (this.pulses > 0) {
      if (this.strokes === 0) {
        // No stroke is left: EN goes off, or is held on for another HOLD_BEAT_MS.
        if (guard.trip !== GuardTrip.none) this.isHolding = false;
        if (!guard.isOrdered) this.isHolding = false;
        if (this.isHolding) {
          heartbeat.setMode(ds.GPIOMode.OutputHigh);
          heartbeat.setMode(ds.GPIOMode.OutputLow);
        } else this.enable.off();
        this.waiter = ds.Fiber.self();
        if (this.isHolding) await ds.suspend(HOLD_BEAT_MS);
        else await ds.suspend();
        this.waiter = null;
      } else if (this.clock.nowMs() - this.dueMs > STALE_STROKE_MS) this.giveUp(0, MoveResult.dropped);
      else if (!this.enable.onForStroke(this.clock.nowMs())) this.giveUp(0, MoveResult.cancelled);
      else {
        this.waits(this.strokes - 1);
        this.cancelled = false;
        this.isHolding = this.holdsEnabled;
        const result = await this.makePulses();
        const observer = this.observer;
        if (observer) wakeUp(observer);
        guard.strokeOver(this.pulses, result !== MoveResult.made);
        if (result === MoveResult.dropped) this.giveUp(1, result);
        else {
          let overMs = this.clock.nowMs();
          if (result === MoveResult.made) {
            this.dueMs = overMs + HOLD_MS;
            await ds.sleep(HOLD_MS);
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
    heartbeat.setMode(ds.GPIOMode.OutputHigh);
    heartbeat.setMode(ds.GPIOMode.OutputLow);
    let waitMs = LEAD_SLEEP_MS;
    for (let pulse = 0; pulse < this.pulses; pulse++) {
      const wantedMs = ds.millis() + waitMs;
      await ds.sleep(waitMs);
      if (this.cancelled) return MoveResult.cancelled;
      if (ds.millis() - wantedMs > STALE_PULSE_MS) return MoveResult.dropped;
      guard.pulses = guard.pulses + 1;
      step.setMode(ds.GPIOMode.OutputHigh);
      heartbeat.setMode(ds.GPIOMode.OutputHigh);
      step.setMode(ds.GPIOMode.OutputLow);
      heartbeat.setMode(ds.GPIOMode.OutputLow);
      waitMs = this.intervalMs;
    }
    return MoveResult.made;
  }

  /** Too late, or not permitted: EN off now; `begun` strokes were under way, the waiting ones are dropped. */
  private giveUp(begun: number, result: MoveResult): void {
    this.isHolding = false;
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
    this.doneStrokes = this.doneStrokes + strokes;
    if (this.doneResult === MoveResult.made) this.doneResult = result;
    if (result === MoveResult.dropped) this.doneResult = result;
    this.doneMs = nowMs;
    this.shell.wake();
  }
}
