import { STORE_WRITE_MS } from "../motion/stroke-time";
import { NEVER_MS } from "../units";
import type { StateRecord, Store } from "./store";

/** Is shown every record before it is lost. */
export interface RecordWitness {
  /** The store was given `record`, which is valid during the call. */
  record(record: StateRecord): void;
}

/**
 * Keeps nothing itself, and reports every record after the longest time of a write. On a board every start is then a blank store: a pump
 * that lost its power knows of no reservoir and cannot run, which is right for a dry run and for nothing else. In the simulator the witness
 * keeps the record.
 */
export class VolatileStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;

  /** `witness`: null, nobody has to be shown. */
  constructor(private readonly witness: RecordWitness | null) {}

  write(record: StateRecord, nowMs: number): void {
    if (this.witness) this.witness.record(record);
    this.doneSequence = record.sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}
