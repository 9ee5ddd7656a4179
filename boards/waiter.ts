import type * as ds from "@devicescript/core";

/** Who waits in a fiber of its own until somebody has something for it. */
export interface Waiter {
  /** The fiber while it waits; null: it is at work. */
  waiter: ds.Fiber | null;
}

/** Lets `one` go on, if it waits. */
export function wakeUp(one: Waiter): void {
  const waiter = one.waiter;
  if (waiter) {
    one.waiter = null;
    waiter.resume(0);
  }
}
