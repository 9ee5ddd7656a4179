/**
 * A way to a Jacdac bus: a board on USB, a bridge, a simulated pump. Carries whole frames, and may lose, double or delay them; what it hands over
 * may be anything.
 */
export interface Transport {
  /** What it leads to, for people: `serial:/dev/ttyACM0`, `tcp:127.0.0.1:8082`, `sim`. */
  readonly name: string;
  /** Sends one frame of at most 252 bytes. Never throws: a frame that cannot be sent is a lost one. */
  send(frame: Uint8Array): void;
  /** From now on `onFrame` gets each frame that comes; `onClosed` once when the way is gone, and not by {@link close}. One listener only. */
  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void;
  /** Closes it; no word to the listener follows. Never rejects. */
  close(): Promise<void>;
}
