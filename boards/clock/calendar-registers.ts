import { isWhole, MS_PER_DAY, wholeQuotient } from "../../src/units";

/** Seconds, minutes, hours, day of the week, day of the month, month, year. */
const REGISTERS = 7;
const WEEKDAY = 3;

/** From 2100 on the century bit counts, and the chip takes 2100 for a leap year: its time is not believed any more. In days since 2000-01-01. */
const END_DAY = 36525;

/** Days of the year before a month, 1 to 12; of a leap year when `year` is one, 0 to 99 for 2000 to 2099. */
function daysBefore(month: number, year: number): number {
  const days = wholeQuotient(367 * month - 362, 12);
  if (month <= 2) return days;
  if ((year & 3) === 0) return days - 1;
  return days - 2;
}

function fromBcd(registers: Buffer, place: number): number {
  const byte = registers.getAt(place, "u8");
  return byte - 6 * (byte >>> 4);
}

/**
 * Writes the time nearest to `wallMs` (ms since 2000-01-01 00:00) as a DS3231 keeps it into `registers` from byte `place` on: BCD, hours of 24. The weekday
 * is always 1: nobody asks for it. False: the chip cannot hold that time.
 */
export function writeRegisters(registers: Buffer, place: number, wallMs: number): boolean {
  let second = wholeQuotient(wallMs + 500, 1000);
  let day = wholeQuotient(second, 86400);
  if (!isWhole(day, 0, END_DAY - 1)) return false;
  second -= 86400 * day;
  const year = wholeQuotient(4 * day, 1461);
  day -= wholeQuotient(1461 * year + 3, 4);
  let month = 12;
  while (daysBefore(month, year) > day) month--;
  const minute = wholeQuotient(second, 60);
  const hour = wholeQuotient(minute, 60);
  const numbers = [second - 60 * minute, minute - 60 * hour, hour, 1, day - daysBefore(month, year) + 1, month, year];
  for (let i = 0; i < REGISTERS; i++) {
    const number = numbers[i];
    // Two decimal digits, four bits each.
    registers.setAt(place + i, "u8", number + 6 * wholeQuotient(number, 10));
  }
  return true;
}

/** The time in the first seven registers of a DS3231, in ms since 2000-01-01 00:00; -1: it is none that this program writes, as the 31st of June. */
export function readRegisters(registers: Buffer): number {
  const year = fromBcd(registers, 6);
  const days = wholeQuotient(1461 * year + 3, 4) + daysBefore(fromBcd(registers, 5), year) + fromBcd(registers, 4) - 1;
  const minutes = 60 * fromBcd(registers, 2) + fromBcd(registers, 1);
  const wallMs = days * MS_PER_DAY + 60000 * minutes + 1000 * fromBcd(registers, 0);
  const again = Buffer.alloc(REGISTERS);
  if (!writeRegisters(again, 0, wallMs)) return -1;
  for (let i = 0; i < REGISTERS; i++)
    if (i !== WEEKDAY) if (again.getAt(i, "u8") !== registers.getAt(i, "u8")) return -1;
  return wallMs;
}
