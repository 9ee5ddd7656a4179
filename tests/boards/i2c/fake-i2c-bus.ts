import type { FakeBoard, FakeI2c } from "../fake-devicescript";

/** A chip on the bus, byte by byte as its data sheet describes it. */
export interface I2cChip {
  /** Highest clock that it allows, in kHz. */
  readonly mostKHz: number;
  /** A start condition with `address` and the direction. True: it acknowledges. */
  start(address: number, reads: boolean): boolean;
  /** One byte is written. True: it acknowledges. */
  take(byte: number): boolean;
  /** One byte is read. */
  give(): number;
  /** A stop condition. */
  stop(): void;
}

/** One transaction as it went over the wire. */
export interface BusRecord {
  /** Transactions with the same number were made in one go, without a pause of their fiber. */
  readonly slice: number;
  readonly address: number;
  readonly written: number[];
  readonly read: number;
  readonly tookUs: number;
  readonly result: number;
}

/** The power failed in the middle of a transaction. */
export class PowerCut extends Error {}

/**
 * An I2C bus with the board as its only master: 9 clocks a byte, one each for start and stop (NXP UM10204, figure 9), and the board waits for it. It fails a
 * test whose board clocks faster than one of its chips allows.
 */
export class FakeI2cBus implements FakeI2c {
  readonly records: BusRecord[] = [];
  /** The power fails when so many bytes more have been written, addresses of chips not counted. */
  bytesToCut = Infinity;
  /** Spoils a byte on its way to a chip; it counts all that were written. */
  onTheWay: (byte: number, count: number) => number = (byte) => byte;
  private written = 0;

  constructor(
    private readonly board: FakeBoard,
    readonly chips: I2cChip[],
    private readonly kHz = 400,
  ) {
    for (const { mostKHz } of chips) if (kHz > mostKHz) throw new Error(`${kHz} kHz is too fast for a chip`);
    board.i2c = this;
  }

  transaction(address: number, out: Uint8Array | null, into: Uint8Array | null): number {
    if (address <= 0 || address > 0x7f) throw new TypeError(`invalid I2C address: ${address}`);
    const clocks = 2 + 9 * (1 + (out?.length ?? 0)) + (into === null ? 0 : 1 + 9 * (1 + into.length));
    const tookUs = (clocks * 1000) / this.kHz;
    const result = this.carryOut(address, out ?? new Uint8Array(), into);
    this.board.nowUs += tookUs;
    this.records.push({
      slice: this.board.slices,
      address,
      written: [...(out ?? [])],
      read: into?.length ?? 0,
      tookUs,
      result,
    });
    return result;
  }

  /** The longest time that the bus was busy without a pause, in µs. */
  longestSliceUs(): number {
    const slices = new Map<number, number>();
    for (const { slice, tookUs } of this.records) slices.set(slice, (slices.get(slice) ?? 0) + tookUs);
    return Math.max(0, ...slices.values());
  }

  private carryOut(address: number, out: Uint8Array, into: Uint8Array | null): number {
    const chip = this.chips.find((one) => one.start(address, false));
    if (chip === undefined) return -1;
    for (const byte of out) {
      if (this.bytesToCut === 0) throw new PowerCut();
      this.bytesToCut--;
      this.written++;
      if (chip.take(this.onTheWay(byte, this.written))) continue;
      chip.stop();
      return -1;
    }
    if (into !== null) {
      if (!chip.start(address, true)) {
        chip.stop();
        return -2;
      }
      for (let i = 0; i < into.length; i++) into[i] = chip.give();
    }
    chip.stop();
    return 0;
  }
}
