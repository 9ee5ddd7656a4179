import { breathe } from "../breath";
import type { Journal } from "../record/journal";
import type { PacketBytes } from "./packet-bytes";

/** A packed entry is not longer than this: code, and four numbers of a head byte and seven bytes. */
const MOST_ENTRY_BYTES = 33;

/** Most entries that are packed in one go: a board takes half a millisecond for each. */
const ENTRIES_IN_ANSWER = 14;

/**
 * Packs journal entries into a packet. Of each: its code, then four numbers; a number is a head byte and its magnitude, lowest byte first.
 * The head says how many bytes follow, and 8 more says that the number is -1 - magnitude.
 */
export class EntryPacker implements Journal {
  /** Where the next entry goes. */
  place = 0;
  /** Entries to be left out before the first. */
  skips = 0;
  /** Entries since the packing began, or a new part of it: left out or packed. */
  count = 0;
  /** Those that were packed. */
  packed = 0;
  /** Where the room ends. */
  end = 0;

  constructor(private readonly bytes: PacketBytes) {}

  write(code: number, _atMs: number, a: number, b: number, c: number, d: number): void {
    const number = this.count;
    if (number < this.skips) this.count = number + 1;
    else if (!isFull(this)) {
      this.count = number + 1;
      this.packed++;
      const bytes = this.bytes;
      let at = this.place;
      bytes.setAt(at, "u8", code);
      at++;
      for (let which = 0; which < 4; which++) {
        let value = a;
        if (which === 1) value = b;
        else if (which === 2) value = c;
        else if (which === 3) value = d;
        let head = 0;
        if (value < 0) {
          head = 8;
          value = -1 - value;
        }
        const headAt = at;
        at++;
        while (value !== 0) {
          const rest = Math.floor(value / 256);
          bytes.setAt(at, "u8", value - rest * 256);
          value = rest;
          at++;
        }
        bytes.setAt(headAt, "u8", head + at - headAt - 1);
      }
      this.place = at;
      if ((this.packed & 3) === 0) breathe();
    }
  }
}

/** `packer` packs into the bytes from `place` to `end` from now on, leaving out the first `skips` entries. */
export function beginPacking(packer: EntryPacker, place: number, end: number, skips: number): void {
  packer.place = place;
  packer.end = end;
  packer.skips = skips;
  packer.packed = 0;
  packer.count = 0;
}

/** There is no room for another entry. */
export function isFull(packer: EntryPacker): boolean {
  if (packer.packed >= ENTRIES_IN_ANSWER) return true;
  return packer.place + MOST_ENTRY_BYTES > packer.end;
}
