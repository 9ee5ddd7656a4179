/** The bytes that carry a frame over a TCP bridge: its length in one byte, then the frame (DeviceScript's devtools, port 8082). */
export function withLength(frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + frame.length);
  bytes[0] = frame.length;
  bytes.set(frame, 1);
  return bytes;
}

/** Cuts the bytes of a TCP bridge into frames. */
export class LengthReader {
  private readonly kept = new Uint8Array(256);
  private length = 0;

  /** @param onFrame gets each frame, unchecked, in memory of its own */
  constructor(private readonly onFrame: (frame: Uint8Array) => void) {}

  /** Takes the next bytes, in pieces of any size. */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.kept[this.length++] = byte;
      if (this.length <= (this.kept[0] ?? 0)) continue;
      const frame = this.kept.slice(1, this.length);
      this.length = 0;
      if (frame.length > 0) this.onFrame(frame);
    }
  }
}
