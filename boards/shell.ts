import * as ds from "@devicescript/core";
import type { ControlLoop } from "../src/control-loop";

/** Longest sleep when no deadline is nearer, in ms. */
const LONGEST_SLEEP_MS = 300000;

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
export class Shell {
  private waiter: ds.Fiber = null;

  /** Wakes the shell; for whoever put an event into the inbox. Harmless while it is awake. */
  wake(): void {
    const waiter = this.waiter;
    if (waiter) {
      this.waiter = null;
      waiter.resume(0);
    }
  }

  /** Runs for good; nobody has to observe it. */
  async run(loop: ControlLoop, clock: CoreClock, observer: SleepObserver | null): Promise<void> {
    while (true) {
      const nowMs = clock.nowMs();
      let nextMs = loop.turn(nowMs);
      // In the simulator the host has heard of it, and nothing is served any more.
      if (loop.mustRestart) if (!ds.isSimulator()) ds.reboot();
      while (nextMs <= nowMs) {
        // Begins a new slice of the runtime, at the same instant.
        await ds.sleep(0);
        nextMs = loop.turn(nowMs);
      }
      nextMs = Math.min(nextMs, nowMs + LONGEST_SLEEP_MS);
      if (observer) observer.beforeSleep(nextMs);
      this.waiter = ds.Fiber.self();
      await ds.suspend(nextMs - nowMs);
      this.waiter = null;
    }
  }
}
