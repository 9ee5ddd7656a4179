import { breathe } from "../breath";
import { digestOf } from "../prescription/digest";
import { SCRATCH } from "../scratch";
import { copyInto, wholeQuotient, zeros } from "../units";
import type { Store } from "./store";

/** "Minim" in five bytes: every layout begins with it. */
const RECORD_NAME = 332481325421;

/** Marks a record as one of this layout: the name and the number of the layout. Any other is refused, and nothing is erased. */
export const RECORD_FORMAT = 85115219307778;

/** Numbers of a record beside its fields: format, sequence and CRC. */
export const RECORD_FRAME = 3;

// Words on their way to the store; it reads them before it returns.

/** What a look at the two slots of a record has found. */
export enum SlotFind {
  /** A whole record of this layout. */
  record = 0,
  /** A record of another layout. */
  otherFormat = 1,
  /** None was ever written whole. */
  blank = 2,
  /** Neither slot holds a whole record. */
  damaged = 3,
}

/**
 * A record that survives a power cut at any byte of a write: two slots, written in turn, each with a sequence number and a CRC over all of
 * it. The whole slot with the higher number is the record; a torn one is none.
 */
export class TwoSlotRecord {
  /** Format, sequence, the fields, CRC. The fields begin at 2. */
  readonly numbers: number[];
  private readonly length: number;

  /** `place`: its first word in the memory; `fields`: how many numbers it keeps. */
  constructor(
    private readonly place: number,
    fields: number,
  ) {
    this.length = fields + RECORD_FRAME;
    this.numbers = zeros(this.length);
    this.numbers[0] = RECORD_FORMAT;
  }

  /** Writes the fields under the next sequence number, into the slot that does not hold the last one. */
  writeTo(store: Store): void {
    const n = this.numbers;
    const length = this.length;
    const sequence = n[1] + 1;
    n[1] = sequence;
    n[length - 1] = 0;
    n[length - 1] = digestOf(n);
    const isLong = length > 16;
    if (isLong) breathe();
    for (let i = 0; i < length; i++) {
      const high = Math.floor(n[i] / 4294967296);
      SCRATCH[2 * i] = n[i] - high * 4294967296;
      SCRATCH[2 * i + 1] = high >>> 0;
    }
    if (isLong) breathe();
    store.write(this.place + (sequence & 1) * 2 * length, SCRATCH, 2 * length);
  }

  /** Finds the record in `memory`: the one of number `sequence`, or with -1 the newest. Its numbers are in `numbers` then. */
  readFrom(memory: readonly number[], sequence: number): SlotFind {
    breathe();
    const n = this.numbers;
    const length = this.length;
    const found = zeros(length);
    const last = length - 1;
    let find = SlotFind.damaged;
    let best = -1;
    for (let slot = 0; slot < 2; slot++) {
      const place = this.place + slot * 2 * length;
      let isBlank = true;
      for (let i = 0; i < length; i++) {
        const at = place + 2 * i;
        const number = (memory[at + 1] | 0) * 4294967296 + memory[at];
        found[i] = number;
        if (number !== 0) if (number !== -1) isBlank = false;
      }
      breathe();
      const crc = found[last];
      found[last] = 0;
      const isWhole = digestOf(found) === crc;
      // The very first record may have been torn: then the other slot has never been written.
      if (isBlank) find = Math.min(find, SlotFind.blank);
      else if (found[0] !== RECORD_FORMAT) {
        // Another layout, whose CRC may lie elsewhere; or noise.
        if (wholeQuotient(found[0], 256) === RECORD_NAME) find = Math.min(find, SlotFind.otherFormat);
      } else if (isWhole) {
        let fits = found[1] > best;
        if (sequence >= 0) fits = found[1] === sequence;
        if (fits) {
          best = found[1];
          find = SlotFind.record;
          copyInto(n, found);
        }
      }
    }
    return find;
  }
}

/** Words of one cell: see {@link writeCell}. */
export const CELL_WORDS = 4;

/** Odd, so that no word changes alone without the check changing too: 2^32 over the golden ratio. */
const SPREAD = -1640531535;

/**
 * The check word of a cell. Not a CRC: a start reads hundreds of cells, and this takes a tenth of the steps. Any change of one word changes it, and
 * it is not 0 for zeros.
 */
function checkOf(number: number, low: number, high: number): number {
  let check = Math.imul(number ^ SPREAD, SPREAD);
  check = Math.imul(check ^ low, SPREAD);
  check = Math.imul(check ^ high, SPREAD);
  return (check ^ (check >>> 15)) >>> 0;
}

/**
 * Writes `value` (0 to 2^53 - 1) under `number` (0 to 2^32 - 1) into a ring of `cells` cells that begins at word `place`. Numbered values, each in
 * a cell of its own that is written once: hours, grants. The cell of number n lies at n modulo the ring's length. A torn cell is none, and the
 * record that would have spoken of it was not written either.
 */
export function writeCell(store: Store, place: number, cells: number, number: number, value: number): void {
  const high = Math.floor(value / 4294967296);
  const low = value - high * 4294967296;
  SCRATCH[0] = number;
  SCRATCH[1] = low;
  SCRATCH[2] = high >>> 0;
  SCRATCH[3] = checkOf(number, low, SCRATCH[2]);
  store.write(cellPlace(place, cells, number), SCRATCH, CELL_WORDS);
}

/** The value of `number` in such a ring; -1: its cell holds another number, or none. */
export function readCell(memory: readonly number[], place: number, cells: number, number: number): number {
  const at = cellPlace(place, cells, number);
  const low = memory[at + 1];
  const high = memory[at + 2];
  if (memory[at] !== number) return -1;
  if (memory[at + 3] !== checkOf(number, low, high)) return -1;
  return low + (high | 0) * 4294967296;
}

function cellPlace(place: number, cells: number, number: number): number {
  const ring = wholeQuotient(number, cells) * cells;
  return place + (number - ring) * CELL_WORDS;
}
