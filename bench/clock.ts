/**
 * The recorder's clock, an input: the monotonic clock against a real balance; against the simulated bench the simulator's own, which passes only
 * when the recorder waits.
 */
export interface Clock {
  /** What manifest and report call it. */
  readonly name: "monotonic" | "virtual";
  /** Time since it began, in ms; never goes back. */
  nowMs(): number;
  /** Resolves when `nowMs()` has reached `atMs`; at once when it is past. */
  waitUntil(atMs: number): Promise<void>;
}

/** A clock that stands still until somebody waits. Whoever simulates something follows it by {@link onPassed}. */
export class VirtualClock implements Clock {
  readonly name = "virtual";
  private atMs = 0;

  /** @param onPassed called with each new time, before anyone who waited goes on */
  constructor(private readonly onPassed: (nowMs: number) => void) {}

  nowMs(): number {
    return this.atMs;
  }

  waitUntil(atMs: number): Promise<void> {
    if (atMs > this.atMs) {
      this.atMs = atMs;
      this.onPassed(atMs);
    }
    return Promise.resolve();
  }
}
