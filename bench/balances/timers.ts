/** Wall time for time-outs, an input so that tests need not wait. */
export interface Timers {
  /** Calls `call` once in `ms`; returns what takes that back. */
  after(ms: number, call: () => void): () => void;
}

/** The timers of this machine. */
export const SYSTEM_TIMERS: Timers = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
