import type { Clock } from "./clock";

/** The longest time that a timer of JavaScript takes, in ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** This machine's monotonic clock. Nobody can set it; it may stand still while the machine sleeps. */
export class MonotonicClock implements Clock {
  readonly name = "monotonic";
  private readonly startMs = performance.now();
  private readonly waiting = new Set<() => void>();

  nowMs(): number {
    return performance.now() - this.startMs;
  }

  async waitUntil(atMs: number): Promise<void> {
    // A timer can be early by a fraction of a millisecond.
    for (let leftMs = atMs - this.nowMs(); leftMs > 0; leftMs = atMs - this.nowMs())
      if (!(await this.waitFor(Math.min(Math.ceil(leftMs), LONGEST_TIMER_MS)))) return;
  }

  /** Ends all waiting at once, so that nothing keeps the process. */
  end(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** False: ended before its time. */
  private waitFor(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve(false);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(wake);
        resolve(true);
      }, ms);
      this.waiting.add(wake);
    });
  }
}
