import type { I2cChip } from "../i2c/fake-i2c-bus";

/** What tells the chips apart. */
export interface FramKind {
  readonly bytes: number;
  readonly mostKHz: number;
}

/**
 * The chips that a pump file can name, and two that it cannot. Fujitsu MB85RC256V (DS501-00017), MB85RC512T (DS501-00028), MB85RC1MT (DS501-00027), Infineon
 * FM24V10 (001-84463): SCL to 1 MHz, or 3.4 MHz in a mode of their own. FM24CL64B (001-84458): 8 kB, 1 MHz.
 */
export const FRAM_KINDS = {
  FM24CL64B: { bytes: 8192, mostKHz: 1000 },
  MB85RC256V: { bytes: 32768, mostKHz: 1000 },
  MB85RC512T: { bytes: 65536, mostKHz: 1000 },
  MB85RC1MT: { bytes: 131072, mostKHz: 1000 },
} as const satisfies Record<string, FramKind>;

/**
 * An I2C FRAM. Device address 1010 and the address pins; with 128 kB the lowest bit is the 17th of the byte address. Two bytes of byte address, the higher
 * first; bits beyond the chip's size are ignored. Each byte is in its cell at its acknowledge, and the address counter goes on, over the end to 0: there are no pages,
 * and no time behind a write in which it does not answer.
 */
export class FramChip implements I2cChip {
  readonly mostKHz: number;
  readonly cells: Uint8Array;
  /** WP is high: it acknowledges, and keeps nothing. */
  isProtected = false;
  /** It does not answer, as a chip without power, or in sleep mode (MB85RC512T, FM24V10). */
  isSilent = false;
  /** Bytes that it has kept since it was made. */
  kept = 0;
  private readonly bytes: number;
  private at = 0;
  private upper = 0;
  private addressBytes = 0;
  private reads = false;

  constructor(
    kind: FramKind,
    private readonly pins = 0,
  ) {
    this.bytes = kind.bytes;
    this.mostKHz = kind.mostKHz;
    this.cells = new Uint8Array(kind.bytes);
  }

  start(address: number, reads: boolean): boolean {
    const hasTwo = this.bytes > 65536;
    const own = 0x50 + this.pins;
    if (this.isSilent || (hasTwo ? address & ~1 : address) !== own) return false;
    this.upper = hasTwo ? (address & 1) * 65536 : 0;
    this.reads = reads;
    if (reads) this.at = ((this.at % 65536) + this.upper) % this.bytes;
    else this.addressBytes = 0;
    return true;
  }

  take(byte: number): boolean {
    if (this.reads) throw new Error("a byte was written to a chip that is being read");
    if (this.addressBytes === 0) this.at = byte << 8;
    else if (this.addressBytes === 1) this.at = (this.upper + this.at + byte) % this.bytes;
    else this.keep(byte);
    this.addressBytes++;
    return true;
  }

  give(): number {
    const byte = this.cells[this.at] ?? 0;
    this.at = (this.at + 1) % this.bytes;
    return byte;
  }

  stop(): void {
    return;
  }

  /** Its content as words, the lowest byte of each first. */
  words(): number[] {
    return [...new Uint32Array(this.cells.buffer)];
  }

  private keep(byte: number): void {
    this.kept++;
    if (!this.isProtected) this.cells[this.at] = byte;
    this.at = (this.at + 1) % this.bytes;
  }
}

/** An EEPROM where an FRAM should be (24LC256: 5 ms of write cycle, in which it does not answer). */
export class EepromChip extends FramChip {
  private busyUntilUs = 0;
  private hasTaken = 0;

  constructor(private readonly nowUs: () => number) {
    super(FRAM_KINDS.MB85RC256V);
  }

  override start(address: number, reads: boolean): boolean {
    if (this.nowUs() < this.busyUntilUs) return false;
    this.hasTaken = 0;
    return super.start(address, reads);
  }

  override take(byte: number): boolean {
    this.hasTaken++;
    return super.take(byte);
  }

  override stop(): void {
    if (this.hasTaken > 2) this.busyUntilUs = this.nowUs() + 5000;
  }
}
