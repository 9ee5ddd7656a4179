import type { Transport } from "../../link/transport";
import type { BusEnd } from "../../sim/live/live-bus";
import type { LivePump } from "../../sim/live/live-pump";

/** One client's end of the bus of a simulated pump in this process. Closing it leaves the pump on. */
export class BusEndTransport implements Transport {
  readonly name = "sim";
  private end: BusEnd | undefined;

  constructor(private readonly pump: LivePump) {}

  send(frame: Uint8Array): void {
    this.end?.send(frame);
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.end = this.pump.join(onFrame, onClosed);
  }

  close(): Promise<void> {
    this.end?.leave();
    this.end = undefined;
    return Promise.resolve();
  }
}
