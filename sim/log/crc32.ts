const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/**
 * CRC-32 (IEEE 802.3, reflected) over instants, each taken as eight bytes, lowest first. Kept running, since a line of strokes may
 * cover tens of thousands.
 */
export class InstantsCrc32 {
  private state = 0xffffffff;

  /** Adds one instant in ms, 0 to 2^53 - 1. */
  add(atMs: number): void {
    const low = atMs >>> 0;
    const high = Math.floor(atMs / 0x100000000);
    this.state = this.addWord(this.addWord(this.state, low), high);
  }

  /** The CRC over all instants so far, as an unsigned number. */
  value(): number {
    return (this.state ^ 0xffffffff) >>> 0;
  }

  /** Starts again with none. */
  reset(): void {
    this.state = 0xffffffff;
  }

  private addWord(state: number, word: number): number {
    let crc = state;
    for (let shift = 0; shift < 32; shift += 8) {
      crc = (crc >>> 8) ^ (TABLE[(crc ^ (word >>> shift)) & 0xff] ?? 0);
    }
    return crc;
  }
}
