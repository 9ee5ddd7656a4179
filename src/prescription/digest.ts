import { breathe } from "../breath";

/**
 * CRC-32 (IEEE 802.3, reflected) over numbers, each as eight bytes, the lowest first: what a person confirms is what was checked.
 * Four bits at a time, so that a table of 16 numbers is enough.
 */
const NIBBLES = JSON.parse(`[0, 498536548, 997073096, 651767980, 1994146192, 1802195444, 1303535960, 1342533948,
  3988292384, 4027552580, 3604390888, 3412177804, 2607071920, 2262029012, 2685067896, 3183342108]`) as number[];

/** The digest of a prescription's numbers, each a whole number from 0 to 2^53 - 1; from 0 to 2^32 - 1. */
export function digestOf(numbers: readonly number[]): number {
  let crc = -1;
  for (let i = 0; i < numbers.length; i++) {
    const high = Math.floor(numbers[i] / 4294967296);
    let word = numbers[i] - high * 4294967296;
    // Not a loop over the eight places: at a start thousands of numbers are checked, and a slice of the runtime has few steps.
    for (let half = 0; half < 2; half++) {
      crc = crc ^ word;
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      crc = NIBBLES[crc & 15] ^ (crc >>> 4);
      word = high;
    }
    if ((i & 15) === 15) breathe();
  }
  return (crc ^ -1) >>> 0;
}
