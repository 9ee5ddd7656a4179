import { STORE_WRITE_MS } from "../src/motion/stroke-time";
import type { StateRecord, Store } from "../src/record/store";
import { NEVER_MS } from "../src/units";

/**
 * Keeps nothing: every start is a blank store, so a pump that lost its power knows of no reservoir and cannot run. That is the right
 * behaviour for a dry run, and for nothing else.
 */
export class VolatileStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;

  write(record: StateRecord, nowMs: number): void {
    this.doneSequence = record.sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}
