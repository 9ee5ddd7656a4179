import { digestOf } from "../src/prescription/digest";
import { JournalCode } from "../src/record/journal";

/** Bytes of one entry. */
export const LOG_ENTRY_BYTES = 12;

/** The rings of the journal that the memory keeps. */
export enum LogRing {
  events = 0,
  /** Alarms, faults and starts. */
  faults = 1,
}

/** One entry of the journal that the memory keeps (`src/record/event-log`). */
export interface LogEntry {
  /** Number of the entry in its ring since the memory was blank, from 0. */
  readonly number: number;
  /** Core time in ms, rounded down to whole seconds. */
  readonly atMs: number;
  readonly code: JournalCode;
  /** The lowest byte of the number of the start in which it was written. */
  readonly start: number;
  /** The entry's numbers a to d; `undefined`: not kept. A second one of 255 or more did not fit, and counts as not kept; the first is cut at 2^32 - 1. */
  readonly numbers: readonly [number | undefined, number | undefined, number | undefined, number | undefined];
  /** False: the check byte is wrong, so nothing in it can be relied on. */
  readonly isIntact: boolean;
}

/** The entries in `bytes`, of which the first has `number`. What is left over at the end is none. */
export function readLogEntries(bytes: Uint8Array, number: number): LogEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: LogEntry[] = [];
  for (let at = 0; at + LOG_ENTRY_BYTES <= bytes.length; at += LOG_ENTRY_BYTES) {
    const seconds = view.getUint32(at, true);
    const packed = view.getUint32(at + 4, true);
    const first = view.getUint32(at + 8, true);
    const code = packed & 255;
    const byte = (packed >>> 16) & 255;
    const second = byte === 255 ? undefined : byte;
    entries.push({
      number: number + entries.length,
      atMs: seconds * 1000,
      code,
      start: (packed >>> 8) & 255,
      numbers: numbersOf(code, first, second),
      isIntact: (digestOf([seconds, packed & 0xffffff, first]) & 255) === packed >>> 24,
    });
  }
  return entries;
}

/** Where the two numbers that are kept stood in the journal: `EventLog.keep`, the other way round. */
function numbersOf(code: JournalCode, first: number, second: number | undefined): LogEntry["numbers"] {
  switch (code) {
    case JournalCode.bolusGranted:
    case JournalCode.residualMeasured:
      return [undefined, first, undefined, second];
    case JournalCode.bolusEnded:
      return [undefined, second, first, undefined];
    case JournalCode.clockSet:
      return [first * 1000, undefined, undefined, undefined];
    case JournalCode.flowError:
      // The only one that can be negative; of the second a negative one is kept as 0.
      return [first | 0, second === 0 ? undefined : second, undefined, undefined];
    default:
      return [first, second, undefined, undefined];
  }
}
