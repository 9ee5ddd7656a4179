import * as ds from "@devicescript/core";
import type { CoreClock } from "../shell";
import type { Waiter } from "../waiter";

/** A sensor that is looked at in the fiber of all sensors. */
export interface WatchedSensor {
  /** Looks at it at `nowMs` of core time. Returns when it wants to be looked at again, at the latest: later than `nowMs`. */
  look(nowMs: number): number;
}

/**
 * Looks at all sensors in one fiber: when a stroke has had its last pulse, and else when one of them asks for it. Fluid, pressure and rotor
 * move with strokes alone, so what a stroke has changed is known before the next one begins, at every rate; and rest costs few wakes, one in
 * {@link REST_LOOK_MS}.
 */
export class SensorWatch implements Waiter {
  private readonly sensors: WatchedSensor[] = [];
  waiter: ds.Fiber = null;

  constructor(private readonly clock: CoreClock) {}

  /** One sensor more; before {@link run}. */
  add(sensor: WatchedSensor): void {
    this.sensors.push(sensor);
  }

  /** Runs for good; start it in a fiber of its own. */
  async run(): Promise<void> {
    const sensors = this.sensors;
    while (sensors.length !== 0) {
      const nowMs = this.clock.nowMs();
      let nextMs = nowMs + REST_LOOK_MS;
      for (let i = 0; i < sensors.length; i++) nextMs = Math.min(nextMs, sensors[i].look(nowMs));
      this.waiter = ds.Fiber.self();
      await ds.suspend(nextMs - nowMs);
      this.waiter = null;
    }
  }
}

/** Between two looks at a pump that makes no strokes, in ms: what is seen then was done by hand, or broke. */
export const REST_LOOK_MS = 10000;
