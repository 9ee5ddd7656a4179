import * as ds from "@devicescript/core";
import type { ControlLoop } from "../src/control-loop";

/**
 * Kept alive for good. The runtime's allocator fills the rest of the first free block anew at every call, so the less is free, the
 * faster is every call. The pump itself holds some 15 kB, which does most of it: in the simulator a stroke takes 54.5 µs without
 * ballast, 53.7 with this much and 50.4 with 20 kB.
 */
const BALLAST_BYTES = 4000;

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
  private sleeper: ds.Fiber = null;
  private readonly ballast = Buffer.alloc(BALLAST_BYTES);

  /** Wakes the shell; for whoever put an event into the inbox. Harmless while it is awake. */
  wake(): void {
    const sleeper = this.sleeper;
    if (sleeper) {
      this.sleeper = null;
      sleeper.resume(0);
    }
  }

  /** Runs for good. */
  async run(loop: ControlLoop, clock: CoreClock, observer: SleepObserver): Promise<void> {
    while (this.ballast) {
      const nowMs = clock.nowMs();
      const nextMs = Math.min(loop.turn(nowMs), nowMs + LONGEST_SLEEP_MS);
      observer.beforeSleep(nextMs);
      this.sleeper = ds.Fiber.self();
      await ds.suspend(nextMs - nowMs);
      this.sleeper = null;
    }
  }
}
