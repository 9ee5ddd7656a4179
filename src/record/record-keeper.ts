import type { PumpConfig } from "../config";
import { moveUp, MS_PER_DAY, MS_PER_HOUR, NEVER_MS, slotEndMs, wholeQuotient } from "../units";
import { LEDGER_PLACE, STATE_PLACE } from "./memory-map";
import { configDigest } from "./recover";
import { Reservation } from "./reservation";
import { LEDGER_FIELDS, STATE_FIELDS, StateRecord } from "./state-record";
import { TwoSlotRecord } from "./two-slot-record";

/** A store that has not reported a record as durable within this time has failed, in ms. */
export const STORE_PATIENCE_MS = 500;

/** Then another record is tried after this time, in ms. */
export const STORE_RETRY_MS = 60000;

/**
 * Keeps the dose ledger: writes what must survive a restart, one record at a time, and reserves the strokes that may follow it. The ledger
 * proper is written at each full hour, when a reservation is used up, and whenever an order changes what may be delivered; the state
 * only when it differs; the prescription when another one is confirmed.
 */
export class RecordKeeper {
  /** The record that the last `store` command is about. */
  readonly record = new StateRecord();
  /** What may be ordered before the next record. */
  readonly reservation: Reservation;
  /** The store has not reported it as durable yet. */
  writing = false;
  /** What is in the memory must not be touched. */
  isBlocked = false;
  /** When the report is overdue, or another record is tried, in ms of core time; NEVER_MS: no write is under way. */
  nextMs = NEVER_MS;
  /** First instant of core time that is no longer in the current hour. A plain field: it is read at every wake. */
  hourEndMs: number;
  /** Strokes to the patient when that hour began. */
  strokesAtHour: number;

  /** The store has not reported the record that is being written in time. */
  hasFailed = false;
  writtenHour: number;
  writtenGrants: number;
  readonly ledger = new TwoSlotRecord(LEDGER_PLACE, LEDGER_FIELDS);
  readonly state = new TwoSlotRecord(STATE_PLACE, STATE_FIELDS);
  /** Number of the prescription that was written last; 0: none was. */
  prescriptionSequence: number;

  /** Goes on behind `restored`. */
  constructor(restored: StateRecord, config: PumpConfig) {
    const record = this.record;
    this.reservation = new Reservation(restored.totalStrokes + restored.reservedStrokes);
    this.hourEndMs = slotEndMs(restored.coreMs, MS_PER_HOUR);
    this.strokesAtHour = restored.patientStrokes;
    this.writtenHour = wholeQuotient(restored.coreMs, MS_PER_HOUR) - 1;
    this.writtenGrants = restored.grants;
    record.sequence = restored.sequence;
    record.serial = config.serial;
    // A recovered ledger has been compared with it already; a start has few steps to spare.
    record.configDigest = restored.configDigest;
    if (restored.sequence === 0) record.configDigest = configDigest(config);
    record.boots = restored.boots + 1;
    this.ledger.numbers[1] = restored.sequence;
    this.state.numbers[1] = restored.stateSequence;
    this.prescriptionSequence = restored.prescriptionSequence;
  }

  /** The program starts anew with the ledger of `restored`; `isPlanned`: as the pump itself has planned. Returns the unplanned restarts in 24 h. */
  countRestart(restored: StateRecord, isPlanned: boolean): number {
    const list = this.record.restartsMs;
    let count = 0;
    for (let i = 0; i < list.length; i++) {
      list[i] = restored.restartsMs[i];
      if (list[i] >= 0) if (restored.coreMs - list[i] < MS_PER_DAY) count++;
    }
    if (isPlanned) return count;
    moveUp(list, restored.coreMs);
    return count + 1;
  }
}
