import type { I2cChip } from "../i2c/fake-i2c-bus";

const ADDRESS = 0x68;
const REGISTERS = 0x13;
const CONTROL = 0x0e;
const STATUS = 0x0f;
const MS_PER_DAY = 86400000;
const START = Date.UTC(2000, 0, 1);

/**
 * A Maxim DS3231 (19-5170): registers 00h to 12h, whose pointer goes over the end to 0; the calendar in BCD, hours of 12 or 24 by bit 6 of 02h, a century bit, and OSF in
 * 0Fh, set whenever the oscillator has stood still and cleared only by writing 0 to it. The calendar is copied at a start condition, so that a reading is of one
 * instant; writing the seconds begins a new second. Fast mode, 400 kHz at most; below it no lower bound.
 */
export class Ds3231Chip implements I2cChip {
  readonly mostKHz = 400;
  isSilent = false;
  /** Registers behind the calendar. */
  readonly others = new Uint8Array(REGISTERS);
  /** Bit 6 of the hours: it shows hours of 12. */
  shows12h = false;
  private pointer = 0;
  private hasPointer = false;
  private latch: Uint8Array = new Uint8Array(7);
  private isCalendarWritten = false;
  /** Wall time less time of the board, in ms. */
  private offsetMs = 0;
  private stoppedAtMs: number | undefined;

  /** `nowMs`: time of the board; `wallMs`: what it shows now, in ms since 2000; undefined: it was never set, and OSF is on. */
  constructor(
    private readonly nowMs: () => number,
    wallMs?: number,
  ) {
    this.others[CONTROL] = 0x1c;
    this.others[STATUS] = wallMs === undefined ? 0x88 : 0x08;
    this.offsetMs = (wallMs ?? 0) - nowMs();
  }

  /** What it shows, in ms since 2000. */
  get wallMs(): number {
    return (this.stoppedAtMs ?? this.nowMs()) + this.offsetMs;
  }

  /** It shows another time from now on. */
  show(wallMs: number): void {
    this.offsetMs = wallMs - this.nowMs();
  }

  /** Its oscillator stands still for `ms`, as with an empty battery. */
  lose(): void {
    this.others[STATUS] = (this.others[STATUS] ?? 0) | 0x80;
    this.show(0);
  }

  start(address: number): boolean {
    if (this.isSilent || address !== ADDRESS) return false;
    this.hasPointer = false;
    this.latch = this.calendar();
    return true;
  }

  take(byte: number): boolean {
    if (!this.hasPointer) {
      this.hasPointer = true;
      this.pointer = byte % REGISTERS;
      return true;
    }
    if (this.pointer < 7) {
      this.latch[this.pointer] = byte;
      this.isCalendarWritten = true;
    } else if (this.pointer === STATUS)
      // OSF can only be cleared.
      this.others[STATUS] = (byte & ~0x80) | (byte & (this.others[STATUS] ?? 0) & 0x80);
    else this.others[this.pointer] = byte;
    this.pointer = (this.pointer + 1) % REGISTERS;
    return true;
  }

  give(): number {
    const byte = (this.pointer < 7 ? this.latch[this.pointer] : this.others[this.pointer]) ?? 0;
    this.pointer = (this.pointer + 1) % REGISTERS;
    return byte;
  }

  stop(): void {
    if (this.isCalendarWritten) this.show(this.decoded());
    this.isCalendarWritten = false;
  }

  private calendar(): Uint8Array {
    const date = new Date(START + Math.floor(this.wallMs / 1000) * 1000);
    const hours = date.getUTCHours();
    return Uint8Array.of(
      bcd(date.getUTCSeconds()),
      bcd(date.getUTCMinutes()),
      this.shows12h ? 0x40 | (hours >= 12 ? 0x20 : 0) | bcd(hours % 12 === 0 ? 12 : hours % 12) : bcd(hours),
      date.getUTCDay() + 1,
      bcd(date.getUTCDate()),
      bcd(date.getUTCMonth() + 1) | (date.getUTCFullYear() >= 2100 ? 0x80 : 0),
      bcd(date.getUTCFullYear() % 100),
    );
  }

  private decoded(): number {
    const [second = 0, minute = 0, hour = 0, , day = 0, month = 0, year = 0] = this.latch;
    if ((hour & 0x40) !== 0) throw new Error("set in hours of 12");
    const century = (month & 0x80) === 0 ? 2000 : 2100;
    const [d, m, y] = [fromBcd(day), fromBcd(month & 0x1f) - 1, century + fromBcd(year)];
    const days = (Date.UTC(y, m, d) - START) / MS_PER_DAY;
    if (new Date(Date.UTC(y, m, d)).getUTCMonth() !== m) throw new Error("set to a day that no month has");
    return days * MS_PER_DAY + ((fromBcd(hour) * 60 + fromBcd(minute)) * 60 + fromBcd(second)) * 1000;
  }
}

function bcd(number: number): number {
  return Math.floor(number / 10) * 16 + (number % 10);
}

function fromBcd(byte: number): number {
  if ((byte & 15) > 9 || byte >> 4 > 9) throw new Error(`no BCD: ${byte}`);
  return (byte >> 4) * 10 + (byte & 15);
}
