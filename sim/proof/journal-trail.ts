import { ENTRY_WORDS } from "../../src/record/event-log";
import { EVENT_COUNT_PLACE, FAULT_COUNT_PLACE, LEDGER_WORDS } from "../../src/record/memory-map";
import { CELL_WORDS, readCell } from "../../src/record/two-slot-record";

const WORD_BYTES = 4;

const ENTRY_BYTES = ENTRY_WORDS * WORD_BYTES;

/** One word in so many is an entry of the ring of faults. */
const WORDS_PER_FAULT = 8;

const FIRST_ENTRY_BYTE = LEDGER_WORDS * WORD_BYTES;

/** The two rings of a journal in a memory: where their entries begin, how many there is room for, and how many were ever taken. */
interface Ring {
  readonly firstByte: number;
  readonly room: number;
  readonly taken: number;
}

function ringsIn(memory: Uint8Array): Ring[] {
  const words = memory.length / WORD_BYTES;
  const faults = Math.floor(words / WORDS_PER_FAULT);
  const eventByte = FIRST_ENTRY_BYTE + faults * ENTRY_BYTES;
  return [
    { firstByte: FIRST_ENTRY_BYTE, room: faults, taken: takenAt(memory, FAULT_COUNT_PLACE) },
    {
      firstByte: eventByte,
      room: Math.floor((memory.length - eventByte) / ENTRY_BYTES),
      taken: takenAt(memory, EVENT_COUNT_PLACE),
    },
  ];
}

/** The higher count of the two cells at `place` that are whole. */
function takenAt(memory: Uint8Array, place: number): number {
  const view = new DataView(memory.buffer, memory.byteOffset);
  const words = Array.from({ length: 2 * CELL_WORDS }, (_, i) => view.getUint32((place + i) * WORD_BYTES, true));
  const counts = [words[0] ?? 0, words[CELL_WORDS] ?? 0];
  return Math.max(0, ...counts.filter((count) => readCell(words, 0, 2, count) >= 0));
}

/** What the journal in a memory held at one time; later nothing of it may be lost but what newer entries have overwritten. */
export class JournalTrail {
  private readonly rings: readonly Ring[];

  /** `memory`: a copy of its own. */
  constructor(private readonly memory: Uint8Array) {
    this.rings = ringsIn(memory);
  }

  /** Entries that it has taken, faults first. */
  get taken(): readonly number[] {
    return this.rings.map((ring) => ring.taken);
  }

  /** What the same memory has lost since; `undefined`: nothing. */
  lostIn(later: Uint8Array): string | undefined {
    const now = ringsIn(later);
    for (const [index, { firstByte, room, taken }] of this.rings.entries()) {
      const takenNow = now[index]?.taken ?? 0;
      if (takenNow < taken) return `the journal has ${takenNow} entries and had ${taken}`;
      for (let entry = Math.max(0, takenNow - room); entry < taken; entry++) {
        const byte = firstByte + (entry % room) * ENTRY_BYTES;
        for (let i = byte; i < byte + ENTRY_BYTES; i++)
          if (this.memory[i] !== later[i]) return `entry ${entry} of the journal has changed`;
      }
    }
    return undefined;
  }
}
