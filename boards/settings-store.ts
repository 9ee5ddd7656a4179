import * as ds from "@devicescript/core";
import type { PumpConfig } from "../src/config";
import { STORE_WRITE_MS } from "../src/motion/stroke-time";
import { digestOf } from "../src/prescription/digest";
import type { Pump } from "../src/pump";
import { configDigest } from "../src/record/recover";
import { StateRecord } from "../src/record/state-record";
import type { Store } from "../src/record/store";
import { isWhole, NEVER_MS } from "../src/units";
import type { CoreClock } from "./shell";
import { wakeUp } from "./waiter";
import type { Waiter } from "./waiter";

/** Name of the setting; the runtime takes 13 characters at most. */
export const SETTING_KEY = "minim";

/**
 * Most bytes of key, a zero and value together. The runtime writes a longer setting and panics when it is read: a board that reads one at its
 * start never comes up again.
 */
export const MOST_SETTING_BYTES = 232;

/** Shortest time from one write to the next, in ms: flash wears, and every write is a moment in which a power cut loses the program. */
export const SETTING_EVERY_MS = 600000;

/** No stroke may fall due within this time of a write, in ms: the runtime stands still while it erases a page of flash. */
export const SETTING_REST_MS = 500;

/** How long the settings may take to answer at the start, in ms. */
const ANSWER_MS = 2000;

// Digest of the configuration, core time, strokes, starts, CRC: f64 each.
const NUMBERS = 5;
const GET_COMMAND = 0x80;

/** Writes a setting; refuses (false, and nothing is written) one that the runtime could not read again. */
export async function writeSetting(settings: ds.Settings, key: string, value: Buffer): Promise<boolean> {
  if (key.length > 13) return false;
  if (key.length + 1 + value.length > MOST_SETTING_BYTES) return false;
  await settings.set(key, value);
  return true;
}

/**
 * The store of a board without FRAM, for dry run and teaching. It keeps no ledger and no journal: every start is that of a blank pump, without
 * prescription, with an empty reservoir and nothing reserved, so nothing moves before a person has filled it and confirmed a prescription
 * anew. That is all that settings flash can promise: a write that is torn by a power cut makes the runtime format its flash, settings and
 * program with it, or, where only its length is torn and the directory is full, ends at the next write. Lockouts, limits and what is in
 * the line do not outlast a restart either, so no therapy may rest on it.
 *
 * One setting of 40 bytes keeps what is of use all the same: core time, total strokes and starts as of the last write. It is written after a
 * commit while the motor is at rest, at most once in 10 min. A commit is reported as an FRAM's would be, and means nothing.
 */
export class SettingsStore implements Store, Waiter {
  readonly capacityWords = 0;
  doneMs = NEVER_MS;
  doneSequence = 0;
  readonly waiting = 0;

  private readonly settings = new ds.Settings();
  private readonly numbers = [0, 0, 0, 0, 0];
  private writtenSequence = 0;
  waiter: ds.Fiber = null;

  /** Reads the setting. Returns the record that a pump begins with: a blank one, unless its setting is there, whole and of this configuration, whatever the program was. */
  async restore(config: PumpConfig): Promise<StateRecord> {
    const record = new StateRecord();
    const n = this.numbers;
    const digest = configDigest(config);
    this.listen();
    this.ask.start();
    this.waiter = ds.Fiber.self();
    await ds.suspend(ANSWER_MS);
    this.waiter = null;
    const crc = n[4];
    n[4] = 0;
    if (n[0] >>> 0 !== digest >>> 0 || digestOf(n) !== crc) return record;
    // The digest does not see fractions.
    for (let i = 1; i < NUMBERS - 1; i++) if (!isWhole(n[i], 0, NEVER_MS - 1)) return record;
    record.coreMs = n[1];
    record.totalStrokes = n[2];
    record.boots = n[3];
    return record;
  }

  write(): void {
    return;
  }

  commit(sequence: number, nowMs: number): void {
    this.doneSequence = sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
    wakeUp(this);
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }

  /** Keeps the setting of `pump` for good; start it in a fiber of its own. */
  async run(pump: Pump, clock: CoreClock): Promise<void> {
    const n = this.numbers;
    while (this.settings) {
      if (this.doneSequence === this.writtenSequence) {
        this.waiter = ds.Fiber.self();
        await ds.suspend();
        this.waiter = null;
      } else if (pump.delivery.outstanding.strokes !== 0 || pump.nextDeadlineMs() - clock.nowMs() < SETTING_REST_MS)
        await ds.sleep(SETTING_REST_MS / 5);
      else {
        this.writtenSequence = this.doneSequence;
        n[0] = pump.record.configDigest;
        n[1] = pump.nowMs;
        n[2] = pump.delivery.totalStrokes;
        n[3] = pump.record.boots;
        n[4] = 0;
        n[4] = digestOf(n);
        const value = Buffer.alloc(8 * NUMBERS);
        for (let i = 0; i < NUMBERS; i++) value.setAt(8 * i, "f64", n[i]);
        await writeSetting(this.settings, SETTING_KEY, value);
        await ds.sleep(SETTING_EVERY_MS);
      }
    }
  }

  private async ask(): Promise<void> {
    await this.settings.get(SETTING_KEY);
  }

  /** Takes the place of the library's own receiver, as in `PatientButton`: there is one reader and one report. */
  private listen(): void {
    const self = this;
    async function receive(packet: ds.Packet): Promise<void> {
      // None comes when the settings are found, their announcements for ever after, and our own question before its answer.
      if (!packet) return;
      if (packet.serviceCommand !== GET_COMMAND || !packet.isReport) return;
      const payload = packet.payload;
      const n = self.numbers;
      const place = SETTING_KEY.length + 1;
      if (payload.length === place + 8 * NUMBERS)
        for (let i = 0; i < NUMBERS; i++) n[i] = payload.getAt(place + 8 * i, "f64");
      wakeUp(self);
    }
    this.settings._onPacket = receive;
  }
}
