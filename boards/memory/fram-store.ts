import * as ds from "@devicescript/core";
import type { PumpConfig } from "../../src/config";
import type { Pump } from "../../src/pump";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { StateRecord } from "../../src/record/state-record";
import type { Store } from "../../src/record/store";
import { NEVER_MS, zeros } from "../../src/units";
import { I2C_BUS } from "../i2c-bus";
import type { MemoryReader } from "../service/log-source";
import type { CoreClock, Shell } from "../shell";
import { wakeUp } from "../waiter";
import type { Waiter } from "../waiter";
import type { BoardMemory } from "./board-memory";

/** Most words in one write: 130 bytes on the wire, 3 ms at 400 kHz, and as much to read them back. */
const WRITE_WORDS = 32;

/** Most words in one read: 6 ms at 400 kHz. */
const READ_WORDS = 64;

/** From here on chips of 128 kB take the address' 17th bit in the device address (MB85RC1MT: "Device Addressing"; FM24V10: page select bit). */
const UPPER_HALF_WORDS = 16384;

/** A chip that refused or changed a write is asked again after this, in ms, then after four times as long, and so on. */
const FIRST_RETRY_MS = 2;

/** At the longest after this, in ms. */
const LAST_RETRY_MS = 1000;

/** Most bytes that may wait for a chip that does not answer: a first record behind seven days takes 9,660; and the heap's room. */
export const MOST_WAITING_BYTES = 10240;

/** How much one waiting write takes in the heap besides its bytes. */
const WRITE_OVERHEAD = 24;

/**
 * An I2C FRAM as the pump's memory: Fujitsu MB85RC256V, MB85RC512T, MB85RC1MT, Infineon FM24W256, FM24V05, FM24V10 and their kin, which take a byte
 * address of two bytes, the higher first, and write with no delay as the bytes come in (MB85RC256V data sheet DS501-00017, "Byte Write" and "Page
 * Write"). Words lie in it with the lowest byte first. The last word is the store's own: {@link open} writes it at each start.
 *
 * Writes wait in order and are made by a fiber, so that no wake of the pump waits for the bus; each is read back. One that fails is made again
 * until it holds, and none after it is begun before: what is in the memory is always a beginning of what was written. A chip that stays
 * silent is told by the missing report of a commit. When more waits than there is room for, the store takes nothing any more until the next
 * start.
 */
export class FramStore implements Store, MemoryReader, BoardMemory, Waiter {
  readonly store = this;
  readonly reader = this;
  words: number[] = [];
  restored = new StateRecord();
  readonly capacityWords: number;
  waiting = 0;
  doneMs = NEVER_MS;
  doneSequence = 0;
  /** Both are there before anything is committed. */
  declare clock: CoreClock;
  declare shell: Shell;
  /** What waits: the byte address and the bytes, and the device address of each. */
  private readonly queue: Buffer[] = [];
  private readonly devices: number[] = [];
  private waitingBytes = 0;
  /** So many writes more, and the commit is durable; 0: none is asked for. */
  private uncommitted = 0;
  private isFull = false;
  waiter: ds.Fiber = null;

  /** `address`: the chip's device address, 7 bits, as its pins set it; `bytes`: its size. */
  constructor(
    /** That of word n is this + (n >>> 14). */
    private readonly address: number,
    bytes: number,
  ) {
    this.capacityWords = bytes / 4 - 1;
  }

  async open(_config: PumpConfig): Promise<boolean> {
    if (!this.isThere()) return false;
    this.words = zeros(LEDGER_WORDS);
    if (await this.read(0, LEDGER_WORDS, this.words)) return true;
    this.words = [];
    return false;
  }

  begin(_pump: Pump, clock: CoreClock, shell: Shell): void {
    this.clock = clock;
    this.shell = shell;
    this.run.start();
  }

  /**
   * True when the chip answers, keeps what is written to it, and has the size that it should have: a smaller one takes the last address for its
   * own last one.
   */
  isThere(): boolean {
    const last = this.capacityWords;
    const word = [0];
    if (!this.readPart(last, 1, word, 0)) return false;
    // A mark that no word holds, but for one start in 2^30; what else shows it now is the last word by another address.
    const mark = (Math.random() * 4294967296) >>> 0;
    const out = framedWrite(last, 1);
    out.setAt(2, "u32", mark);
    if (!writePart(this.address + (last >>> 14), out)) return false;
    for (let words = 2048; words <= last; words = 2 * words) {
      if (!this.readPart(words - 1, 1, word, 0)) return false;
      if (word[0] === mark) return false;
    }
    return true;
  }

  write(place: number, words: readonly number[], count: number): void {
    let done = 0;
    if (this.isFull) return;
    while (done < count) {
      const at = place + done;
      const part = partOf(at, count - done, WRITE_WORDS);
      this.waiting++;
      this.waitingBytes += 4 * part + WRITE_OVERHEAD;
      if (this.waitingBytes > MOST_WAITING_BYTES) {
        // It counts as waiting for good: nobody may take what is lost for durable.
        this.isFull = true;
        return;
      }
      const out = framedWrite(at, part);
      let byte = 2;
      for (let i = done; i < done + part; i++) {
        out.setAt(byte, "u32", words[i]);
        byte += 4;
      }
      this.queue.push(out);
      this.devices.push(this.address + (at >>> 14));
      done += part;
    }
    wakeUp(this);
  }

  commit(sequence: number, nowMs: number): void {
    if (this.isFull) return;
    this.doneSequence = sequence;
    this.doneMs = NEVER_MS;
    this.uncommitted = this.waiting;
    if (this.uncommitted === 0) this.doneMs = nowMs;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }

  /** Makes what waits, for good, in a fiber of its own. One write is one slice of the runtime. */
  async run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    const queue = this.queue;
    while (retryMs > 0) {
      if (queue.length === 0) {
        this.waiter = ds.Fiber.self();
        await ds.suspend();
        this.waiter = null;
      } else if (writePart(this.devices[0], queue[0])) {
        this.waitingBytes -= queue[0].length - 2 + WRITE_OVERHEAD;
        queue.insert(0, -1);
        this.devices.insert(0, -1);
        this.waiting--;
        retryMs = FIRST_RETRY_MS;
        if (this.uncommitted !== 0) {
          this.uncommitted--;
          if (this.uncommitted === 0) {
            this.doneMs = this.clock.nowMs();
            this.shell.wake();
          }
        }
        await ds.sleep(0);
      } else {
        await ds.sleep(retryMs);
        retryMs = Math.min(4 * retryMs, LAST_RETRY_MS);
      }
    }
  }

  /** Waits until all that was written is in the memory, then reads. */
  async read(place: number, count: number, words: number[]): Promise<boolean> {
    for (let i = 0; this.waiting !== 0; i++) {
      if (i === 50) return false;
      await ds.sleep(10);
    }
    let done = 0;
    while (done < count) {
      const part = partOf(place + done, count - done, READ_WORDS);
      if (!this.readPart(place + done, part, words, done)) return false;
      done += part;
      await ds.sleep(0);
    }
    return true;
  }

  /** Reads words into `words` from `at` on; a chip that does not answer is asked three times. */
  private readPart(place: number, count: number, words: number[], at: number): boolean {
    const out = framedWrite(place, 0);
    const into = Buffer.alloc(4 * count);
    const device = this.address + (place >>> 14);
    for (let attempt = 0; attempt < 3; attempt++)
      if (I2C_BUS._i2cTransaction(device, out, into) === 0) {
        for (let i = 0; i < count; i++) words[at + i] = into.getAt(4 * i, "u32");
        return true;
      }
    return false;
  }
}

/** Words of one transaction: `most` at most, and not across the middle of a chip of 128 kB, where its device address changes. */
function partOf(place: number, count: number, most: number): number {
  return Math.min(Math.min(count, most), UPPER_HALF_WORDS - (place & (UPPER_HALF_WORDS - 1)));
}

/** What goes over the wire for `count` words at word `place`: the byte address, and room for the words. */
function framedWrite(place: number, count: number): Buffer {
  const out = Buffer.alloc(2 + 4 * count);
  out.setAt(0, "u8", (place >>> 6) & 255);
  out.setAt(1, "u8", (place << 2) & 255);
  return out;
}

/** Makes one write and reads it back. */
function writePart(device: number, out: Buffer): boolean {
  if (I2C_BUS._i2cTransaction(device, out, null) !== 0) return false;
  const length = out.length - 2;
  const into = Buffer.alloc(length);
  const address = Buffer.alloc(2);
  address.blitAt(0, out, 0, 2);
  if (I2C_BUS._i2cTransaction(device, address, into) !== 0) return false;
  for (let i = 0; i < length; i += 4) if (into.getAt(i, "u32") !== out.getAt(i + 2, "u32")) return false;
  return true;
}
