/** What the pump says: a JournalCode or a ReportRow, and four numbers that mean what the code says. */
export interface Entry {
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const LENGTH_BITS = 7;
const NEGATIVE_BIT = 8;

/** The entries that `bytes` hold; `undefined`: they hold something else. A number has a head byte, then its magnitude, lowest byte first (`services/pump.md`). */
export function unpackEntries(bytes: Uint8Array): Entry[] | undefined {
  const entries: Entry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at++] ?? 0;
    const numbers: number[] = [];
    for (let which = 0; which < 4; which++) {
      const head = bytes[at++];
      if (head === undefined || head > LENGTH_BITS + NEGATIVE_BIT) return undefined;
      const length = head & LENGTH_BITS;
      if (at + length > bytes.length) return undefined;
      let magnitude = 0;
      for (let i = length - 1; i >= 0; i--) magnitude = magnitude * 256 + (bytes[at + i] ?? 0);
      at += length;
      const value = (head & NEGATIVE_BIT) === 0 ? magnitude : -1 - magnitude;
      if (!Number.isSafeInteger(value)) return undefined;
      numbers.push(value);
    }
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    entries.push({ code, a, b, c, d });
  }
  return entries;
}

/** The bytes of entries, the other way round. Their numbers are whole, from -2^53 + 1 to 2^53 - 1. */
export function packEntries(entries: readonly Entry[]): Uint8Array {
  const bytes: number[] = [];
  for (const { code, a, b, c, d } of entries) {
    bytes.push(code);
    for (const value of [a, b, c, d]) {
      const magnitude: number[] = [];
      for (let left = value < 0 ? -1 - value : value; left > 0; left = Math.floor(left / 256))
        magnitude.push(left % 256);
      bytes.push(magnitude.length + (value < 0 ? NEGATIVE_BIT : 0), ...magnitude);
    }
  }
  return Uint8Array.from(bytes);
}
