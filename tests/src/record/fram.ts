import { STORE_WRITE_MS } from "../../../src/motion/stroke-time";
import type { Store } from "../../../src/record/store";
import { NEVER_MS } from "../../../src/units";

interface Write {
  readonly place: number;
  readonly words: readonly number[];
}

/** A memory of 32 kB in words. */
export const FRAM_WORDS = 8192;

/**
 * A memory that keeps its store's contract to the letter: what was written and not yet reported as durable may be there up to any byte, in
 * order; all else stays.
 */
export class Fram implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;
  readonly capacityWords: number;
  /** What is durable. */
  private readonly durable: number[];
  /** Writes that no report has covered yet, in order. */
  private pending: Write[] = [];
  private committed = 0;

  /** Bytes written since it was made. */
  bytes = 0;
  /** Commits since it was made. */
  commits = 0;

  constructor(
    image: readonly number[] = new Array<number>(FRAM_WORDS).fill(0),
    private readonly takesMs = STORE_WRITE_MS,
  ) {
    this.durable = [...image];
    this.capacityWords = image.length;
  }

  write(place: number, words: readonly number[], count: number): void {
    const taken = words.slice(0, count);
    if (place < 0 || place + count > this.capacityWords) throw new Error(`a write outside the memory at ${place}`);
    for (const word of taken) if (word !== word >>> 0) throw new Error(`no word: ${word}`);
    this.pending.push({ place, words: taken });
    this.bytes += 4 * count;
  }

  commit(sequence: number, nowMs: number): void {
    this.committed = this.pending.length;
    this.commits++;
    this.doneSequence = sequence;
    this.doneMs = nowMs + this.takesMs;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
    apply(this.durable, this.pending.splice(0, this.committed), Infinity);
    this.committed = 0;
  }

  /** Writes that are on their way. */
  get waiting(): number {
    return this.pending.length;
  }

  /** Bytes that are on their way. */
  get pendingBytes(): number {
    return this.pending.reduce((sum, { words }) => sum + 4 * words.length, 0);
  }

  /** Where the writes on their way end, in bytes from the first; with 0. */
  get pendingEnds(): number[] {
    let end = 0;
    return [0, ...this.pending.map(({ words }) => (end += 4 * words.length))];
  }

  /** What the memory holds when the power fails after so many bytes of what is on its way. */
  imageAfter(bytes: number): number[] {
    const image = [...this.durable];
    apply(image, this.pending, bytes);
    return image;
  }
}

/** Writes the first `bytes` bytes, the lowest of each word first. */
function apply(image: number[], writes: readonly Write[], bytes: number): void {
  let left = bytes;
  for (const { place, words } of writes)
    for (const [index, word] of words.entries()) {
      if (left <= 0) return;
      const mask = left >= 4 ? 0xffffffff : 2 ** (8 * left) - 1;
      const before = image[place + index] ?? 0;
      image[place + index] = ((before & ~mask) | (word & mask)) >>> 0;
      left -= 4;
    }
}

/** The image with one bit flipped; `bit` counts from the lowest of the first word. */
export function withFlippedBit(image: readonly number[], bit: number): number[] {
  const flipped = [...image];
  const word = Math.floor(bit / 32);
  flipped[word] = ((flipped[word] ?? 0) ^ (1 << (bit % 32))) >>> 0;
  return flipped;
}
