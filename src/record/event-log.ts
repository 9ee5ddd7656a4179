import { digestOf } from "../prescription/digest";
import { wholeQuotient, zeros } from "../units";
import { JournalCode } from "./journal";
import { EVENT_COUNT_PLACE, FAULT_COUNT_PLACE, LEDGER_WORDS } from "./memory-map";
import type { RecordKeeper } from "./record-keeper";
import type { Store } from "./store";
import { CELL_WORDS, readCell, writeCell } from "./two-slot-record";

/** Words of one entry: 12 bytes. */
export const ENTRY_WORDS = 3;

/** Of a memory's words, one in so many is an entry of the ring of faults: 1,024 faults on 32 kB. */
const WORDS_PER_FAULT = 8;

/** Equal denials are folded within this time, in ms. */
export const FOLD_MS = 600000;

const ENTRY = zeros(ENTRY_WORDS);

/** One ring of entries and how many it has taken. The count is written behind the entry, so an entry that counts is whole. */
class EntryRing {
  /** Entries taken since the memory was blank. */
  count = 0;

  constructor(
    memory: readonly number[],
    private readonly place: number,
  ) {
    if (memory.length === 0) return;
    for (let cell = 0; cell < 2; cell++) {
      const count = memory[place + cell * CELL_WORDS];
      if (readCell(memory, place, 2, count) >= 0) this.count = Math.max(this.count, count);
    }
  }

  /** Writes ENTRY as the next of `entries` that lie from word `first` on. */
  add(store: Store, first: number, entries: number): void {
    const count = this.count;
    const at = count - wholeQuotient(count, entries) * entries;
    store.write(first + at * ENTRY_WORDS, ENTRY, ENTRY_WORDS);
    this.count = count + 1;
    writeCell(store, this.place, 2, count + 1, 0);
  }
}

/**
 * The journal as it survives: entries of 12 bytes in two rings, one for alarms, faults and starts, one for all else; the oldest is overwritten
 * first. An entry is three words: seconds of core time; code, the lowest bytes of the number of the start and of a second number, and a
 * check byte; a first number (the larger of what does not fit stands as the most that does). Of an entry's four numbers these are a and b, where
 * {@link EventLog.keep} does not say others: of a measured residual what was measured, and whether it differed. Wall time is an entry of its own.
 */
export class EventLog {
  readonly faults: EntryRing;
  readonly events: EntryRing;
  private deniedAnswer = -1;
  private deniedMs = 0;
  private denials = 0;

  /** `memory`: what was read from the store; empty: nothing. Nothing is written while `keeper` is blocked. */
  constructor(
    memory: readonly number[],
    readonly keeper: RecordKeeper,
  ) {
    this.faults = new EntryRing(memory, FAULT_COUNT_PLACE);
    this.events = new EntryRing(memory, EVENT_COUNT_PLACE);
  }

  /** Takes one entry of the journal with its four numbers. */
  keep(store: Store, code: JournalCode, atMs: number, a: number, b: number, c: number, d: number): void {
    if (store.capacityWords <= LEDGER_WORDS) return;
    if (this.keeper.isBlocked) return;
    if (code === JournalCode.bolusDenied)
      if (b === this.deniedAnswer)
        if (atMs - this.deniedMs < FOLD_MS) {
          this.denials = this.denials + 1;
          return;
        }
    if (this.denials !== 0) {
      put(this, store, JournalCode.denialsRepeated, atMs, this.denials, this.deniedAnswer);
      this.denials = 0;
    }
    this.deniedAnswer = -1;
    let first = a;
    let second = b;
    switch (code) {
      case JournalCode.problem:
      case JournalCode.basalRate:
      case JournalCode.strokeDropped:
      case JournalCode.interrogated:
        return;
      case JournalCode.bolusDenied:
        this.deniedAnswer = b;
        this.deniedMs = atMs;
        break;
      case JournalCode.bolusGranted:
      case JournalCode.residualMeasured:
        first = b;
        second = d;
        break;
      case JournalCode.bolusEnded:
        first = c;
        break;
      case JournalCode.clockSet:
        first = wholeQuotient(a, 1000);
        second = 0;
        break;
      default:
    }
    put(this, store, code, atMs, first, second);
  }
}

/** First word of a ring of entries in a memory of `capacityWords`; `isFaults`: the ring of faults. */
export function ringPlace(isFaults: boolean, capacityWords: number): number {
  if (isFaults) return LEDGER_WORDS;
  return LEDGER_WORDS + wholeQuotient(capacityWords, WORDS_PER_FAULT) * ENTRY_WORDS;
}

/** How many entries a ring has room for. */
export function ringEntries(isFaults: boolean, capacityWords: number): number {
  if (isFaults) return wholeQuotient(capacityWords, WORDS_PER_FAULT);
  return wholeQuotient(capacityWords - ringPlace(false, capacityWords), ENTRY_WORDS);
}

function put(log: EventLog, store: Store, code: JournalCode, atMs: number, a: number, b: number): void {
  const boots = log.keeper.record.boots & 255;
  const words = store.capacityWords;
  ENTRY[0] = wholeQuotient(atMs, 1000);
  ENTRY[1] = code + boots * 256 + (Math.min(255, Math.max(0, b)) >>> 0) * 65536;
  ENTRY[2] = Math.min(4294967295, a) >>> 0;
  ENTRY[1] += (digestOf(ENTRY) & 255) * 16777216;
  let ring = log.events;
  switch (code) {
    case JournalCode.fault:
    case JournalCode.poweredOn:
    case JournalCode.alarmRaised:
    case JournalCode.alarmCleared:
      ring = log.faults;
      break;
    default:
  }
  const isFaults = ring === log.faults;
  const first = ringPlace(isFaults, words);
  const entries = ringEntries(isFaults, words);
  ring.add(store, first, entries);
}
