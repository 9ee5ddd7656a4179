import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FakeBoard } from "../fake-devicescript";
import { MOTOR_DRIVERS, violations } from "../motor-driver-chip";
import { coilsOn, enableOn, ONE_SHOT_US } from "../one-shot";
import { FakeToneServer } from "./fake-tone-server";
import type { ToneTiming } from "./fake-tone-server";
import { purgeCode } from "./purge-code";
import type { ToneStepper } from "./purge-code";

const GRID_US = 10000;

/** A tone stepper on a fake ESP32; `lateMs`: how late the turns of its main loop come, one after the other. */
class ToneBench {
  readonly board: FakeBoard;
  readonly pins;
  readonly server: FakeToneServer;
  readonly stepper: ToneStepper;
  isHeld = true;
  readonly counted: number[] = [];

  constructor(periodUs: number, tone: ToneTiming = {}, lateMs: readonly number[] = []) {
    const late = [...lateMs];
    const board = new FakeBoard({ gridUs: GRID_US, pinCallUs: 2, lateness: () => 1000 * (late.shift() ?? 0) });
    this.board = board;
    this.pins = { step: board.pin(), dir: board.pin(), enable: board.pin(), heartbeat: board.pin() };
    this.server = new FakeToneServer(board, this.pins.step, tone);
    this.stepper = new purgeCode.ToneStepper(this.pins, this.server, { isHeld: () => this.isHeld }, periodUs);
  }

  async bursts(...durationsMs: number[]): Promise<this> {
    this.board.start(async () => {
      for (const durationMs of durationsMs) this.counted.push(await this.stepper.burst(durationMs));
      await this.stepper.rest();
    });
    await this.board.run(300 + durationsMs.length * 1000);
    return this;
  }
}

/** What the design says that a burst of T can make at most: floor((T + 10 ms) / P) + 1. */
const designBound = (durationMs: number, periodUs: number): number =>
  Math.floor(((durationMs + 10) * 1000) / periodUs) + 1;

const anyPeriodUs = fc.oneof(fc.integer({ min: 100, max: 10000 }), fc.constantFrom(100, 1112, 10000));

describe("what a burst counts", () => {
  test("is never less than what came out, at any length, period and phase of the main loop, on time or late (DRV-008)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 500 }),
        anyPeriodUs,
        fc.integer({ min: 0, max: 10000 }),
        fc.boolean(),
        fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 400 })), {
          maxLength: 60,
        }),
        async (durationMs, periodUs, latencyUs, isShort, lateMs) => {
          const bench = new ToneBench(periodUs, { latencyUs: () => latencyUs, isShort }, lateMs);
          await bench.bursts(durationMs);
          await bench.board.run(2000);
          const [counted = 0] = bench.counted;
          expect(counted).toBeGreaterThanOrEqual(bench.server.made());
          expect(counted).toBeGreaterThanOrEqual(designBound(durationMs, periodUs));
          expect(bench.server.made()).toBeGreaterThanOrEqual(bench.stepper.leastPulses);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("is the design's bound and 2 ms with 1 part in 256 more, while the main loop turns in time", async () => {
    for (const [durationMs, periodUs] of [
      [500, 1112],
      [1, 100],
      [333, 2000],
    ] as const) {
      const bench = await new ToneBench(periodUs).bursts(durationMs, durationMs);
      const most = Math.floor(((durationMs + 12) * 257000) / (periodUs * 256)) + 1;
      expect(bench.counted).toEqual([most, most]);
      expect(purgeCode.mostPulses(durationMs + purgeCode.TURN_MS, periodUs)).toBe(most);
    }
  });

  test("the longest burst for a number of pulses counts no more than that, and 1 ms more would", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), anyPeriodUs, (pulses, periodUs) => {
        const ms = purgeCode.longestBurstMs(pulses, periodUs);
        const counts = (durationMs: number): number => purgeCode.mostPulses(durationMs + purgeCode.TURN_MS, periodUs);
        if (ms >= 1) expect(counts(ms)).toBeLessThanOrEqual(pulses);
        if (ms < purgeCode.LONGEST_BURST_MS) expect(counts(Math.max(ms, 0) + 1)).toBeGreaterThan(pulses);
      }),
    );
  });
});

describe.each(MOTOR_DRIVERS)("$name behind the one-shot", (chip) => {
  test.each([100, 1112, 10000])("sees no edge out of its limits at %i us a pulse (DRV-009)", async (periodUs) => {
    const bench = await new ToneBench(periodUs, { latencyUs: () => 700 }).bursts(500, 500, 37, 1);
    expect(bench.server.bursts).toHaveLength(4);
    expect(violations(chip, bench.pins)).toStrictEqual([]);
  });
});

test("EN goes on 2 ms before the first pulse and off 50 ms behind the last, and HEARTBEAT beats each 100 ms between (DRV-009)", async () => {
  const bench = await new ToneBench(1112).bursts(500, 500);
  const [on, ...others] = enableOn(bench.pins.enable.edges);
  expect(others).toEqual([]);
  const rises = bench.server.risesUs();
  expect((rises[0] ?? 0) - (on?.fromUs ?? Infinity)).toBeGreaterThanOrEqual(2000);
  expect((on?.toUs ?? 0) - (rises.at(-1) ?? Infinity)).toBeGreaterThanOrEqual(50000);
  const beats = bench.pins.heartbeat.risesUs();
  const gaps = beats.slice(1).map((atUs, i) => atUs - (beats[i] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(100000);
  expect(Math.max(...bench.pins.dir.edges.map(({ high }) => Number(high)))).toBe(0);
});

test("who lets go ends it: EN is off in the next turn of the main loop, and the burst counts whole", async () => {
  for (let afterMs = 0; afterMs < 520; afterMs += 37) {
    const bench = new ToneBench(1112);
    bench.board.start(async () => void bench.counted.push(await bench.stepper.burst(500)));
    await bench.board.run(20 + afterMs);
    bench.isHeld = false;
    const letGoUs = bench.board.nowUs;
    await bench.board.run(1000);
    for (const { toUs } of enableOn(bench.pins.enable.edges)) expect(toUs).toBeLessThanOrEqual(letGoUs + 10100);
    expect(bench.counted[0]).toBeGreaterThanOrEqual(bench.server.made());
    if (afterMs < 480) expect(bench.stepper.leastPulses).toBe(0);
  }
});

test("a program that dies in a burst leaves the motor to the one-shot: off within its time of the last beat (DRV-009)", async () => {
  for (let afterMs = 25; afterMs < 550; afterMs += 75) {
    const bench = new ToneBench(1112);
    bench.board.start(async () => void (await bench.stepper.burst(500)));
    await bench.board.run(afterMs);
    const diedUs = bench.board.nowUs;
    const [on] = coilsOn(bench.pins, ONE_SHOT_US.longest);
    expect(enableOn(bench.pins.enable.edges)).toHaveLength(1);
    expect(on?.toUs).toBeLessThanOrEqual(diedUs + ONE_SHOT_US.longest);
  }
});

test("a main loop that stands still takes EN away as soon as it turns again", async () => {
  const bench = await new ToneBench(1112, {}, [...new Array<number>(10).fill(0), 180]).bursts(500);
  const [on] = enableOn(bench.pins.enable.edges);
  const [burst] = bench.server.bursts;
  expect((on?.toUs ?? Infinity) - (on?.fromUs ?? 0)).toBeLessThan(330000);
  expect(bench.counted[0]).toBeGreaterThanOrEqual(bench.server.made());
  expect(burst?.endUs).toBeLessThan(Infinity);
});

test.each([
  ["longer than 500 ms", 1112, 501],
  ["of no length", 1112, 0],
  ["of half a ms", 1112, 20.5],
  ["with pulses too quick", 99, 100],
  ["with pulses too slow", 10001, 100],
])("a burst %s is refused, and nothing moves ever after", async (_what, periodUs, durationMs) => {
  const bench = await new ToneBench(periodUs).bursts(durationMs, 100);
  expect(bench.stepper.isBroken).toBe(true);
  expect(bench.server.bursts).toEqual([]);
  expect(enableOn(bench.pins.enable.edges)).toEqual([]);
  expect(bench.counted).toEqual([0, 0]);
});
