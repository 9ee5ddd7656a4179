const ERASED = 0xff;
/** Two copies of the directory at the start of the flash, two pages each: a header, entries upward, and values downward from the end. */
const COPY_BYTES = 8192;
const HEADER_BYTES = 24;
const ENTRY_BYTES = 24;
const OFFSET_IN_ENTRY = 16;

/** A write to the flash. */
export interface FlashWrite {
  readonly before: Uint8Array;
  /** Place and value of its bytes in the order in which the file system puts them (jacdac-c, source/jd_fstor.c). */
  readonly puts: readonly (readonly [place: number, value: number])[];
  /** How many of them there are when a part of the write is over. */
  readonly bounds: readonly number[];
  /** How many there are when the last entry says where its value lies, and not yet how long it is. */
  readonly lengthFrom: number;
}

/** A value is written, then its entry. A new copy of the directory is erased before, and gets its header at the end. */
export function flashWrite(before: Uint8Array, after: Uint8Array): FlashWrite {
  const isChanged = (place: number): boolean => before[place] !== after[place];
  const places = Array.from({ length: 2 * COPY_BYTES }, (_, place) => place);
  const copy = (places.find(isChanged) ?? 0) < COPY_BYTES ? 0 : COPY_BYTES;
  const view = new DataView(after.buffer, after.byteOffset);
  let end = copy + HEADER_BYTES;
  while (view.getUint32(end + OFFSET_IN_ENTRY, true) !== 0xffffffff) end += ENTRY_BYTES;
  const isNew = places.slice(copy, copy + HEADER_BYTES).some(isChanged);
  const puts: [number, number][] = [];
  const bounds: number[] = [];
  const part = (from: number, to: number, isPut: (place: number) => boolean, value: Uint8Array | undefined): void => {
    for (const place of places.slice(from, to)) if (isPut(place)) puts.push([place, value?.[place] ?? ERASED]);
    bounds.push(puts.length);
  };
  const isPut = isNew ? (place: number) => after[place] !== ERASED : isChanged;
  if (isNew) part(copy, copy + COPY_BYTES, (place) => before[place] !== ERASED, undefined);
  part(end, copy + COPY_BYTES, isPut, after);
  part(copy + HEADER_BYTES, end, isPut, after);
  const lengthFrom = puts.length - 4;
  part(copy, copy + HEADER_BYTES, isPut, after);
  return { before, puts, bounds, lengthFrom };
}

/** The flash when the power failed after `count` bytes of a write. */
export function torn(write: FlashWrite, count: number): Uint8Array {
  const flash = write.before.slice();
  for (const [place, value] of write.puts.slice(0, count)) flash[place] = value;
  return flash;
}

/** After how many bytes to tear a write: at the bounds of its parts, and at one byte of each `share`. */
export function cuts(write: FlashWrite, share: number): number[] {
  const found = new Set<number>([0, write.lengthFrom, write.lengthFrom + 1]);
  for (const bound of write.bounds) for (const cut of [bound - 1, bound]) found.add(cut);
  write.puts.forEach(([, value], cut) => {
    if (cut - Math.floor(cut / share) * share === 0 && value !== ERASED) found.add(cut);
    if (cut === COPY_BYTES / 2) found.add(cut);
  });
  return [...found].sort((a, b) => a - b);
}
