import * as ds from "@devicescript/core";
import type { ControlLoop } from "../src/control-loop";
import type { DrivenPin } from "./driven-pin";
import { wakeUp } from "./waiter";
import type { Waiter } from "./waiter";

/** Longest sleep when no deadline is nearer, in ms; a supervisor waits at least twice as long. */
const LONGEST_SLEEP_MS = 300000;

/** The pump is at work, though it may be taking a breath: nobody else may look at it or change it. */
let isTurning = false;

/** Core time on this board: what had passed when the program started, and what `millis()` has counted since. */
export class CoreClock {
  private readonly offsetMs: number;

  constructor(coreMs: number) {
    this.offsetMs = coreMs - ds.millis();
  }

  /** Core time in ms. Changes only across an await. */
  nowMs(): number {
    return this.offsetMs + ds.millis();
  }
}

/** Told before the shell sleeps. */
export interface SleepObserver {
  /** The shell sleeps until `wakeMs` of core time, or until it is woken. */
  beforeSleep(wakeMs: number): void;
}

/** The thin shell: turns the control loop, sleeps until its next deadline, and is woken earlier by whatever arrives. */
export class Shell implements Waiter {
  /** Leads to DONE of the supervisor, see `boards/supervisor`; none: there is none. */
  done: DrivenPin = null;
  waiter: ds.Fiber = null;

  /** Wakes the shell; for whoever put an event into the inbox. Harmless while it is awake. */
  wake(): void {
    wakeUp(this);
  }

  /** Runs for good; nobody has to observe it. */
  async run(loop: ControlLoop, clock: CoreClock, observer: SleepObserver | null): Promise<void> {
    while (true) {
      const nowMs = clock.nowMs();
      let nextMs = this.turn(loop, nowMs);
      while (nextMs <= nowMs) {
        // Begins a new slice of the runtime, at the same instant.
        await ds.sleep(0);
        nextMs = this.turn(loop, nowMs);
      }
      // In the simulator the host has heard of it, and nothing is served any more.
      if (loop.mustRestart) if (!ds.isSimulator()) ds.reboot();
      nextMs = Math.min(nextMs, nowMs + LONGEST_SLEEP_MS);
      const done = this.done;
      if (done) {
        done.setMode(ds.GPIOMode.OutputHigh);
        done.setMode(ds.GPIOMode.OutputLow);
      }
      if (observer) observer.beforeSleep(nextMs);
      this.waiter = ds.Fiber.self();
      // Not from when the turn began: it may have taken breaths.
      await ds.suspend(nextMs - clock.nowMs());
      this.waiter = null;
    }
  }

  private turn(loop: ControlLoop, nowMs: number): number {
    isTurning = true;
    const nextMs = loop.turn(nowMs);
    isTurning = false;
    return nextMs;
  }
}

type Sleep = (ms: number) => void;

/**
 * Lets the other fibers work while the core takes a breath: a millisecond, none in the simulator, where work takes no time. The runtime stops the
 * fiber in the middle of whatever it is doing, whatever the type of `sleep` says. Who is not the shell goes on when no
 * turn is under way: the shell may have begun one meanwhile, and taken a breath in the middle of it.
 */
export function restShortly(): void {
  const isShell = isTurning;
  const sleep = ds.sleep as unknown as Sleep;
  sleep(ds.isSimulator() ? 0 : 1);
  if (!isShell) while (isTurning) sleep(1);
}

/** Waits while the pump is at work. */
export async function untilTurned(): Promise<void> {
  while (isTurning) await ds.sleep(1);
}
