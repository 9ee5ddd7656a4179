import { VirtualTimers } from "../../cli/numbers/virtual-timers";

/** Longest time that anything takes here, in ms. */
const LONGEST_MS = 3600000;

/** Time that passes only when everybody waits for it, and not for ever. */
export class VirtualTime extends VirtualTimers {
  private outside = 0;

  /** Resolves when so much time has passed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Stands still until what this machine does for `promise` is done. */
  async standStill<T>(promise: Promise<T>): Promise<T> {
    this.outside++;
    try {
      return await promise;
    } finally {
      this.outside--;
    }
  }

  /** Lets time pass until `promise` is settled. Throws when nobody waits for anything any more, or an hour has gone by. */
  override until<T>(promise: Promise<T>): Promise<T> {
    return super.until(promise, LONGEST_MS);
  }

  protected override standsStill(): boolean {
    return this.outside !== 0;
  }
}
