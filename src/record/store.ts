import { MOST_LIBRARY_DRUGS } from "../config";
import { isWhole, NEVER_MS, zeros } from "../units";

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
  /** Those of them that were counted and perhaps not made. */
  uncertainStrokes = 0;
  /** Expiry of the drug in the reservoir, in days since 2000-01-01; 0: none was given. */
  expiryDay = 0;
  /** Core time of the last fill, in ms. */
  filledAtMs = 0;
  /** Total strokes when the tube set was new. */
  tubeStrokes = 0;
  /** Core time when the tube set was new, in ms. */
  tubeSinceMs = 0;
  /** Concentration of each drug of the library in the reservoir, in ng/µL. */
  readonly drugs = zeros(MOST_LIBRARY_DRUGS);
}

/** The numbers of a record, in order; its drugs follow them. */
export const RECORD_NUMBERS: readonly (keyof Omit<StateRecord, "drugs">)[] = [
  "sequence",
  "coreMs",
  "totalStrokes",
  "filledNl",
  "drawnStrokes",
  "uncertainStrokes",
  "expiryDay",
  "filledAtMs",
  "tubeStrokes",
  "tubeSinceMs",
];

/** How many numbers a record is without its drugs. */
export const RECORD_FIELDS = 10;

/** The numbers of a record in order, the drugs last, into `numbers`: RECORD_FIELDS + MOST_LIBRARY_DRUGS. */
export function writeRecord(record: StateRecord, numbers: number[]): void {
  for (let i = 0; i < RECORD_FIELDS; i++) numbers[i] = record[RECORD_NUMBERS[i]];
  for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) numbers[RECORD_FIELDS + i] = record.drugs[i];
}

/** Fills a record from the numbers that {@link writeRecord} wrote. */
export function readRecord(numbers: readonly number[], record: StateRecord): void {
  for (let i = 0; i < RECORD_FIELDS; i++) record[RECORD_NUMBERS[i]] = numbers[i];
  for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) record.drugs[i] = numbers[RECORD_FIELDS + i];
}

/** True when every number of a restored record is one that a pump can have written. */
export function isSoundRecord(record: StateRecord, capacityNl: number): boolean {
  for (let i = 0; i < RECORD_FIELDS; i++) if (!isWhole(record[RECORD_NUMBERS[i]], 0, NEVER_MS)) return false;
  for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) if (!isWhole(record.drugs[i], 0, NEVER_MS)) return false;
  if (record.filledNl > capacityNl) return false;
  if (Math.max(record.drawnStrokes, record.tubeStrokes) > record.totalStrokes) return false;
  if (record.uncertainStrokes > record.drawnStrokes) return false;
  return Math.max(record.filledAtMs, record.tubeSinceMs) <= record.coreMs;
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
