/**
 * What survives a planned or unplanned restart. The pump comes back *stopped*: only counts are restored, so that
 * core time, totals and reservoir go on; therapy has to be confirmed anew.
 */
export class StateRecord {
  /** Number of this record: one more than the one before. */
  sequence = 0;
  /** Core time when it was written, in ms. */
  coreMs = 0;
  /** Strokes since the pump was made. */
  totalStrokes = 0;
  /** Reservoir content at the last fill, in nL. */
  filledNl = 0;
  /** Strokes drawn since then. */
  drawnStrokes = 0;
  /** End of the last granted bolus, in ms of core time; -1: none. */
  lastBolusEndMs = -1;
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
