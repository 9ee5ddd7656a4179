/** Time, an input, so that tests need not wait. */
export interface Timers {
  /** Time since any origin, in ms; never goes back. */
  nowMs(): number;
  /** Calls `call` once in `ms`; returns what takes that back. */
  after(ms: number, call: () => void): () => void;
}

/** The timers of this machine. */
export const SYSTEM_TIMERS: Timers = {
  nowMs: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves in `ms`. */
export function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => void timers.after(ms, resolve));
}
