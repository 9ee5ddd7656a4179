import type { Cipher, NumberFormat } from "../../../src/service/packet-bytes";
import { NodeBytes, nodeCipher } from "../../link/node-cipher";

const FORMATS: readonly string[] = ["u8", "u16", "u32", "f64"];

/** The bytes of a packet, as strict as a board's runtime: a format that there is none of throws a RangeError. */
export class StrictBytes extends NodeBytes {
  override getAt(place: number, format: NumberFormat): number {
    expectFormat(format);
    return super.getAt(place, format);
  }

  override setAt(place: number, format: NumberFormat, value: number): void {
    expectFormat(format);
    super.setAt(place, format, value);
  }
}

/** `count` strict bytes, all 0. */
export function strictBytes(count: number): StrictBytes {
  return new StrictBytes(new Uint8Array(count));
}

/** What a session needs, with strict bytes; `random` draws from 0 to below 1. */
export function strictCipher(random: () => number): Cipher {
  return { ...nodeCipher(random), zeroBytes: strictBytes };
}

function expectFormat(format: string): void {
  if (!FORMATS.includes(format)) throw new RangeError(`"${format}" is no format of a number`);
}
