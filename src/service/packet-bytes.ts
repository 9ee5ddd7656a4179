/** How a number lies in a packet; little-endian. */
export type NumberFormat = "u8" | "u16" | "u32" | "f64";

/**
 * The bytes of a packet, as a board's runtime has them. A place outside throws: whoever reads has looked at `length`.
 * @native Buffer
 */
export interface PacketBytes {
  /** How many bytes there are. */
  readonly length: number;
  /** The number at byte `place`. */
  getAt(place: number, format: NumberFormat): number;
  /** Writes a number to byte `place`. */
  setAt(place: number, format: NumberFormat, value: number): void;
  /** Copies `count` bytes of `from`, or letters of it, from its place `first` on to `place`. */
  blitAt(place: number, from: PacketBytes | string, first: number, count: number): void;
  /** Fills `count` bytes from `place` on with `value`. */
  fillAt(place: number, count: number, value: number): void;
}

/** Native code that a session needs: on a board the runtime's, in Node its own. */
export interface Cipher {
  /** `count` bytes, all 0. */
  zeroBytes(count: number): PacketBytes;
  /** HMAC-SHA256 with `key` (RFC 2104, FIPS 180-4), over one byte `direction` (none when it is 0) and the first `count` bytes of `data`; 32 bytes. */
  mac(key: PacketBytes, direction: number, data: PacketBytes, count: number): PacketBytes;
  /** Fills `bytes` with random ones. Boards have poor ones: nothing may rest on them alone. */
  fillRandom(bytes: PacketBytes): void;
}

/** True when `count` bytes of `a` from `place` on are the first of `b`. Looks at all of them, however early they differ. */
export function sameBytes(a: PacketBytes, place: number, b: PacketBytes, count: number): boolean {
  let difference = 0;
  for (let i = 0; i < count; i++) difference = difference | (a.getAt(place + i, "u8") ^ b.getAt(i, "u8"));
  return difference === 0;
}
