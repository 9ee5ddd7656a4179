import { createHmac } from "node:crypto";

/**
 * What the device's runtime can do with a Buffer and a list besides what Node can (impl_buffer.c, impl_array.c), for code of `boards/` that runs natively.
 * Importing this adds it; none of it is enumerable.
 */

type Format = "u8" | "u16" | "u32" | "f64";

const BYTES: Record<Format, number> = { u8: 1, u16: 2, u32: 4, f64: 8 };

function viewOf(buffer: Uint8Array): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** As `devs_buffer_op`: a place outside reads as undefined, and cannot be written; what does not fit is cut to the format's range. */
const METHODS = {
  getAt(this: Uint8Array, place: number, format: Format): number | undefined {
    if (place + BYTES[format] > this.byteLength) return undefined;
    const view = viewOf(this);
    if (format === "f64") return view.getFloat64(place, true);
    if (format === "u32") return view.getUint32(place, true);
    return format === "u16" ? view.getUint16(place, true) : view.getUint8(place);
  },

  setAt(this: Uint8Array, place: number, format: Format, value: number): void {
    if (place + BYTES[format] > this.byteLength) throw new RangeError("buffer store out of range");
    const view = viewOf(this);
    if (format === "f64") view.setFloat64(place, value, true);
    else {
      const whole = Math.trunc(Math.min(Math.max(value, 0), 2 ** (8 * BYTES[format]) - 1));
      if (format === "u32") view.setUint32(place, whole, true);
      else if (format === "u16") view.setUint16(place, whole, true);
      else view.setUint8(place, whole);
    }
  },

  blitAt(this: Uint8Array, place: number, from: Uint8Array | string, first: number, count: number): void {
    const bytes = typeof from === "string" ? Buffer.from(from) : from;
    this.set(bytes.subarray(first, first + Math.min(count, this.byteLength - place)), place);
  },

  fillAt(this: Uint8Array, place: number, count: number, value: number): void {
    this.fill(value, place, place + count);
  },

  /** Not at random here: each byte is its place. */
  fillRandom(this: Uint8Array): void {
    for (let i = 0; i < this.byteLength; i++) this[i] = i;
  },
};

for (const [name, value] of Object.entries(METHODS))
  Object.defineProperty(Buffer.prototype, name, { value, configurable: true, writable: true });

Object.defineProperty(Buffer, "digest", {
  configurable: true,
  writable: true,
  /** HMAC with a key, as `fun3_Buffer_digest` of impl_buffer.c. */
  value(key: Uint8Array, algorithm: string, parts: readonly Uint8Array[]): Buffer {
    const hmac = createHmac(algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest();
  },
});

Object.defineProperty(Array.prototype, "insert", {
  configurable: true,
  writable: true,
  /** Makes room for `count` at `index`; a negative count takes so many out. */
  value(this: unknown[], index: number, count: number): void {
    if (count < 0) this.splice(index, -count);
    else this.splice(index, 0, ...new Array<unknown>(count));
  },
});
