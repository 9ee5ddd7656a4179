import * as ds from "@devicescript/core";
import { readConfig } from "../../src/config";
import type { PumpConfig } from "../../src/config";
import type { Inbox } from "../../src/inbox";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { RECORD_NUMBERS, StateRecord } from "../../src/record/state-record";
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
import { zeros } from "../../src/units";
import type { Shell, SleepObserver } from "../shell";

/** Records that are gathered before a message goes out. One wake rarely has more. */
const RECORDS_IN_MESSAGE = 8;

type PacketReceiver = typeof ds & { _onServerPacket(packet: ds.Packet): Promise<void> };
type SynchronousMessage = (topic: string, data: Buffer) => void;

/** The runtime hands a message over before this returns, whatever its type says. */
function send(topic: string, message: Buffer): void {
  (ds._twinMessage as unknown as SynchronousMessage)(topic, message);
}

/** The program's end of the line to the simulator's host: tells it what passes the ports, and until when the program sleeps. */
export class HostLink implements PortWitness, SleepObserver, Annunciator {
  /** The pump's configuration, once it has come. */
  config: PumpConfig = null;
  /** The record that a pump with a blank memory begins with, once the configuration has come. */
  restored = new StateRecord();
  /** Words that the memory has, once the configuration has come. */
  capacityWords = 0;

  private readonly message = Buffer.alloc(RECORDS_IN_MESSAGE * RECORD_BYTES);
  private used = 0;
  /** Where events go, once there is a pump. */
  inbox: Inbox = null;
  /** Is woken by them. */
  shell: Shell = null;
  private waiter: ds.Fiber = null;
  /** Where the numbers of a packet go, in the order of HostPacket; the third is the pump's draft, once there is a pump. */
  readonly lists: number[][] = [[], [], null, []];

  /** Mounts the receiver. Inside a function, because the compiler drops the assignment at top level. */
  constructor() {
    const self = this;
    async function receive(packet: ds.Packet): Promise<void> {
      if (!packet.isReport) self.receive(packet.payload);
    }
    (ds as PacketReceiver)._onServerPacket = receive;
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
    send(TOPIC, message);
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
    send(TOPIC, message);
    this.used = 0;
  }

  private receive(payload: Buffer): void {
    const lists = this.lists;
    const inbox = this.inbox;
    const kind = payload.getAt(0, "f64");
    const second = payload.getAt(8, "f64");
    if (kind === HostPacket.configured) {
      // The record that a pump with a blank memory begins with.
      const record = this.restored;
      const numbers = lists[1];
      for (let i = 0; i < RECORD_NUMBERS.length; i++) record[RECORD_NUMBERS[i]] = numbers[i];
      for (let i = 0; i < record.drugs.length; i++) record.drugs[i] = numbers[RECORD_NUMBERS.length + i];
      this.capacityWords = second;
      this.config = readConfig(lists[0]);
      // Each has done its work, and there is little room.
      lists[0] = null;
      lists[1] = null;
      const waiter = this.waiter;
      if (waiter) {
        this.waiter = null;
        waiter.resume(0);
      }
    } else if (kind >= HostPacket.config) {
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
}

/** Copies the numbers of `payload` from byte `at` on into `list`, the first to `place`. */
function copy(payload: Buffer, at: number, list: number[], place: number): void {
  for (let to = place; at < payload.length; to++) {
    list[to] = payload.getAt(at, "f64");
    at += 8;
  }
}
