import * as ds from "@devicescript/core";
import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import { PRESCRIPTION_FIELDS } from "../../src/prescription/prescription";
import { StateRecord } from "../../src/record/store";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import type { Shell, SleepObserver } from "../shell";
import {
  CONFIGURE,
  HostCode,
  PROTOCOL_VERSION,
  RECORD_BYTES,
  RECORD_TIME,
  TOPIC,
} from "../../src/simulation/host-protocol";

/** Records that are gathered before a message goes out. One wake rarely has more. */
const RECORDS_IN_MESSAGE = 16;

type PacketReceiver = typeof ds & { _onServerPacket(packet: ds.Packet): Promise<void> };
type SynchronousMessage = (topic: string, data: Buffer) => void;

/** The program's end of the line to the simulator's host: tells it what passes the ports, and until when the program sleeps. */
export class HostLink implements PortWitness, SleepObserver {
  /** The pump's configuration, once it has come. */
  config: PumpConfig = null;
  /** What the store gives back, once the configuration has come. */
  readonly restored = new StateRecord();

  private readonly message = Buffer.alloc(RECORDS_IN_MESSAGE * RECORD_BYTES);
  private used = 0;
  private inbox: Inbox = null;
  private shell: Shell = null;
  private waiter: ds.Fiber = null;

  /** Mounts the receiver. Inside a function, because the compiler drops the assignment at top level. */
  listen(): void {
    const self = this;
    async function receive(packet: ds.Packet): Promise<void> {
      if (!packet.isReport) self.receive(packet.payload);
    }
    (ds as PacketReceiver)._onServerPacket = receive;
  }

  /** Asks for the configuration and waits until it has come. */
  async awaitConfiguration(): Promise<void> {
    this.entry(HostCode.hello, 0, PROTOCOL_VERSION, 0, 0, 0);
    this.flush();
    while (!this.config) {
      this.waiter = ds.Fiber.self();
      await ds.suspend();
      this.waiter = null;
    }
  }

  /** From now on events go into `inbox` and wake `shell`. */
  deliverTo(inbox: Inbox, shell: Shell): void {
    this.inbox = inbox;
    this.shell = shell;
  }

  stroke(atMs: number, strokes: number): void {
    this.entry(HostCode.stroke, atMs, strokes, 0, 0, 0);
  }

  record(record: StateRecord): void {
    this.entry(
      HostCode.record,
      record.coreMs,
      record.sequence,
      record.totalStrokes,
      record.filledNl,
      record.drawnStrokes,
    );
  }

  beforeSleep(wakeMs: number): void {
    this.entry(HostCode.asleep, wakeMs, 0, 0, 0, 0);
    this.flush();
  }

  /** Adds a record to the message that is being gathered. */
  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
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
    send(TOPIC, this.message.slice(0, this.used));
    this.used = 0;
  }

  private receive(payload: Buffer): void {
    const kind = payload.getAt(0, "f64");
    if (kind === CONFIGURE) this.configure(payload);
    else if (this.inbox) {
      const event = this.inbox.slotFor(kind, payload.getAt(8, "f64"));
      event.id = payload.getAt(16, "f64");
      event.count = payload.getAt(24, "f64");
      event.detail = 0;
      if (kind === EventKind.program) {
        for (let i = 0; i < PRESCRIPTION_FIELDS; i++) event.prescription[i] = payload.getAt(32 + 8 * i, "f64");
      }
      this.shell.wake();
    }
  }

  private configure(payload: Buffer): void {
    this.config = {
      plPerRevolution: payload.getAt(8, "f64"),
      fullStepsPerRevolution: payload.getAt(16, "f64"),
      fullStepsPerStroke: payload.getAt(24, "f64"),
      microsteps: payload.getAt(32, "f64"),
      pulseIntervalMs: payload.getAt(40, "f64"),
      strokeMs: payload.getAt(48, "f64"),
      maxRateNlPerDay: payload.getAt(56, "f64"),
      maxBolusNl: payload.getAt(64, "f64"),
      windowMs: payload.getAt(72, "f64"),
      maxWindowNl: payload.getAt(80, "f64"),
      capacityNl: payload.getAt(88, "f64"),
      lowNl: payload.getAt(96, "f64"),
      emptyNl: payload.getAt(104, "f64"),
    };
    const restored = this.restored;
    restored.sequence = payload.getAt(112, "f64");
    restored.coreMs = payload.getAt(120, "f64");
    restored.totalStrokes = payload.getAt(128, "f64");
    restored.filledNl = payload.getAt(136, "f64");
    restored.drawnStrokes = payload.getAt(144, "f64");
    if (this.waiter) {
      const waiter = this.waiter;
      this.waiter = null;
      waiter.resume(0);
    }
  }
}
