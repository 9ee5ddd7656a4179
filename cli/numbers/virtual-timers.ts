import type { Timers } from "../../link/timers";

interface Waiting {
  readonly atMs: number;
  readonly call: () => void;
}

/** Time that passes only when a link and a pump both wait for it. */
export class VirtualTimers implements Timers {
  private atMs = 0;
  private waiting: Waiting[] = [];

  nowMs(): number {
    return this.atMs;
  }

  after(ms: number, call: () => void): () => void {
    const one = { atMs: this.atMs + ms, call };
    this.waiting.push(one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  }

  /** Lets time pass until `promise` is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    promise.then(settle, settle);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return promise;
      this.callFirst();
    }
  }

  /** Lets `ms` pass. */
  async pause(ms: number): Promise<void> {
    await this.until(new Promise<void>((resolve) => this.after(ms, resolve)));
  }

  private callFirst(): void {
    const [first] = [...this.waiting].sort((a, b) => a.atMs - b.atMs);
    if (first === undefined) throw new Error(`nothing happens any more after ${this.atMs} ms`);
    this.waiting = this.waiting.filter((one) => one !== first);
    this.atMs = first.atMs;
    first.call();
  }
}
