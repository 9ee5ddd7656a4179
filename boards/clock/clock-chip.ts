import { EventKind } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import type { Pump } from "../../src/pump";
import { MS_PER_DAY } from "../../src/units";
import { I2C_BUS } from "../i2c-bus";
import type { CoreClock, SleepObserver } from "../shell";
import { readRegisters, writeRegisters } from "./calendar-registers";

// Maxim DS3231 data sheet 19-5170: device address, and the registers behind the calendar.
const ADDRESS = 0x68;
const STATUS = 15;
const OSCILLATOR_STOPPED = 0x80;
const CONTROL = 14;
// EOSC 0: the oscillator runs on the battery, too; INTCN 1: no square wave.
const RUNS_ON_BATTERY = 0x04;

/** The chip is set when it differs from the pump's clock by at least this, in ms: it counts whole seconds. */
const SET_FROM_MS = 1000;

/** Once a day the pump's clock is put right by the chip when they differ by at least this, in ms... */
const CORRECT_FROM_MS = 2000;

/** ...and by at most this: no pair of crystals parts by a minute in a day, so one that says so is not believed. */
const BELIEVED_MS = 60000;

/**
 * A DS3231 as the pump's wall clock: it keeps the time without power, within 2 ppm. It is read at the start, where the pump takes its time unless the ledger
 * knows better, and once a day, because a board's own crystal strays by seconds in a day. It is set when somebody has set the pump's clock. A
 * chip whose oscillator has stopped, or that shows a time that cannot be, is not believed: the clock is then not known.
 */
export class ClockChip implements SleepObserver {
  /** Wall time less core time, in ms: what the chip was last known to show. */
  private offsetMs: number;
  /** When the chip is read again, in ms of core time. */
  private nextMs: number;

  constructor(
    private readonly pump: Pump,
    private readonly inbox: Inbox,
    private readonly clock: CoreClock,
  ) {
    this.offsetMs = pump.clock.offsetMs;
    this.nextMs = pump.nowMs + MS_PER_DAY;
  }

  /** Reads the chip at the start of the program, before the first wake. False: it does not answer. */
  begin(): boolean {
    const wallMs = readChip();
    if (wallMs >= 0) this.tell(wallMs, this.clock.nowMs());
    return wallMs !== NO_ANSWER;
  }

  /** The pump's clock was set: sets the chip. Once a day the chip is read instead, and what it says is an event of the next wake. */
  beforeSleep(wakeMs: number): void {
    const clock = this.pump.clock;
    if (!clock.known) return;
    const movedMs = clock.offsetMs - this.offsetMs;
    if (movedMs !== 0) {
      this.offsetMs = clock.offsetMs;
      if (Math.abs(movedMs) >= SET_FROM_MS) setChip(this.clock.nowMs() + clock.offsetMs);
    } else if (wakeMs >= this.nextMs) {
      this.nextMs = wakeMs + MS_PER_DAY;
      const wallMs = readChip();
      const strayMs = Math.abs(wallMs - this.clock.nowMs() - clock.offsetMs);
      // What is no time is far away, too.
      if (strayMs >= CORRECT_FROM_MS) if (strayMs <= BELIEVED_MS) this.tell(wallMs, wakeMs);
    }
  }

  /** The chip shows `wallMs` now: an event at `atMs`. */
  private tell(wallMs: number, atMs: number): void {
    const offsetMs = wallMs - this.clock.nowMs();
    this.offsetMs = offsetMs;
    this.inbox.add(EventKind.setClock, atMs, 0, offsetMs + atMs, 1);
  }
}

/** What {@link readChip} says of a time that cannot be, or was lost. */
const NOT_KNOWN = -1;
/** And of a chip that does not answer. */
const NO_ANSWER = -2;

/** The time that the chip shows, in ms since 2000-01-01. */
function readChip(): number {
  const from = Buffer.alloc(1);
  const registers = Buffer.alloc(STATUS + 1);
  if (I2C_BUS._i2cTransaction(ADDRESS, from, registers) !== 0) return NO_ANSWER;
  if ((registers.getAt(STATUS, "u8") & OSCILLATOR_STOPPED) !== 0) return NOT_KNOWN;
  return readRegisters(registers);
}

/** Sets the chip to the second that is nearest; the mark that the time was lost goes behind it, in a write of its own. */
function setChip(wallMs: number): void {
  const time = Buffer.alloc(8);
  if (!writeRegisters(time, 1, wallMs)) return;
  if (I2C_BUS._i2cTransaction(ADDRESS, time, null) !== 0) return;
  const control = Buffer.alloc(3);
  control.setAt(0, "u8", CONTROL);
  control.setAt(1, "u8", RUNS_ON_BATTERY);
  I2C_BUS._i2cTransaction(ADDRESS, control, null);
}
