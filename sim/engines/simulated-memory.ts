/** Bytes of an I2C FRAM such as the MB85RC256V: 32 kB. */
export const FRAM_BYTES = 32768;

const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** Where a power cut tears a write. */
export interface Tear {
  /** Which one: 1 is the next write after this was set. */
  readonly write: number;
  /** How many of its bytes are put, from the first on; 0: the cut comes before it; as many as it has, or more: after it. */
  readonly bytes: number;
}

/**
 * The memory of a simulated pump: it outlives the program. 32-bit words at word addresses, low byte first. Blank it is all zeros. It
 * can be told to lose power in the middle of a write, and is dead then until `powerOn`: what is written to it goes nowhere.
 */
export class SimulatedMemory {
  /** Whole writes so far. */
  writes = 0;
  /** Bytes that they had. */
  bytesWritten = 0;
  /** A tear has come, and power has not come back since. */
  isDead = false;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private writesToTear = 0;
  private bytesOfTear = 0;

  /** `capacityBytes`: a multiple of 4, at least what the ledger takes. */
  constructor(capacityBytes = FRAM_BYTES) {
    this.bytes = new Uint8Array(capacityBytes);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Words that it has. */
  get capacityWords(): number {
    return this.bytes.length / WORD_BYTES;
  }

  /** Nothing but zeros is in it. */
  get isBlank(): boolean {
    return !this.bytes.some((byte) => byte !== 0);
  }

  /** Lets the power fail at a write that is to come; `undefined`: at none. */
  set tear(tear: Tear | undefined) {
    this.writesToTear = tear?.write ?? 0;
    this.bytesOfTear = tear?.bytes ?? 0;
  }

  /**
   * Writes the first `count` of `words` from word `place` on. Returns false when the power fails in it, or has failed. Throws RangeError
   * for words that the memory does not have.
   */
  write(place: number, words: readonly number[], count = words.length): boolean {
    if (this.isDead) return false;
    const first = place * WORD_BYTES;
    const length = count * WORD_BYTES;
    if (place < 0 || first + length > this.bytes.length)
      throw new RangeError(`words ${place} to ${place + count - 1} are not in a memory of ${this.capacityWords} words`);
    const isTorn = this.writesToTear === 1;
    if (this.writesToTear !== 0) this.writesToTear--;
    const kept = isTorn ? Math.min(this.bytesOfTear, length) : length;
    const old = isTorn ? this.bytes.slice(first + kept, first + length) : undefined;
    for (let i = 0; i < count; i++) this.view.setUint32(first + i * WORD_BYTES, words[i] ?? 0, true);
    if (old === undefined) {
      this.writes++;
      this.bytesWritten += length;
      return true;
    }
    this.bytes.set(old, first + kept);
    this.isDead = true;
    return false;
  }

  /** Power is back. */
  powerOn(): void {
    this.isDead = false;
  }

  /** The `count` words from word `from` on. */
  words(from: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.view.getUint32((from + i) * WORD_BYTES, true));
  }

  /** What a program reads at its start: the first `count` words; nothing while the memory is blank. */
  image(count: number): number[] {
    return this.isBlank ? [] : this.words(0, count);
  }

  /** Makes it blank. */
  erase(): void {
    this.bytes.fill(0);
  }

  /** A copy of all its bytes. */
  contents(): Uint8Array {
    return this.bytes.slice();
  }

  /** Puts `bytes` into it, from its first byte on. Throws RangeError for more than it has. */
  load(bytes: Uint8Array): void {
    this.bytes.set(bytes);
  }
}
