import { crc16 } from "../../link/crc16";
import type { Random } from "../../sim/random/random";
import type { Fate } from "./faulty-transport";

/** The frame with one bit of its packet turned over and a right checksum: what gets through when somebody means it. */
function forged(frame: Uint8Array, random: Random): Uint8Array {
  const copy = frame.slice();
  const at = random.integer(16, Math.max(16, copy.length - 1));
  copy[at] = (copy[at] ?? 0) ^ (1 << random.integer(0, 7));
  const crc = crc16(copy, 2, copy.length);
  copy[0] = crc & 255;
  copy[1] = crc >> 8;
  return copy;
}

/** What becomes of one frame that goes wrong. */
export type Mishap = (frame: Uint8Array, random: Random) => ReturnType<Fate>;

/** All that can go wrong with a frame on its way. */
export const MISHAPS: Readonly<Record<string, Mishap>> = {
  lost: () => [],
  doubled: (frame) => [
    { frame, ms: 1 },
    { frame, ms: 40 },
  ],
  delayed: (frame, random) => [{ frame, ms: random.integer(200, 900) }],
  reordered: (frame, random) => [{ frame, ms: random.integer(4, 30) }],
  truncated: (frame, random) => [{ frame: frame.subarray(0, random.integer(0, frame.length - 1)), ms: 1 }],
  flipped: (frame, random) => {
    const copy = frame.slice();
    const at = random.integer(0, copy.length - 1);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.integer(0, 7));
    return [{ frame: copy, ms: 1 }];
  },
  forged: (frame, random) => [{ frame: forged(frame, random), ms: 1 }],
};

/** The mishap of that name. Throws a RangeError when there is none. */
export function mishapOf(name: string): Mishap {
  const mishap = MISHAPS[name];
  if (mishap === undefined) throw new RangeError(name);
  return mishap;
}
