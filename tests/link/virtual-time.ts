import type { Timers } from "../../link/timers";

interface Waiting {
  readonly atMs: number;
  readonly call: () => void;
}

/** Time that passes only when everybody waits for it. */
export class VirtualTime implements Timers {
  private atMs = 0;
  private waiting: Waiting[] = [];
  private outside = 0;

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

  /** Resolves when so much time has passed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time pass until `promise` is settled. Throws when nobody waits for anything any more, or an hour has gone by. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    promise.then(settle, settle);
    const endMs = this.atMs + 3600000;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return promise;
      if (this.outside === 0) this.pass(endMs);
    }
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

  /** Lets `ms` pass. */
  async pause(ms: number): Promise<void> {
    await this.until(this.sleep(ms));
  }

  private pass(endMs: number): void {
    const next = this.waiting.shift();
    if (next === undefined || next.atMs > endMs) throw new Error(`nothing happens any more after ${this.atMs} ms`);
    this.atMs = next.atMs;
    next.call();
  }
}
