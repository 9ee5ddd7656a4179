import { breathe } from "../breath";
import { configNames, drugNames } from "../config";
import type { PumpConfig } from "../config";
import { TherapyMode } from "../delivery/therapy";
import { digestOf } from "../prescription/digest";
import { MOST_BOLUSES_PER_24H, PRESCRIPTION_FIELDS } from "../prescription/prescription";
import { isWhole, MS_PER_HOUR, NEVER_MS, wholeQuotient, zeros } from "../units";
import {
  GRANT_CELLS,
  GRANTS_PLACE,
  GUARD_FIELDS,
  GUARD_PLACE,
  HOUR_CELLS,
  HOURS_KEPT,
  HOURS_PLACE,
  LEDGER_PLACE,
  PRESCRIPTION_PLACE,
  STATE_PLACE,
} from "./memory-map";
import { LEDGER_FIELDS, RecordFlag, recordNames, RecordProblem, STATE_FIELDS, STATE_LISTS } from "./state-record";
import type { StateRecord } from "./state-record";
import { readCell, SlotFind, TwoSlotRecord } from "./two-slot-record";

/**
 * What a ledger says of the configuration that it counts in: CRC-32 of all of it but the number of the build, and above these 32 bits the
 * lowest 20 of that number.
 */
export function configDigest(config: PumpConfig): number {
  const numbers: number[] = [];
  const names = configNames();
  const limits = drugNames();
  for (let i = 0; i < names.length - 1; i++) numbers.push(config[names[i]]);
  for (let drug = 0; drug < config.library.length; drug++)
    for (let i = 0; i < limits.length; i++) numbers.push(config.library[drug][limits[i]]);
  breathe();
  const program = config.program;
  return digestOf(numbers) + (program - wholeQuotient(program, 1048576) * 1048576) * 4294967296;
}

/**
 * Reads the ledger of this pump out of what its memory holds (words from 0 on, LEDGER_WORDS of them; empty: it has none) into a record. A
 * blank memory leaves the record as it is. A memory that holds something else names the problem in it. In parts, because a board's
 * runtime stops a program that takes too many steps without a pause.
 */
export class Recovery {
  /** Nothing is left to do. */
  isDone: boolean;
  private part = 0;

  constructor(
    private readonly memory: readonly number[],
    private readonly config: PumpConfig,
    private readonly record: StateRecord,
  ) {
    this.isDone = memory.length === 0;
  }

  /** Does one part of the work. */
  step(): void {
    const record = this.record;
    const memory = this.memory;
    const part = this.part + 1;
    let problem = RecordProblem.none;
    this.part = part;
    if (part === 1) problem = readLedger(memory, record);
    else if (part === 2) problem = readState(memory, this.config, record);
    else if (part === 3) problem = readPrescription(memory, record);
    else {
      readHours(memory, record);
      this.isDone = true;
    }
    record.problem = problem;
    if (problem !== RecordProblem.none) this.isDone = true;
    if (record.sequence === 0) this.isDone = true;
  }
}

/** Does all of a {@link Recovery} at once. */
export function recover(memory: readonly number[], config: PumpConfig, record: StateRecord): void {
  const recovery = new Recovery(memory, config, record);
  while (!recovery.isDone) recovery.step();
}

function readLedger(memory: readonly number[], record: StateRecord): RecordProblem {
  const ledger = new TwoSlotRecord(LEDGER_PLACE, LEDGER_FIELDS);
  const guard = new TwoSlotRecord(GUARD_PLACE, GUARD_FIELDS);
  const find = ledger.readFrom(memory, -1);
  const guardFind = guard.readFrom(memory, -1);
  if (find === SlotFind.otherFormat) return RecordProblem.otherFormat;
  if (find === SlotFind.damaged) return RecordProblem.damaged;
  // The guard's record is written behind the ledger's: one that knows of a later ledger says that this one has been lost since.
  if (guardFind === SlotFind.record) if (guard.numbers[2] > ledger.numbers[1]) return RecordProblem.damaged;
  if (find === SlotFind.blank) {
    // A blank pump: then nothing else was written but perhaps a first state, whose ledger was torn.
    if (guardFind === SlotFind.otherFormat) return RecordProblem.otherFormat;
    if (guardFind !== SlotFind.blank) return RecordProblem.damaged;
    const state = new TwoSlotRecord(STATE_PLACE, STATE_FIELDS);
    if (state.readFrom(memory, -1) === SlotFind.damaged) return RecordProblem.damaged;
    if (state.numbers[1] > 1) return RecordProblem.damaged;
    return RecordProblem.none;
  }
  record.sequence = ledger.numbers[1];
  const names = recordNames();
  for (let i = 0; i < LEDGER_FIELDS; i++) record[names[i]] = ledger.numbers[2 + i];
  return RecordProblem.none;
}

function readState(memory: readonly number[], config: PumpConfig, record: StateRecord): RecordProblem {
  const state = new TwoSlotRecord(STATE_PLACE, STATE_FIELDS);
  if (state.readFrom(memory, record.stateSequence) !== SlotFind.record) return RecordProblem.damaged;
  let at = 2;
  const names = recordNames();
  for (let i = LEDGER_FIELDS; i < names.length; i++) {
    record[names[i]] = state.numbers[at];
    at++;
  }
  for (let i = 0; i < STATE_LISTS.length; i++) {
    const list = record[STATE_LISTS[i]];
    for (let k = 0; k < list.length; k++) {
      list[k] = state.numbers[at];
      at++;
    }
  }
  if (record.serial !== config.serial) return RecordProblem.otherPump;
  const digest = configDigest(config);
  if (record.configDigest >>> 0 !== digest >>> 0) return RecordProblem.otherConfiguration;
  if (record.configDigest !== digest) {
    // Another program: what was confirmed was confirmed for the one before. It goes on as a pump whose therapy has been stopped and that has no prescription.
    record.configDigest = digest;
    record.flags = record.flags | RecordFlag.otherProgram;
    record.mode = TherapyMode.stopped;
    record.programmedAtMs = -1;
    record.nextBolusMs = NEVER_MS;
    record.programEndMs = NEVER_MS;
  }
  return RecordProblem.none;
}

function readPrescription(memory: readonly number[], record: StateRecord): RecordProblem {
  if (record.prescriptionSequence === 0) return RecordProblem.none;
  const prescription = new TwoSlotRecord(PRESCRIPTION_PLACE, PRESCRIPTION_FIELDS);
  if (prescription.readFrom(memory, record.prescriptionSequence) !== SlotFind.record) return RecordProblem.damaged;
  const fields = zeros(PRESCRIPTION_FIELDS);
  for (let i = 0; i < PRESCRIPTION_FIELDS; i++) fields[i] = prescription.numbers[2 + i];
  record.prescription = fields;
  return RecordProblem.none;
}

/**
 * Strokes to the patient in each of the last hours, the current one first, with what was reserved in it. A cell says how many there were in all
 * at the end of its hour. Where one is missing its strokes count in the next later hour that is known: never too early. Then when the last
 * demand boluses were granted, the last one first; one that is not known counts as granted now.
 */
function readHours(memory: readonly number[], record: StateRecord): void {
  const nowMs = record.coreMs;
  const thisHour = wholeQuotient(nowMs, MS_PER_HOUR);
  const hours = zeros(HOURS_KEPT);
  // How many strokes there were in all at the end of the hour so many hours ago: the earliest that is known so far.
  let later = record.patientStrokes;
  let laterAgo = 0;
  for (let ago = 1; ago <= HOURS_KEPT; ago++) {
    if ((ago & 15) === 15) breathe();
    let ended = 0;
    if (thisHour >= ago) ended = readCell(memory, HOURS_PLACE, HOUR_CELLS, thisHour - ago);
    if (isWhole(ended, 0, later)) {
      hours[laterAgo] = later - ended;
      later = ended;
      laterAgo = ago;
    }
  }
  if (laterAgo !== HOURS_KEPT) hours[laterAgo] = later;
  if ((record.flags & RecordFlag.intoLine) === 0) hours[0] = hours[0] + record.reservedStrokes;
  record.hours = hours;
  const grantsMs: number[] = [];
  for (let ago = 0; ago < Math.min(MOST_BOLUSES_PER_24H, record.grants); ago++) {
    let grantedMs = readCell(memory, GRANTS_PLACE, GRANT_CELLS, record.grants - ago);
    if (!isWhole(grantedMs, 0, nowMs)) grantedMs = nowMs;
    grantsMs.push(grantedMs);
  }
  record.grantsMs = grantsMs;
}
