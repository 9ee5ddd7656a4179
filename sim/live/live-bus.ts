/** One that listens on the bus of a live pump. */
export interface BusEnd {
  /** Puts a frame on the bus: the pump and all other ends get it. */
  send(frame: Uint8Array): void;
  /** Goes away; nothing is told to it any more. */
  leave(): void;
}

interface Listener {
  readonly onFrame: (frame: Uint8Array) => void;
  readonly onClosed: (why: string) => void;
}

/** All that hear the frames of one pump, and each other's, as on the wire of a Jacdac bus. */
export class LiveBus {
  private readonly listeners = new Set<Listener>();

  /** @param toPump gets each frame that an end puts on the bus. */
  constructor(private readonly toPump: (frame: Uint8Array) => void) {}

  /** Somebody listens. */
  get isHeard(): boolean {
    return this.listeners.size !== 0;
  }

  /** From now on `onFrame` gets each frame of the pump and of the other ends; `onClosed` once when the bus has gone. */
  join(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): BusEnd {
    const listener = { onFrame, onClosed };
    this.listeners.add(listener);
    return {
      send: (frame) => {
        if (!this.listeners.has(listener)) return;
        this.tell(frame, listener);
        this.toPump(frame);
      },
      leave: () => void this.listeners.delete(listener),
    };
  }

  /** Hands a frame to all but `sender`. */
  tell(frame: Uint8Array, sender?: Listener): void {
    for (const listener of [...this.listeners]) if (listener !== sender) listener.onFrame(frame.slice());
  }

  /** The bus has gone. */
  close(why: string): void {
    const listeners = [...this.listeners];
    this.listeners.clear();
    for (const { onClosed } of listeners) onClosed(why);
  }
}
