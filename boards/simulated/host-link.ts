import * as ds from "@devicescript/core";
import { readConfig } from "../../src/config";
import type { PumpConfig } from "../../src/config";
import type { Inbox } from "../../src/inbox";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { recordNames, StateRecord } from "../../src/record/state-record";
import {
  HostCode,
  HostPacket,
  PROTOCOL_VERSION,
  RECORD_BYTES,
  RECORD_TIME,
  TOPIC,
  WRITE_BYTES,
} from "../../src/simulation/host-protocol";
import type { Annunciator } from "../../src/safety/annunciator";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { NEVER_MS, zeros } from "../../src/units";
import type { MemoryReader } from "../service/log-source";
import { HOST_SERVICE_INDEX, mountReceiver } from "../service/server-packets";
import type { PacketReceiver } from "../service/server-packets";
import type { Shell, SleepObserver } from "../shell";
import { wakeUp } from "../waiter";
import type { Waiter } from "../waiter";

/** How long the host may take to read the memory, in ms of core time. */
const READ_MS = 2000;

/** Records that are gathered before a message goes out. One wake rarely has more. */
const RECORDS_IN_MESSAGE = 8;

/** The runtime hands a message over before it returns, whatever the library's type says. */
const HOST = ds as unknown as { _twinMessage(topic: string, data: Buffer): void };

/** The program's end of the line to the simulator's host: tells it what passes the ports, and until when the program sleeps. */
export class HostLink implements PortWitness, SleepObserver, Annunciator, PacketReceiver, MemoryReader, Waiter {
  /** The pump's configuration, once it has come. */
  declare config: PumpConfig | undefined;
  /** The record that a pump with a blank memory begins with, once the configuration has come. */
  restored = new StateRecord();
  /** Words that the memory has, once the configuration has come. */
  capacityWords = 0;

  private readonly message = Buffer.alloc(RECORDS_IN_MESSAGE * RECORD_BYTES);
  private used = 0;
  /** Where events go, once there is a pump. */
  declare inbox: Inbox | undefined;
  /** Is woken by them. */
  declare shell: Shell;
  /** Who waits for the configuration, or for words of the memory. */
  waiter: ds.Fiber = null;
  /** Where the numbers of a packet go, in the order of HostPacket; the third is the pump's draft, once there is a pump. */
  readonly lists: number[][] = [[], [], null, []];
  /** Since when the simulated button is held, in ms of core time; NEVER_MS: it is up. */
  private heldSinceMs = NEVER_MS;
  /** Where words of the memory go; null: nobody waits for any. */
  private page: number[] = null;
  /** Place of the first of them, how many have come, and how many there are. */
  private pagePlace = 0;
  private pageTaken = 0;
  private pageWords = 0;

  /** Listens to the host. */
  constructor() {
    mountReceiver(HOST_SERVICE_INDEX, this);
  }

  /** Asks for the configuration and waits until it has come. */
  async awaitConfiguration(): Promise<void> {
    this.write(HostCode.hello, 0, PROTOCOL_VERSION, 0, 0, 0);
    this.flush();
    while (!this.config) {
      this.waiter = ds.Fiber.self();
      await ds.suspend();
      this.waiter = null;
    }
  }

  /** Lights and sounds nothing: what it was to show stands in the journal. */
  show(): void {
    return;
  }

  stroke(atMs: number, strokes: number): void {
    this.write(HostCode.stroke, atMs, strokes, 0, 0, 0);
  }

  memory(place: number, words: readonly number[], count: number): void {
    this.flush();
    const message = Buffer.alloc(WRITE_BYTES + 4 * count);
    message.setAt(0, "u32", HostCode.memory);
    message.setAt(4, "u32", place);
    for (let i = 0; i < count; i++) message.setAt(WRITE_BYTES + 4 * i, "u32", words[i]);
    HOST._twinMessage(TOPIC, message);
  }

  /** How long the simulated button has been held at `nowMs` of core time, in ms; 0: it is up. */
  heldMs(nowMs: number): number {
    return Math.max(0, nowMs - this.heldSinceMs);
  }

  async read(place: number, count: number, words: number[]): Promise<boolean> {
    this.page = words;
    this.pagePlace = place;
    this.pageTaken = 0;
    this.pageWords = count;
    this.write(HostCode.read, 0, place, count, 0, 0);
    this.flush();
    this.waiter = ds.Fiber.self();
    await ds.suspend(READ_MS);
    this.waiter = null;
    this.page = null;
    return this.pageTaken === count;
  }

  beforeSleep(wakeMs: number): void {
    this.write(HostCode.asleep, wakeMs, 0, 0, 0, 0);
    this.flush();
  }

  /** Adds a record to the message that is being gathered. */
  write(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    const message = this.message;
    const at = this.used;
    message.setAt(at, "u32", code);
    message.setAt(at + RECORD_TIME, "f64", atMs);
    message.setAt(at + RECORD_TIME + 8, "f64", a);
    message.setAt(at + RECORD_TIME + 16, "f64", b);
    message.setAt(at + RECORD_TIME + 24, "f64", c);
    message.setAt(at + RECORD_TIME + 32, "f64", d);
    this.used = at + RECORD_BYTES;
    if (this.used === RECORDS_IN_MESSAGE * RECORD_BYTES) this.flush();
  }

  /** Sends what has been gathered. */
  flush(): void {
    if (this.used === 0) return;
    const message = Buffer.alloc(this.used);
    message.blitAt(0, this.message, 0, this.used);
    HOST._twinMessage(TOPIC, message);
    this.used = 0;
  }

  receive(packet: ds.Packet): void {
    const payload = packet.payload;
    const lists = this.lists;
    const inbox = this.inbox;
    const kind = payload.getAt(0, "f64");
    const second = payload.getAt(8, "f64");
    if (kind === HostPacket.configured) {
      // The record that a pump with a blank memory begins with.
      const record = this.restored;
      const numbers = lists[1];
      const names = recordNames();
      for (let i = 0; i < names.length; i++) record[names[i]] = numbers[i];
      for (let i = 0; i < record.drugs.length; i++) record.drugs[i] = numbers[names.length + i];
      this.capacityWords = second;
      this.config = readConfig(lists[0]);
      // Each has done its work, and there is little room.
      lists[0] = null;
      lists[1] = null;
      wakeUp(this);
    } else if (kind === HostPacket.held) this.heldSinceMs = second;
    else if (kind === HostPacket.page) this.takePage(payload, second);
    else if (kind >= HostPacket.config) {
      if (kind === HostPacket.memory) if (lists[3].length === 0) lists[3] = zeros(LEDGER_WORDS);
      copy(payload, 16, lists[kind - HostPacket.config], second);
    } else if (inbox) {
      const event = inbox.slotFor(kind, second);
      event.id = payload.getAt(16, "f64");
      event.count = payload.getAt(24, "f64");
      event.detail = payload.getAt(32, "f64");
      event.commandId = payload.getAt(40, "f64");
      copy(payload, 48, event.values, 0);
      this.shell.wake();
    }
  }

  private takePage(payload: Buffer, place: number): void {
    const words = this.page;
    let taken = this.pageTaken;
    if (!words) return;
    // A page that comes too late belongs to another question.
    if (place !== this.pagePlace + taken) return;
    for (let at = 16; at < payload.length; at += 4) {
      words[taken] = payload.getAt(at, "u32");
      taken++;
    }
    this.pageTaken = taken;
    if (taken === this.pageWords) wakeUp(this);
  }
}

/** Copies the numbers of `payload` from byte `at` on into `list`, the first to `place`. */
function copy(payload: Buffer, at: number, list: number[], place: number): void {
  for (let to = place; at < payload.length; to++) {
    list[to] = payload.getAt(at, "f64");
    at += 8;
  }
}
