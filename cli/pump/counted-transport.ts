import { packetsIn } from "../../link/frames";
import type { DeviceId } from "../../link/device-id";
import type { Transport } from "../../link/transport";

/** A transport that counts the packets of each device, both ways: what a question costs the pump; and that says when it is gone. */
export class CountedTransport implements Transport {
  /** Resolves with the reason when the way is gone. */
  readonly gone: Promise<string>;
  private tellGone: (why: string) => void = () => undefined;
  private readonly packets = new Map<DeviceId, number>();

  constructor(private readonly inner: Transport) {
    this.gone = new Promise((resolve) => (this.tellGone = resolve));
  }

  get name(): string {
    return this.inner.name;
  }

  /** Packets to and from a device so far. */
  packetsOf(device: DeviceId): number {
    return this.packets.get(device) ?? 0;
  }

  send(frame: Uint8Array): void {
    this.count(frame);
    this.inner.send(frame);
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.inner.listen(
      (frame) => {
        this.count(frame);
        onFrame(frame);
      },
      (why) => {
        this.tellGone(why);
        onClosed(why);
      },
    );
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private count(frame: Uint8Array): void {
    for (const { device } of packetsIn(frame)) this.packets.set(device, this.packetsOf(device) + 1);
  }
}
