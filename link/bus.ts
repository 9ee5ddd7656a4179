import { packetsIn } from "./frames";
import type { Packet } from "./frames";
import type { Transport } from "./transport";

/** Whoever wants to hear what comes over a bus. */
export interface BusListener {
  /** A packet of a frame whose checksum is right. */
  packet(packet: Packet): void;
  /** The way to the bus is gone. */
  closed(why: string): void;
}

/** A Jacdac bus at the end of a transport, for as many listeners as there are. */
export class Bus {
  /** Why it is gone; `undefined` while it is there. */
  whyClosed: string | undefined;
  private readonly listeners = new Set<BusListener>();

  constructor(private readonly transport: Transport) {
    transport.listen(
      (frame) => {
        const packets = packetsIn(frame);
        for (const packet of packets) for (const listener of [...this.listeners]) listener.packet(packet);
      },
      (why) => this.end(why),
    );
  }

  /** What it is called, for people. */
  nameText(): string {
    return this.transport.name;
  }

  /** Hears from now on; returns what ends that. */
  hear(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Sends a frame; it may be lost. */
  send(frame: Uint8Array): void {
    if (this.whyClosed === undefined) this.transport.send(frame);
  }

  /** Closes the way. Whoever still waits for an answer is told. */
  async close(): Promise<void> {
    this.end("the link was closed");
    await this.transport.close();
  }

  private end(why: string): void {
    if (this.whyClosed !== undefined) return;
    this.whyClosed = why;
    for (const listener of [...this.listeners]) listener.closed(why);
  }
}
