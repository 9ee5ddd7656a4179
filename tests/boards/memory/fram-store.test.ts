import { describe, expect, test } from "vitest";
import { NEVER_MS } from "../../../src/units";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { FakeBoard } from "../fake-devicescript";
import { FakeI2cBus } from "../i2c/fake-i2c-bus";
import type { I2cChip } from "../i2c/fake-i2c-bus";
import { i2cCode } from "../i2c/i2c-code";
import { FramBench } from "./fram-bench";
import { EepromChip, FRAM_KINDS, FramChip } from "./fram-chip";

const KINDS = Object.entries(FRAM_KINDS);

/** The largest write of a record: 58 numbers. */
const LONGEST_WORDS = 116;

function counted(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (first + i * 0x01010101) >>> 0);
}

/** What a store of `bytes` at 50h says of a bus with these chips. */
function looks(bytes: number, ...chips: I2cChip[]): boolean {
  const board = new FakeBoard();
  new FakeI2cBus(board, chips);
  return new i2cCode.FramStore(0x50, bytes).isThere();
}

describe("on the wire", () => {
  test("the byte address comes first, its higher byte before the lower, and each word lowest byte first", async () => {
    const bench = new FramBench();
    await bench.do(() => bench.store.write(0x1234, [0x44332211, 0xffffffff], 2));
    const [write, readBack] = bench.bus.records;
    expect(write).toMatchObject({ address: 0x50, written: [0x48, 0xd0, 0x11, 0x22, 0x33, 0x44, 255, 255, 255, 255] });
    expect(readBack).toMatchObject({ address: 0x50, written: [0x48, 0xd0], read: 8 });
    expect(bench.chip.words().slice(0x1234, 0x1236)).toEqual([0x44332211, 0xffffffff]);
  });

  test("the upper half of a chip of 128 kB has the next device address, and no write goes across", async () => {
    const bench = new FramBench(FRAM_KINDS.MB85RC1MT);
    const words = counted(7, LONGEST_WORDS);
    await bench.do(() => bench.store.write(16384 - 20, words, LONGEST_WORDS));
    await bench.board.run(100);
    expect(bench.chip.words().slice(16384 - 20, 16384 - 20 + LONGEST_WORDS)).toEqual(words);
    expect(bench.bus.records.slice(0, 3).map(({ address }) => address)).toEqual([0x50, 0x50, 0x51]);
    expect(bench.bus.records[0]?.written).toHaveLength(2 + 4 * 20);
    const read: number[] = [];
    await bench.do(async () => void (await bench.store.read(16384 - 20, LONGEST_WORDS, read)));
    await bench.board.run(100);
    expect(read).toEqual(words);
  });

  test("no pause between two transactions is longer than 7 ms at 400 kHz, for the longest record and for a start (MEM-003)", async () => {
    const bench = new FramBench();
    await bench.do(() => {
      for (let i = 0; i < 4; i++) bench.store.write(i * 200, counted(i, LONGEST_WORDS), LONGEST_WORDS);
    });
    await bench.board.run(100);
    expect(bench.store.waiting).toBe(0);
    await bench.do(async () => void (await bench.store.read(0, LEDGER_WORDS, [])));
    await bench.board.run(200);
    expect(bench.bus.longestSliceUs()).toBeLessThan(7000);
    expect(bench.bus.longestSliceUs()).toBeGreaterThan(5500);
  });

  test("an hour's record is in the memory within 15 ms, so within the stroke that used up the reservation", async () => {
    for (const gridUs of [1000, 10000]) {
      const bench = new FramBench(FRAM_KINDS.MB85RC256V, { gridUs });
      let orderedMs = 0;
      await bench.do(() => {
        // A cell of an hour, the ledger, the guard's record and one of its buckets.
        for (const [place, count] of [
          [800, 4],
          [300, 40],
          [0, 16],
          [64, 4],
        ] as const)
          bench.store.write(place, counted(place, count), count);
        orderedMs = bench.board.nowUs / 1000;
        bench.store.commit(1, bench.board.millis());
      }, 10);
      await bench.board.run(50);
      const written = bench.bus.records.reduce((sum, { tookUs }) => sum + tookUs / 1000, 0);
      expect(bench.reports.map(([sequence]) => sequence)).toEqual([1]);
      expect(written).toBeLessThan(15);
      expect(bench.board.nowUs / 1000 - orderedMs).toBeGreaterThan(written);
    }
  });
});

describe("the report of a commit", () => {
  test("comes once all that was written before is in the memory, and not earlier (MEM-001)", async () => {
    const bench = new FramBench();
    bench.chip.isSilent = true;
    await bench.do(() => {
      bench.store.write(0, [1, 2, 3], 3);
      bench.store.write(10, [4], 1);
      bench.store.commit(5, bench.board.millis());
      bench.store.write(20, [6], 1);
    });
    await bench.board.run(400);
    expect(bench.reports).toEqual([]);
    expect(bench.store.doneMs).toBe(NEVER_MS);
    expect(bench.store.waiting).toBe(3);
    bench.chip.isSilent = false;
    await bench.board.run(1100);
    expect(bench.reports.map(([sequence]) => sequence)).toEqual([5]);
    expect(bench.store.waiting).toBe(0);
    const words = bench.chip.words();
    expect([words[0], words[1], words[2], words[10], words[20]]).toEqual([1, 2, 3, 4, 6]);
  });

  test("a byte that is spoilt on its way is written again before anything else is (MEM-001)", async () => {
    const bench = new FramBench();
    bench.bus.onTheWay = (byte, count) => (count === 5 ? byte ^ 0x10 : byte);
    await bench.do(() => {
      bench.store.write(100, [0xaaaa5555, 77], 2);
      bench.store.write(102, [78], 1);
      bench.store.commit(1, bench.board.millis());
    });
    await bench.board.run(100);
    expect(bench.chip.words().slice(100, 103)).toEqual([0xaaaa5555, 77, 78]);
    const writes = bench.bus.records.filter(({ written, read }) => read === 0 && written.length > 2);
    expect(writes.map(({ written }) => written.length)).toEqual([10, 10, 6]);
    expect(bench.reports).toHaveLength(1);
  });

  test("never comes from a chip that refuses to keep anything, which is asked at most once a second", async () => {
    const bench = new FramBench();
    bench.chip.isProtected = true;
    await bench.do(() => {
      bench.store.write(0, [1], 1);
      bench.store.commit(1, bench.board.millis());
    });
    await bench.board.run(60000);
    expect(bench.reports).toEqual([]);
    expect(bench.bus.records.length).toBeLessThan(2 * 70);
  });

  test("what waits for a silent chip is bounded; beyond it nothing is taken, and the memory holds a beginning of what was written", async () => {
    const bench = new FramBench();
    bench.chip.isSilent = true;
    await bench.do(() => {
      for (let i = 0; i < 1000; i++) bench.store.write(4 * i, [i + 1, i + 1, i + 1, i + 1], 4);
    });
    // One more counts as waiting for good: the first that found no room.
    const held = bench.store.waiting - 1;
    expect(held * 16).toBeLessThan(i2cCode.MOST_WAITING_BYTES);
    expect(held).toBeGreaterThan(180);
    bench.chip.isSilent = false;
    await bench.board.run(5000);
    const words = bench.chip.words();
    expect(words.slice(0, 4 * held)).not.toContain(0);
    expect(words.slice(4 * held).every((word) => word === 0)).toBe(true);
    await bench.do(() => {
      bench.store.write(0, [9], 1);
      bench.store.commit(2, bench.board.millis());
    });
    await bench.board.run(2000);
    expect([bench.chip.words()[0], bench.reports]).toEqual([1, []]);
  });
});

describe("at the start", () => {
  test("a chip has the size that was declared, or it is another one (MEM-002)", () => {
    for (const [, actual] of KINDS)
      for (const [, declared] of KINDS) {
        const isThere = looks(declared.bytes, new FramChip(actual));
        // A larger chip does all that the declared one would, but for the second device address of 128 kB.
        const does = actual.bytes >= declared.bytes;
        expect(isThere, `${actual.bytes} declared as ${declared.bytes}`).toBe(does);
      }
  });

  test("one that is absent, elsewhere, write-protected or an EEPROM is not there (MEM-002)", () => {
    const kind = FRAM_KINDS.MB85RC256V;
    expect(looks(kind.bytes)).toBe(false);
    expect(looks(kind.bytes, new FramChip(kind, 3))).toBe(false);
    const guarded = new FramChip(kind);
    guarded.isProtected = true;
    expect(looks(kind.bytes, guarded)).toBe(false);
    const board = new FakeBoard();
    new FakeI2cBus(board, [new EepromChip(() => board.nowUs)]);
    expect(new i2cCode.FramStore(0x50, kind.bytes).isThere()).toBe(false);
  });

  test("looking at it changes nothing but the last word, which is beyond use", () => {
    for (const [, kind] of KINDS) {
      const chip = new FramChip(kind);
      chip.cells.forEach((_, i) => (chip.cells[i] = (i * 7 + (i >> 8)) & 255));
      const before = chip.words();
      expect(looks(kind.bytes, chip)).toBe(true);
      expect(chip.words().slice(0, -1)).toEqual(before.slice(0, -1));
      expect(new i2cCode.FramStore(0x50, kind.bytes).capacityWords).toBe(kind.bytes / 4 - 1);
    }
  });

  test("a memory that stops answering while it is read gives no page", async () => {
    const bench = new FramBench();
    const answers: boolean[] = [];
    await bench.do(async () => void answers.push(await bench.store.read(0, 10, [])));
    bench.chip.isSilent = true;
    await bench.do(async () => void answers.push(await bench.store.read(0, 10, [])));
    await bench.do(() => bench.store.write(0, [1], 1));
    await bench.do(async () => void answers.push(await bench.store.read(0, 10, [])));
    await bench.board.run(2000);
    expect(answers).toEqual([true, false, false]);
  });
});
