import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { WallClock } from "../../../src/clock";
import { EventKind } from "../../../src/events";
import { Inbox } from "../../../src/inbox";
import { NEVER_MS } from "../../../src/units";
import { FakeBoard } from "../fake-devicescript";
import { FakeI2cBus } from "../i2c/fake-i2c-bus";
import { i2cCode } from "../i2c/i2c-code";
import { Ds3231Chip } from "./ds3231-chip";

const DAY_MS = 86400000;
const END_MS = 36525 * DAY_MS;
/** 2026-03-01 08:00:00. */
const MARCH_MS = Date.UTC(2026, 2, 1, 8) - Date.UTC(2000, 0, 1);

/** A clock chip on a board, and the pump's clock, which takes what it is told as the core does. */
class ClockBench {
  readonly board = new FakeBoard();
  readonly chip: Ds3231Chip;
  readonly bus: FakeI2cBus;
  readonly wall = new WallClock();
  readonly inbox = new Inbox();
  readonly clockChip;
  /** The core believes the chip. */
  believes = true;

  constructor(wallMs?: number) {
    const nowMs = (): number => this.board.nowUs / 1000;
    this.chip = new Ds3231Chip(nowMs, wallMs);
    this.bus = new FakeI2cBus(this.board, [this.chip]);
    const clock = { nowMs: () => this.board.millis() };
    this.clockChip = new i2cCode.ClockChip({ clock: this.wall, nowMs: this.board.millis() }, this.inbox, clock);
  }

  /** What was told of the clock so far, with `detail`. */
  readonly told: [wallMs: number, detail: number][] = [];

  /** The start: what it told is taken in the first wake. */
  begin(): boolean {
    const isThere = this.clockChip.begin();
    this.takeEvents();
    return isThere;
  }

  /** Wakes each 5 min for `ms`, as the shell does. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 300000) {
      const wakeMs = this.board.millis() + Math.min(left, 300000);
      this.clockChip.beforeSleep(wakeMs);
      await this.board.runTo(wakeMs);
      this.takeEvents();
    }
  }

  private takeEvents(): void {
    while (this.inbox.firstMs !== NEVER_MS) {
      const atMs = this.inbox.firstMs;
      const { kind, count, detail } = this.inbox.takeFirst();
      // One that waits is dropped by the core.
      expect([kind, atMs]).toEqual([EventKind.setClock, this.board.millis()]);
      this.told.push([count, detail]);
      if (this.believes) this.wall.setTo(count, atMs);
    }
  }

  /** A person sets the pump's clock, and the shell goes to sleep. */
  set(wallMs: number): void {
    this.wall.setTo(wallMs, this.board.millis());
    this.clockChip.beforeSleep(0);
  }

  /** By how much the pump's clock is ahead of the chip, in ms. */
  ahead(): number {
    return this.wall.wallMs(this.board.millis()) - this.chip.wallMs;
  }
}

describe("the registers", () => {
  property.prop([fc.integer({ min: 0, max: END_MS / 1000 - 1 })], { numRuns: 500 })(
    "every second from 2000 to 2099 is written as the chip keeps it, and read again",
    (second) => {
      const registers = Buffer.alloc(7);
      expect(i2cCode.writeRegisters(registers, 0, second * 1000)).toBe(true);
      const chip = new Ds3231Chip(() => 0, 0);
      chip.start(0x68);
      for (const byte of [0, ...registers]) chip.take(byte);
      chip.stop();
      expect(chip.wallMs).toBe(second * 1000);
      expect(i2cCode.readRegisters(registers)).toBe(second * 1000);
    },
  );

  test("a time is written to the nearest second, and none from 2100 on", () => {
    const registers = Buffer.alloc(7);
    i2cCode.writeRegisters(registers, 0, MARCH_MS + 499);
    expect(i2cCode.readRegisters(registers)).toBe(MARCH_MS);
    i2cCode.writeRegisters(registers, 0, MARCH_MS + 500);
    expect(i2cCode.readRegisters(registers)).toBe(MARCH_MS + 1000);
    expect(i2cCode.writeRegisters(registers, 0, END_MS - 501)).toBe(true);
    for (const wallMs of [END_MS - 500, END_MS, -1000])
      expect(i2cCode.writeRegisters(registers, 0, wallMs)).toBe(false);
  });

  property.prop([fc.uint8Array({ minLength: 7, maxLength: 7 })], { numRuns: 2000 })(
    "whatever a broken chip shows, it is a time that can be or none",
    (bytes) => {
      const wallMs = i2cCode.readRegisters(Buffer.from(bytes));
      if (wallMs === -1) return;
      expect(wallMs).toBeGreaterThanOrEqual(0);
      expect(wallMs).toBeLessThan(END_MS);
      const again = Buffer.alloc(7);
      i2cCode.writeRegisters(again, 0, wallMs);
      again[3] = bytes[3] ?? 0;
      expect([...again]).toEqual([...bytes]);
    },
  );

  test.each([
    ["the 31st of June", [0, 0, 0x08, 1, 0x31, 0x06, 0x26]],
    ["the 29th of February of 2027", [0, 0, 0x08, 1, 0x29, 0x02, 0x27]],
    ["24 o'clock", [0, 0, 0x24, 1, 0x01, 0x03, 0x26]],
    ["60 seconds", [0x60, 0, 0x08, 1, 0x01, 0x03, 0x26]],
    ["a digit above 9", [0x1a, 0, 0x08, 1, 0x01, 0x03, 0x26]],
    ["hours of 12", [0, 0, 0x48, 1, 0x01, 0x03, 0x26]],
    ["the century bit", [0, 0, 0x08, 1, 0x01, 0x83, 0x26]],
    ["all ones", [255, 255, 255, 255, 255, 255, 255]],
    ["all zeros", [0, 0, 0, 0, 0, 0, 0]],
  ])("%s is no time", (_what, bytes) => {
    expect(i2cCode.readRegisters(Buffer.from(bytes))).toBe(-1);
  });
});

describe("the clock chip", () => {
  test("is read at the start, as a clock chip's time, in one transaction of one instant (MEM-004)", () => {
    const bench = new ClockBench(MARCH_MS);
    expect(bench.begin()).toBe(true);
    expect(bench.told).toEqual([[MARCH_MS, 1]]);
    expect(bench.bus.records).toHaveLength(1);
    expect(bench.bus.records[0]).toMatchObject({ address: 0x68, written: [0], read: 16, result: 0 });
  });

  test("that was never set, or whose oscillator has stood still, says nothing; one that is absent is missed (MEM-004)", () => {
    const fresh = new ClockBench();
    expect([fresh.begin(), fresh.told]).toEqual([true, []]);
    const empty = new ClockBench(MARCH_MS);
    empty.chip.lose();
    expect([empty.begin(), empty.told]).toEqual([true, []]);
    const silent = new ClockBench(MARCH_MS);
    silent.chip.isSilent = true;
    expect([silent.begin(), silent.told]).toEqual([false, []]);
  });

  test("is set when a person has set the pump's clock, to the second, and holds it then (MEM-004)", async () => {
    const bench = new ClockBench();
    bench.begin();
    await bench.board.run(1234);
    bench.set(MARCH_MS);
    expect(Math.abs(bench.ahead())).toBeLessThanOrEqual(500);
    expect(bench.chip.others[0x0f]).toBe(0);
    expect((bench.chip.others[0x0e] ?? 0) & 0x80).toBe(0);
    const traffic = bench.bus.records.length;
    await bench.board.run(1000);
    bench.clockChip.beforeSleep(0);
    expect(bench.bus.records).toHaveLength(traffic);
    // The mark goes only behind the time: without power in between it still says that the time was lost.
    expect(bench.bus.records.slice(-2).map(({ written }) => written[0])).toEqual([0, 0x0e]);
  });

  test("is not set by its own time, nor while the pump does not know the time", () => {
    const bench = new ClockBench(MARCH_MS);
    bench.begin();
    bench.clockChip.beforeSleep(0);
    const doubted = new ClockBench(MARCH_MS);
    doubted.believes = false;
    doubted.begin();
    doubted.wall.offsetMs = MARCH_MS + DAY_MS;
    doubted.clockChip.beforeSleep(0);
    for (const { bus } of [bench, doubted]) expect(bus.records).toHaveLength(1);
  });

  test("puts the pump's clock right once a day when that has strayed by 2 s, and is not believed when by more than a minute", async () => {
    const bench = new ClockBench(MARCH_MS);
    bench.begin();
    await bench.pass(2 * DAY_MS);
    expect(bench.told).toHaveLength(1);
    bench.chip.show(bench.chip.wallMs + 30000);
    await bench.pass(DAY_MS + 600000);
    expect(bench.told).toHaveLength(2);
    expect(Math.abs(bench.ahead())).toBeLessThan(1001);
    bench.chip.show(bench.chip.wallMs + 61500);
    await bench.pass(3 * DAY_MS);
    bench.chip.isSilent = true;
    await bench.pass(2 * DAY_MS);
    expect(bench.told).toHaveLength(2);
    // Five readings, the first one included, and no more; a silent chip is asked, too.
    expect(bench.bus.records.every(({ read }) => read === 16)).toBe(true);
    expect(bench.bus.records.length).toBeLessThan(11);
  });
});
