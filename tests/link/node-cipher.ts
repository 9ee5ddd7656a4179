import { createHmac } from "node:crypto";
import type { Cipher, NumberFormat, PacketBytes } from "../../src/service/packet-bytes";

/** The bytes of a packet, as Node has them. */
export class NodeBytes implements PacketBytes {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get length(): number {
    return this.bytes.length;
  }

  getAt(place: number, format: NumberFormat): number {
    if (format === "u8") return this.view.getUint8(place);
    if (format === "u16") return this.view.getUint16(place, true);
    return format === "u32" ? this.view.getUint32(place, true) : this.view.getFloat64(place, true);
  }

  setAt(place: number, format: NumberFormat, value: number): void {
    if (format === "u8") this.view.setUint8(place, value);
    else if (format === "u16") this.view.setUint16(place, value, true);
    else if (format === "u32") this.view.setUint32(place, value, true);
    else this.view.setFloat64(place, value, true);
  }

  blitAt(place: number, from: PacketBytes | string, first: number, count: number): void {
    const bytes = typeof from === "string" ? new TextEncoder().encode(from) : bytesOf(from);
    this.bytes.set(bytes.subarray(first, first + count), place);
  }

  fillAt(place: number, count: number, value: number): void {
    this.bytes.fill(value, place, place + count);
  }
}

/** What {@link NodeBytes} hold. */
export function bytesOf(bytes: PacketBytes): Uint8Array {
  if (!(bytes instanceof NodeBytes)) throw new TypeError("not made here");
  return bytes.bytes;
}

/** What a session needs, in Node; `random` draws from 0 to below 1. */
export function nodeCipher(random: () => number): Cipher {
  return {
    zeroBytes: (count) => new NodeBytes(new Uint8Array(count)),
    mac(key, direction, data, count) {
      const hmac = createHmac("sha256", bytesOf(key));
      if (direction !== 0) hmac.update(Uint8Array.of(direction));
      return new NodeBytes(new Uint8Array(hmac.update(bytesOf(data).subarray(0, count)).digest()));
    },
    fillRandom(bytes) {
      for (let i = 0; i < bytes.length; i++) bytes.setAt(i, "u8", Math.floor(random() * 256));
    },
  };
}
