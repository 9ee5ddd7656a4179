import type { Timers } from "../../link/timers";

interface Waiting {
  readonly atMs: number;
  readonly call: () => void;
}

/** Time that passes only when a link and a pump both wait for it. */
export class VirtualTimers implements Timers {
  private atMs = 0;
  /** In order of time. */
  private waiting: Waiting[] = [];

  nowMs(): number {
    return this.atMs;
  }

  after(ms: number, call: () => void): () => void {
    const one = { atMs: this.atMs + ms, call };
    const place = this.waiting.findIndex(({ atMs }) => atMs > one.atMs);
    this.waiting.splice(place < 0 ? this.waiting.length : place, 0, one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  }

  /** Lets time pass until `promise` is settled, `mostMs` at most. Throws when nobody waits for anything any more. */
  async until<T>(promise: Promise<T>, mostMs = Infinity): Promise<T> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    promise.then(settle, settle);
    const endMs = this.atMs + mostMs;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return promise;
      if (!this.standsStill()) this.pass(endMs);
    }
  }

  /** Lets `ms` pass. */
  async pause(ms: number): Promise<void> {
    await this.until(new Promise<void>((resolve) => this.after(ms, resolve)));
  }

  /** Time must not pass now. */
  protected standsStill(): boolean {
    return false;
  }

  private pass(endMs: number): void {
    const next = this.waiting.shift();
    if (next === undefined || next.atMs > endMs) throw new Error(`nothing happens any more after ${this.atMs} ms`);
    this.atMs = next.atMs;
    next.call();
  }
}
