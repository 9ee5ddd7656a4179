import * as ds from "@devicescript/core";
import type { PumpConfig } from "../../src/config";
import { TherapyMode } from "../../src/delivery/therapy";
import { LEDGER_PLACE, STATE_PLACE } from "../../src/record/memory-map";
import { Recovery } from "../../src/record/recover";
import { STORE_PATIENCE_MS } from "../../src/record/record-keeper";
import {
  LEDGER_FIELDS,
  problemOf,
  RecordFlag,
  recordNames,
  RecordProblem,
  STATE_FIELDS,
  STATE_LISTS,
} from "../../src/record/state-record";
import type { StateRecord } from "../../src/record/state-record";
import { TwoSlotRecord } from "../../src/record/two-slot-record";
import { NEVER_MS, quotientRoundedUp, wholeQuotient } from "../../src/units";
import type { BoardMemory } from "../memory/board-memory";

/** The runtime stops a program that takes too many steps in one go: between two parts of the recovery it rests so long, in ms. */
const REST_MS = 1;

/** What is true of the pump's past and not of its next start: it is not planned, and something moves behind what was measured. */
const FLAGS_THAT_END = RecordFlag.intoLine + RecordFlag.planned + RecordFlag.residualMeasured + RecordFlag.otherProgram;

/**
 * The pump's ledger while another program moves its fluid, in strokes, the way a prime would: drawn from the reservoir, to nobody. The
 * prescription goes out of force before anything moves. What a burst may deliver at most is reserved before it: the pump's own recovery
 * counts it when the power fails. Core time stands still meanwhile, so that no lockout and no window gets shorter.
 *
 * What was purged lies in the pump's windows as what was primed before a restart does: in the hard limit's current bucket. What is at the tip is not known
 * any more: the stronger of both fluids counts until old fluid has passed, and nothing is taken for empty.
 */
export class PurgeLedger {
  /** The memory keeps a ledger. */
  isKept = false;
  /** Why not, although a memory is declared; `none`: it does not answer, or does not take what is written. */
  problem = RecordProblem.none;
  private readonly ledger = new TwoSlotRecord(LEDGER_PLACE, LEDGER_FIELDS);
  private totalStrokes = 0;
  private drawnStrokes = 0;
  private uncertainStrokes = 0;

  /** `pulsesPerStroke`: of the pump that the ledger is about. */
  constructor(
    private readonly memory: BoardMemory,
    private readonly pulsesPerStroke: number,
  ) {}

  /** Finds the ledger and takes the prescription out of force. False: nothing may move. True without `isKept`: there is no ledger, and nothing to book in. */
  async open(config: PumpConfig): Promise<boolean> {
    const memory = this.memory;
    if (!(await memory.open(config))) return false;
    if (memory.store.capacityWords === 0) return true;
    const record = memory.restored;
    let recovery = new Recovery(memory.words, config, record);
    while (!recovery.isDone) {
      recovery.step();
      await ds.sleep(REST_MS);
    }
    recovery = null;
    memory.words = null;
    this.problem = problemOf(record, config.capacityNl);
    if (this.problem !== RecordProblem.none) return false;
    // A blank memory, of a pump that has to be filled before it moves: nothing in it is in force, or can become wrong.
    if (record.sequence === 0) return true;
    memory.begin(null, null, null);
    this.takeOutOfForce(record);
    this.isKept = await this.writeState(record);
    return this.isKept;
  }

  /** Books pulses since the start, at most and at least, and reserves further ones. False: the memory has not taken it, and nothing may move. */
  async book(mostPulses: number, leastPulses: number, reservedPulses: number): Promise<boolean> {
    if (!this.isKept) return true;
    const record = this.memory.restored;
    const perStroke = this.pulsesPerStroke;
    const strokes = quotientRoundedUp(mostPulses, perStroke);
    const flags = record.flags & ~RecordFlag.intoLine;
    // Before the first fill there is nothing to draw from, and what has moved would be taken for old fluid in the line.
    if (record.filledNl + record.filledAtMs + this.totalStrokes !== 0) {
      record.totalStrokes = this.totalStrokes + strokes;
      record.drawnStrokes = this.drawnStrokes + strokes;
      record.uncertainStrokes = this.uncertainStrokes + strokes - wholeQuotient(leastPulses, perStroke);
      record.reservedStrokes = quotientRoundedUp(mostPulses + reservedPulses, perStroke) - strokes;
      record.flags = flags + RecordFlag.intoLine;
    }
    this.writeLedger(record);
    return await this.isWritten();
  }

  /** As the core does when it finds the ledger of another program; and what was reserved has been delivered. */
  private takeOutOfForce(record: StateRecord): void {
    const reserved = record.reservedStrokes;
    if ((record.flags & RecordFlag.intoLine) === 0) record.patientStrokes += reserved;
    record.totalStrokes += reserved;
    record.drawnStrokes += reserved;
    record.uncertainStrokes += reserved;
    record.reservedStrokes = 0;
    this.totalStrokes = record.totalStrokes;
    this.drawnStrokes = record.drawnStrokes;
    this.uncertainStrokes = record.uncertainStrokes;
    record.flags = record.flags & ~FLAGS_THAT_END;
    record.mode = TherapyMode.stopped;
    record.programmedAtMs = -1;
    record.nextBolusMs = NEVER_MS;
    record.programEndMs = NEVER_MS;
    record.owedUnits = 0;
    record.emptyNl = 0;
    if (record.oldStrokes !== 0)
      for (let i = 0; i < record.tip.length; i++) record.tip[i] = Math.max(record.tip[i], record.drugs[i]);
  }

  /** The state, and behind it the ledger that names it. */
  private async writeState(record: StateRecord): Promise<boolean> {
    const state = new TwoSlotRecord(STATE_PLACE, STATE_FIELDS);
    const n = state.numbers;
    const names = recordNames();
    let at = 2;
    for (let i = LEDGER_FIELDS; i < names.length; i++) {
      n[at] = record[names[i]];
      at++;
    }
    for (let i = 0; i < STATE_LISTS.length; i++) {
      const list = record[STATE_LISTS[i]];
      for (let k = 0; k < list.length; k++) {
        n[at] = list[k];
        at++;
      }
    }
    n[1] = record.stateSequence;
    state.writeTo(this.memory.store);
    record.stateSequence = n[1];
    this.writeLedger(record);
    return await this.isWritten();
  }

  private writeLedger(record: StateRecord): void {
    const n = this.ledger.numbers;
    const names = recordNames();
    for (let i = 0; i < LEDGER_FIELDS; i++) n[2 + i] = record[names[i]];
    n[1] = record.sequence;
    this.ledger.writeTo(this.memory.store);
    record.sequence = n[1];
  }

  /** Waits until all that was written is in the memory. */
  private async isWritten(): Promise<boolean> {
    const store = this.memory.store;
    const sinceMs = ds.millis();
    while (store.waiting !== 0) {
      if (ds.millis() - sinceMs > STORE_PATIENCE_MS) return false;
      await ds.sleep(1);
    }
    return true;
  }
}
