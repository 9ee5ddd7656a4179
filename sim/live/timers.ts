/** Real time, an input, so that tests need not wait. */
export interface Timers {
  /** Time since any origin, in ms; never goes back. */
  nowMs(): number;
  /** Calls `call` once in `ms`; returns what takes that back. */
  after(ms: number, call: () => void): () => void;
}

/** A timer of this machine waits 2^31 - 1 ms at most. */
const LONGEST_WAIT_MS = 2147483647;

/** The timers of this machine. */
export const SYSTEM_TIMERS: Timers = {
  nowMs: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  },
};
