import { isWhole, NEVER_MS } from "../units";

/**
 * What survives a restart. The pump comes back *stopped*: only counts are restored, so that core time, totals and reservoir go on; therapy
 * has to be confirmed anew. Windows, boluses and lockout are not in it: they are taken as used up at `coreMs`.
 */
export class StateRecord {
  /** Number of this record: one more than the one before; 0: a blank store, a pump that never moved. */
  sequence = 0;
  /** Core time when it was written, in ms. */
  coreMs = 0;
  /** Strokes since the pump was made. */
  totalStrokes = 0;
  /** Reservoir content at the last fill, in nL. */
  filledNl = 0;
  /** Strokes drawn since then. */
  drawnStrokes = 0;
}

/** True when every number of a restored record is one that a pump can have written. */
export function isSoundRecord(record: StateRecord, capacityNl: number): boolean {
  return (
    isWhole(record.sequence, 0, NEVER_MS) &&
    isWhole(record.coreMs, 0, NEVER_MS) &&
    isWhole(record.totalStrokes, 0, NEVER_MS) &&
    isWhole(record.filledNl, 0, capacityNl) &&
    isWhole(record.drawnStrokes, 0, record.totalStrokes)
  );
}

/**
 * The contract of whatever keeps the record.
 *
 * - `write` returns at once; the record is read before it returns. One write at a time: the core waits for the report.
 * - A record is whole or not there: after a power cut the store gives back this record or the one before.
 * - The report is ready when `doneMs` is not later than now; NEVER_MS while there is none.
 */
export interface Store {
  /** When the report of the last write is ready, in ms of core time; NEVER_MS: none. */
  doneMs: number;
  /** Number of the record that the ready report is about. */
  doneSequence: number;
  /** Begins to write `record`. */
  write(record: StateRecord, nowMs: number): void;
  /** Marks the ready report as read. */
  takeReport(): void;
}
