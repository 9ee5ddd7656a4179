import * as ds from "@devicescript/core";
import { MOST_LIBRARY_DRUGS, readConfig } from "../../src/config";
import type { PumpConfig } from "../../src/config";
import type { Inbox } from "../../src/inbox";
import { RECORD_FIELDS, readRecord, StateRecord, writeRecord } from "../../src/record/store";
import {
  HostCode,
  HostPacket,
  PROTOCOL_VERSION,
  RECORD_BYTES,
  RECORD_ROW,
  RECORD_TIME,
  TOPIC,
} from "../../src/simulation/host-protocol";
import type { Annunciator } from "../../src/safety/annunciator";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { zeros } from "../../src/units";
import type { Shell, SleepObserver } from "../shell";

/** Numbers of a record for the store. */
const NUMBERS_IN_RECORD = RECORD_FIELDS + MOST_LIBRARY_DRUGS;

/** Records that are gathered before a message goes out. One wake rarely has more. */
const RECORDS_IN_MESSAGE = 8;

type PacketReceiver = typeof ds & { _onServerPacket(packet: ds.Packet): Promise<void> };
type SynchronousMessage = (topic: string, data: Buffer) => void;

/** The program's end of the line to the simulator's host: tells it what passes the ports, and until when the program sleeps. */
export class HostLink implements PortWitness, SleepObserver, Annunciator {
  /** The pump's configuration, once it has come. */
  config: PumpConfig = null;
  /** What the store gives back, once the configuration has come. */
  readonly restored = new StateRecord();

  private readonly message = Buffer.alloc(RECORDS_IN_MESSAGE * RECORD_BYTES);
  private used = 0;
  /** Where events go, once there is a pump. */
  inbox: Inbox = null;
  /** Is woken by them. */
  shell: Shell = null;
  private waiter: ds.Fiber = null;
  /** Where the numbers of a packet go, in the order of HostPacket; the last is the pump's draft, once there is a pump. */
  readonly lists: number[][] = [[], [], null];
  /** The numbers of a record on its way to the host. The last row is sent whole. */
  private readonly numbers = zeros(NUMBERS_IN_RECORD + RECORD_ROW);

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

  record(record: StateRecord): void {
    const n = this.numbers;
    writeRecord(record, n);
    for (let i = 0; i < NUMBERS_IN_RECORD; i += RECORD_ROW)
      this.write(HostCode.record, i, n[i], n[i + 1], n[i + 2], n[i + 3]);
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

  /** Sends what has been gathered. The runtime hands it over before this returns, whatever its type says. */
  flush(): void {
    if (this.used === 0) return;
    const send = ds._twinMessage as unknown as SynchronousMessage;
    const message = Buffer.alloc(this.used);
    message.blitAt(0, this.message, 0, this.used);
    send(TOPIC, message);
    this.used = 0;
  }

  private receive(payload: Buffer): void {
    const kind = payload.getAt(0, "f64");
    if (kind === HostPacket.configured) {
      readRecord(this.lists[1], this.restored);
      this.config = readConfig(this.lists[0]);
      // Each has done its work, and there is little room.
      this.lists[0] = null;
      this.lists[1] = null;
      const waiter = this.waiter;
      if (waiter) {
        this.waiter = null;
        waiter.resume(0);
      }
    } else if (kind >= HostPacket.config)
      copy(payload, 16, this.lists[kind - HostPacket.config], payload.getAt(8, "f64"));
    else if (this.inbox) {
      const event = this.inbox.slotFor(kind, payload.getAt(8, "f64"));
      event.id = payload.getAt(16, "f64");
      event.count = payload.getAt(24, "f64");
      event.detail = payload.getAt(32, "f64");
      copy(payload, 40, event.values, 0);
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
