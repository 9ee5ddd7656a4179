import type { Transport } from "../../link/transport";
import type { VirtualTime } from "./virtual-time";

/** What becomes of a frame on its way: each of its copies with its delay in ms. */
export type Fate = (
  frame: Uint8Array,
  toPump: boolean,
) => readonly { readonly frame: Uint8Array; readonly ms: number }[];

/** Every frame arrives after 1 ms. */
export const GOOD: Fate = (frame) => [{ frame, ms: 1 }];

/** A pump on whose bus frames come and go. */
export interface PumpOnBus {
  /** Gets each frame that the pump sends. */
  onFrame: (frame: Uint8Array) => void;
  /** A frame reaches the bus. */
  receive(frame: Uint8Array): void;
}

/** A way to a pump that does to frames what `fate` says. */
export class FaultyTransport implements Transport {
  readonly name = "faulty";
  private isOpen = true;
  private onFrame: (frame: Uint8Array) => void = () => undefined;
  private onClosed: (why: string) => void = () => undefined;

  constructor(
    private readonly time: VirtualTime,
    private readonly pump: PumpOnBus,
    public fate: Fate = GOOD,
  ) {
    const before = pump.onFrame;
    pump.onFrame = (frame) => {
      before(frame);
      this.carry(frame, false, (copy) => this.onFrame(copy));
    };
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.onFrame = onFrame;
    this.onClosed = onClosed;
  }

  send(frame: Uint8Array): void {
    this.carry(frame, true, (copy) => this.pump.receive(copy));
  }

  close(): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }

  /** The cable is pulled. */
  pull(): void {
    this.isOpen = false;
    this.onClosed("the cable was pulled");
  }

  private carry(frame: Uint8Array, toPump: boolean, give: (copy: Uint8Array) => void): void {
    if (!this.isOpen) return;
    for (const copy of this.fate(frame.slice(), toPump))
      this.time.after(copy.ms, () => {
        // What is on its way to the pump still arrives when the client has gone.
        if (this.isOpen || toPump) give(copy.frame);
      });
  }
}
