import { HOURS_REMEMBERED } from "../delivery/rolling-window";
import { PRESCRIPTION_FIELDS } from "../prescription/prescription";
import { LEDGER_FIELDS, STATE_FIELDS } from "./state-record";
import { CELL_WORDS, RECORD_FRAME } from "./two-slot-record";

/** Hours of core time that are kept. */
export const HOURS_KEPT = HOURS_REMEMBERED;

/** Cells for hours: some more, so that the oldest that counts is never the one that is being overwritten. */
export const HOUR_CELLS = 176;

/** Cells for the grants of demand boluses: MOST_BOLUSES_PER_24H, and some that are on their way. */
export const GRANT_CELLS = 52;

/** Cells for the guard's buckets. */
export const BUCKET_CELLS = 52;

/** Fields of the guard's record. */
export const GUARD_FIELDS = 5;

/** Fields of the record of access to the pump: the key's eight words, whether one is set, failed attempts, starts. */
export const SECURITY_FIELDS = 11;

/**
 * Where each part of the ledger lies in the memory: its first word. What the parts of a pump read themselves comes first; the event
 * journal takes the rest. A record takes two slots of two words a number. (Without brackets: then the compiler does the sums.)
 */
export const GUARD_PLACE = 0;
/** The guard's buckets. */
export const BUCKETS_PLACE = GUARD_PLACE + 4 * RECORD_FRAME + 4 * GUARD_FIELDS;
/** Two cells for how many entries the ring of events has taken. */
export const EVENT_COUNT_PLACE = BUCKETS_PLACE + BUCKET_CELLS * CELL_WORDS;
/** The same for faults. */
export const FAULT_COUNT_PLACE = EVENT_COUNT_PLACE + 2 * CELL_WORDS;
/** Access to the pump. */
export const SECURITY_PLACE = FAULT_COUNT_PLACE + 2 * CELL_WORDS;
/** The ledger proper. */
export const LEDGER_PLACE = SECURITY_PLACE + 4 * RECORD_FRAME + 4 * SECURITY_FIELDS;
/** The state. */
export const STATE_PLACE = LEDGER_PLACE + 4 * RECORD_FRAME + 4 * LEDGER_FIELDS;
/** The prescription in force. */
export const PRESCRIPTION_PLACE = STATE_PLACE + 4 * RECORD_FRAME + 4 * STATE_FIELDS;
/** Strokes at the end of each hour. */
export const HOURS_PLACE = PRESCRIPTION_PLACE + 4 * RECORD_FRAME + 4 * PRESCRIPTION_FIELDS;
/** Grants of demand boluses. */
export const GRANTS_PLACE = HOURS_PLACE + HOUR_CELLS * CELL_WORDS;

/** Words that have to be read at a start, from 0 on. */
export const LEDGER_WORDS = GRANTS_PLACE + GRANT_CELLS * CELL_WORDS;

/** Those of them that the pump still needs once the record is recovered. */
export const PUMP_WORDS = LEDGER_PLACE;
