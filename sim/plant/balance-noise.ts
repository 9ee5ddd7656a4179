/**
 * Random numbers by place instead of by order: the same seed, place and stream always give the same number, however often and in whatever order
 * somebody looks. A recording that is taken up again therefore finds the weights that it would have found.
 */

/** Finaliser of MurmurHash3 (A. Appleby, public domain): every bit of the input changes half of the output's. */
function mixed(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Even in 0 (excluded) to 1 (included). @param place a whole number from 0 to 2^53 - 1. @param stream tells draws for one place apart */
export function evenAt(seed: number, place: number, stream: number): number {
  const low = mixed(mixed(seed ^ 0x9e3779b9) ^ (place >>> 0));
  const high = mixed(low ^ Math.imul(Math.floor(place / 0x100000000) + 1, 0x27d4eb2f));
  return (mixed(high ^ Math.imul(stream + 1, 0x165667b1)) + 1) / 0x100000000;
}

/** Normally distributed with mean 0 and standard deviation 1 (Box and Muller 1958). Takes the streams `stream` and `stream + 1`. */
export function normalAt(seed: number, place: number, stream: number): number {
  return (
    Math.sqrt(-2 * Math.log(evenAt(seed, place, stream))) * Math.cos(2 * Math.PI * evenAt(seed, place, stream + 1))
  );
}

/** Length of a draught, in ms: a door that opens and shuts. An assumption. */
export const DRAUGHT_MS = 4000;

/** Time in which at most one draught begins, in ms. */
const SLOT_MS = 10000;

/**
 * What draughts press on the pan at `atMs`, in g: half a sine of {@link DRAUGHT_MS}, upwards or downwards, of the height `sizeG`, `perH` times an
 * hour on average and independently of each other. An assumption: no measured shape was found.
 * @param perH 0 to 360
 */
export function draughtG(seed: number, atMs: number, perH: number, sizeG: number): number {
  if (perH === 0 || sizeG === 0) return 0;
  let sum = 0;
  for (const slot of [Math.floor(atMs / SLOT_MS) - 1, Math.floor(atMs / SLOT_MS)]) {
    if (slot < 0 || evenAt(seed, slot, 10) > (perH * SLOT_MS) / 3600000) continue;
    const share = (atMs - (slot + evenAt(seed, slot, 11)) * SLOT_MS) / DRAUGHT_MS;
    if (share < 0 || share > 1) continue;
    sum += Math.sin(Math.PI * share) * sizeG * (evenAt(seed, slot, 12) < 0.5 ? -1 : 1);
  }
  return sum;
}
