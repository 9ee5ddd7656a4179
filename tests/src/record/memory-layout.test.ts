import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import type { PumpConfig } from "../../../src/config";
import * as map from "../../../src/record/memory-map";
import { configDigest } from "../../../src/record/recover";
import { RECORD_FORMAT, TwoSlotRecord, writeCell } from "../../../src/record/two-slot-record";
import { REFERENCE_PUMP } from "../reference-pump";
import { Fram } from "./fram";

/** CRC-32 over numbers as 64-bit words, the lowest byte first. */
function crcOf(numbers: readonly number[]): number {
  const bytes = new BigInt64Array(numbers.map(BigInt));
  return crc32(new Uint8Array(bytes.buffer));
}

test("every part lies where pumps in the field have it: another layout needs another RECORD_FORMAT (PWR-005)", () => {
  expect(RECORD_FORMAT).toBe(85115219307778);
  expect({ ...map }).toEqual({
    HOURS_KEPT: 170,
    HOUR_CELLS: 176,
    GRANT_CELLS: 52,
    BUCKET_CELLS: 52,
    GUARD_FIELDS: 5,
    SECURITY_FIELDS: 11,
    GUARD_PLACE: 0,
    BUCKETS_PLACE: 32,
    EVENT_COUNT_PLACE: 240,
    FAULT_COUNT_PLACE: 248,
    SECURITY_PLACE: 256,
    LEDGER_PLACE: 312,
    STATE_PLACE: 392,
    PRESCRIPTION_PLACE: 608,
    HOURS_PLACE: 840,
    GRANTS_PLACE: 1544,
    LEDGER_WORDS: 1752,
    PUMP_WORDS: 312,
  });
});

test("a record is format, number, fields and CRC-32, two words each, in the slot of its number's parity", () => {
  const record = new TwoSlotRecord(4, 2);
  const fram = new Fram(new Array<number>(48).fill(0));
  record.numbers[2] = -1;
  record.numbers[3] = 2 ** 32 + 5;
  record.writeTo(fram);
  // Beside the CRC itself, which is taken with 0 in its place.
  const crc = crcOf([RECORD_FORMAT, 1, -1, 2 ** 32 + 5, 0]);
  const image = fram.imageAfter(Infinity);
  expect(image.slice(0, 14)).toEqual(new Array<number>(14).fill(0));
  expect(image.slice(14, 24)).toEqual([1852402946, 19817, 1, 0, 4294967295, 4294967295, 5, 1, crc, 0]);
  expect(image.slice(24)).toEqual(new Array<number>(24).fill(0));
});

test("a cell is its number, two words of the value, and a check of them", () => {
  const fram = new Fram(new Array<number>(12).fill(0));
  writeCell(fram, 4, 2, 7, 5 * 2 ** 32 + 9);
  expect(fram.imageAfter(Infinity)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 7, 9, 5, 59986732]);
});

test("the digest of a configuration is the CRC-32 of its numbers in their order, then of each drug's, and 20 bits of the program's number above it (PWR-005)", () => {
  const { library, program, ...pump } = REFERENCE_PUMP;
  const second = { ...REFERENCE_PUMP.library[1], softBolusNg: 7 };
  expect(program).toBe(0);
  const config = { ...pump, program, library: [...library.slice(0, 1), second] } as PumpConfig;
  // The reference pump names its numbers in that order.
  const numbers = [...Object.values(pump), ...config.library.flatMap((drug) => Object.values(drug))];
  expect(configDigest(config)).toBe(crcOf(numbers));
  const built = { ...config, program: 2 ** 48 - 5 };
  expect(configDigest(built)).toBe(crcOf(numbers) + (2 ** 20 - 5) * 2 ** 32);
});
