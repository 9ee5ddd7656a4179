import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  CELL_WORDS,
  readCell,
  RECORD_FRAME,
  SlotFind,
  TwoSlotRecord,
  writeCell,
} from "../../../src/record/two-slot-record";
import { NEVER_MS } from "../../../src/units";
import { Fram, withFlippedBit } from "./fram";

const FIELDS = 4;
/** Both slots, two words a number. */
const WORDS = 4 * (FIELDS + RECORD_FRAME);
const anyNumber = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0, -1, NEVER_MS, -NEVER_MS, 2 ** 32, -(2 ** 32), 2 ** 31),
  fc.maxSafeInteger(),
);
const fields = fc.array(anyNumber, { minLength: FIELDS, maxLength: FIELDS });

/** What a fresh program finds. */
function found(image: readonly number[], sequence = -1): { find: SlotFind; numbers: number[] } {
  const record = new TwoSlotRecord(0, FIELDS);
  const find = record.readFrom(image, sequence);
  return { find, numbers: record.numbers.slice(1, 2 + FIELDS) };
}

/** A memory in which these records were written one after the other, and the record that writes on. */
function written(records: readonly (readonly number[])[]): { fram: Fram; record: TwoSlotRecord } {
  const fram = new Fram(new Array<number>(WORDS).fill(0));
  const record = new TwoSlotRecord(0, FIELDS);
  for (const numbers of records) write(fram, record, numbers);
  return { fram, record };
}

function write(fram: Fram, record: TwoSlotRecord, numbers: readonly number[]): void {
  numbers.forEach((number, index) => (record.numbers[2 + index] = number));
  record.writeTo(fram);
  fram.commit(1, 0);
  fram.takeReport();
}

describe("a record in two slots", () => {
  property.prop([fc.array(fields, { maxLength: 6 }), fields, fields], { numRuns: 60 })(
    "torn at any byte is the old one or the new one, and the next write after that is whole (PWR-001)",
    (before, next, after) => {
      const { fram, record } = written(before);
      next.forEach((number, index) => (record.numbers[2 + index] = number));
      record.writeTo(fram);
      const old = { sequence: before.length, numbers: before.at(-1) };
      for (let bytes = 0; bytes <= 4 * WORDS; bytes++) {
        const image = fram.imageAfter(bytes);
        const { find, numbers } = found(image);
        const isNew = find === SlotFind.record && numbers[0] === before.length + 1;
        if (isNew) expect(numbers.slice(1)).toEqual(next);
        else if (old.numbers === undefined) expect([SlotFind.blank, SlotFind.damaged]).toContain(find);
        else expect([find, ...numbers]).toEqual([SlotFind.record, old.sequence, ...old.numbers]);
        if (bytes >= fram.pendingBytes) expect(isNew).toBe(true);
        if (bytes % 7 !== 0 || (before.length === 0 && !isNew)) continue;
        const again = new TwoSlotRecord(0, FIELDS);
        again.readFrom(image, -1);
        const later = new Fram(image);
        write(later, again, after);
        expect(found(later.imageAfter(0)).numbers).toEqual([before.length + (isNew ? 2 : 1), ...after]);
      }
    },
  );

  property.prop([fields, fields, fc.constantFrom(2, 3, 7)], { numRuns: 20 })(
    "with any bit flipped is the newest, or the one before it: never another",
    (older, newer, count) => {
      const { fram } = written([...Array.from({ length: count - 2 }, () => older), older, newer]);
      const image = fram.imageAfter(0);
      for (let bit = 0; bit < 32 * WORDS; bit++) {
        const { find, numbers } = found(withFlippedBit(image, bit));
        expect(find).toBe(SlotFind.record);
        const [sequence, ...rest] = numbers;
        expect([count - 1, count]).toContain(sequence);
        expect(rest).toEqual(sequence === count ? newer : older);
        // Who asks for the newest by its number is never given the older one.
        const asked = found(withFlippedBit(image, bit), count);
        if (sequence === count) expect(asked).toEqual({ find, numbers });
        else expect(asked.find).not.toBe(SlotFind.record);
      }
    },
  );

  test("a very first one that was torn leaves a blank memory blank", () => {
    const fram = new Fram(new Array<number>(WORDS).fill(0));
    const record = new TwoSlotRecord(0, FIELDS);
    record.writeTo(fram);
    for (let bytes = 0; bytes < 4 * (FIELDS + 3) * 2 - 4; bytes++)
      expect(found(fram.imageAfter(bytes)).find).toBe(SlotFind.blank);
    expect(found(new Array<number>(WORDS).fill(0xffffffff)).find).toBe(SlotFind.blank);
  });

  property.prop([fc.array(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { minLength: WORDS, maxLength: WORDS })])(
    "noise is none",
    (noise) => {
      expect(found(noise).find).toBe(SlotFind.damaged);
    },
  );
});

describe("a record in two slots, by number", () => {
  const FIRST = [1, 2, 3, 4];
  const image = (count: number): number[] => {
    const records = Array.from({ length: count }, (_, k) => FIRST.map((one) => one + k));
    return written(records).fram.imageAfter(0);
  };

  test("the very first is found, and each of the last two; one before them, later or of no number is not (PWR-001)", () => {
    expect(found(image(1))).toEqual({ find: SlotFind.record, numbers: [1, ...FIRST] });
    const three = image(3);
    expect(found(three)).toEqual({ find: SlotFind.record, numbers: [3, 3, 4, 5, 6] });
    expect(found(three, 3)).toEqual(found(three));
    expect(found(three, 2)).toEqual({ find: SlotFind.record, numbers: [2, 2, 3, 4, 5] });
    for (const sequence of [0, 1, 4]) expect(found(three, sequence).find).toBe(SlotFind.damaged);
  });

  test("two torn ones are damaged, whatever lies behind them", () => {
    const torn = image(2).map((word) => word ^ 1);
    for (const behind of [[], new Array<number>(WORDS).fill(0), image(2)])
      expect(found([...torn, ...behind]).find).toBe(SlotFind.damaged);
  });
});

describe("a ring of cells", () => {
  const CELLS = 5;

  property.prop([
    fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: NEVER_MS })), {
      minLength: 1,
      maxLength: 30,
    }),
  ])("keeps the last of each cell; torn at any byte a cell is the old one, the new one, or none", (writes) => {
    const fram = new Fram(new Array<number>(CELLS * CELL_WORDS).fill(0));
    const kept = new Map<number, number>();
    let number = 0;
    for (const [step, value] of writes) {
      number += step;
      const evicted = number - CELLS;
      writeCell(fram, 0, CELLS, number, value);
      for (let bytes = 0; bytes <= 4 * CELL_WORDS; bytes++) {
        const image = fram.imageAfter(bytes);
        expect([value, kept.get(number) ?? -1, -1]).toContain(readCell(image, 0, CELLS, number));
        expect([kept.get(evicted) ?? -1, -1]).toContain(readCell(image, 0, CELLS, evicted));
        if (bytes === 4 * CELL_WORDS) expect(readCell(image, 0, CELLS, number)).toBe(value);
      }
      fram.commit(1, 0);
      fram.takeReport();
      kept.set(number, value);
      kept.delete(evicted);
      for (const [one, expected] of kept)
        if (one > number - CELLS) expect(readCell(fram.imageAfter(0), 0, CELLS, one)).toBe(expected);
    }
  });

  test("a blank memory holds no number, 0 neither, and a flipped bit makes a cell none", () => {
    const blank = new Array<number>(CELLS * CELL_WORDS).fill(0);
    for (let number = 0; number < 2 * CELLS; number++) expect(readCell(blank, 0, CELLS, number)).toBe(-1);
    const fram = new Fram(blank);
    writeCell(fram, 0, CELLS, 7, 123456789012);
    const image = fram.imageAfter(Infinity);
    expect(readCell(image, 0, CELLS, 7)).toBe(123456789012);
    const place = 2 * CELL_WORDS;
    for (let bit = 0; bit < 32 * CELL_WORDS; bit++)
      expect(readCell(withFlippedBit(image, 32 * place + bit), 0, CELLS, 7)).toBe(-1);
  });
});
