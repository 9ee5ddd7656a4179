import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MoveResult, STALE_PULSE_MS, STALE_STROKE_MS } from "../../src/motion/step-driver";
import { ENABLE_LEAD_MS, HOLD_MS } from "../../src/motion/stroke-time";
import { StepperBench } from "./stepper-bench";

const GRIDS = [
  { name: "1 ms", gridUs: 1000 },
  { name: "10 ms", gridUs: 10000 },
];

const START_MS = 1200;
/** What an RP2040 without a USB or Jacdac peer was seen to sleep instead of some ms: its 32-bit µs timer has to wrap. */
const WRAP_US = 4294967296;

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

/** A bench whose `nth` turn of the main loop comes `lateUs` late; the first is the one in which the fibers start. */
function lateBench(nth: number, lateUs: number, pulses = 16): StepperBench {
  let turns = 0;
  return new StepperBench(pulses, 2, { lateness: () => (++turns === nth ? lateUs : 0) });
}

/** Turns of {@link lateBench}: the fibers start, the strokes are ordered, the first pulse. */
const FIRST_PULSE = 3;

describe.each(GRIDS)("pulse stepper, woken on a grid of $name (SAF-005)", ({ gridUs }) => {
  test.each([
    [16, 2],
    [1, 1],
    [3, 1],
    [32, 12],
    [170, 10],
  ])("a stroke of %i pulses, one each %i ms, is made as ordered", async (pulses, intervalMs) => {
    const bench = new StepperBench(pulses, intervalMs, { gridUs });
    await bench.at(START_MS, () => bench.order(3));
    await bench.board.run(60000);

    const pulsesUs = bench.pulsesUs();
    expect(pulsesUs).toHaveLength(3 * pulses);
    expect(Math.min(...gaps(pulsesUs))).toBeGreaterThanOrEqual(intervalMs * 1000);
    expect(bench.reports.map(({ strokes, result }) => ({ strokes, result }))).toStrictEqual(
      Array.from({ length: 3 }, () => ({ strokes: 1, result: MoveResult.made })),
    );
    expect(bench.pins.dir.edges).toHaveLength(1);
  });

  test("the coils are on 2 ms before the first pulse, through all, and 50 ms after the last; then off", async () => {
    const bench = new StepperBench(16, 2, { gridUs });
    await bench.at(START_MS, () => bench.order(2));
    await bench.board.run(5000);
    const pulsesUs = bench.pulsesUs();
    const lastUs = pulsesUs.at(-1) ?? 0;
    for (const pulseUs of pulsesUs) expect(bench.coilsOnForUs(pulseUs)).toBeGreaterThanOrEqual(ENABLE_LEAD_MS * 1000);
    expect(bench.coilsOnForUs(lastUs + HOLD_MS * 1000)).toBeGreaterThan(0);
    const offUs = bench.pins.enable.edges.at(-1)?.atUs ?? 0;
    expect(bench.pins.enable.high).toBe(true);
    expect(offUs - lastUs).toBeGreaterThanOrEqual(HOLD_MS * 1000);
    expect(offUs - lastUs).toBeLessThan(HOLD_MS * 1000 + 2 * gridUs);
  });

  test.each([1, 3, 16])(
    "HEARTBEAT changes with every one of %i pulses a stroke and rests with the motor",
    async (n) => {
      const bench = new StepperBench(n, 2, { gridUs });
      for (const atMs of [START_MS, 3000, 3050, 9000]) await bench.at(atMs, () => bench.order(1));
      await bench.board.run(60000);
      const beatsUs = new Set(bench.pins.heartbeat.edges.map(({ atUs }) => atUs));
      const pulsesUs = bench.pulsesUs();
      expect(pulsesUs).toHaveLength(4 * n);
      for (const pulseUs of pulsesUs) expect(beatsUs).toContain(pulseUs);
      // Besides: once at the start, where it gets its level, and with EN going on.
      const otherUs = [...beatsUs].filter((atUs) => !pulsesUs.includes(atUs));
      const enabledUs = bench.pins.enable.edges.filter(({ high }) => !high).map(({ atUs }) => atUs);
      expect(enabledUs).toHaveLength(3);
      expect(otherUs).toHaveLength(1 + 4);
      expect(otherUs).toEqual(expect.arrayContaining(enabledUs));
    },
  );
});

describe("strokes", () => {
  test("add up and follow one another, also those that are ordered while one is being made", async () => {
    const bench = new StepperBench(16, 2);
    await bench.at(START_MS, () => bench.order(2));
    await bench.at(START_MS + 10, () => bench.order(1));
    await bench.at(START_MS + 100, () => bench.order(2));
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(5 * 16);
    expect(bench.reported()).toBe(5);
    // Between two strokes the rotor rests, with EN on: it goes off once, after the last.
    expect(bench.pins.enable.edges.map(({ high }) => high)).toStrictEqual([true, false, true]);
    const pauses = gaps(bench.pulsesUs()).filter((gap) => gap > 2000);
    expect(pauses).toHaveLength(4);
    for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(HOLD_MS * 1000);
  });

  test.each([
    { lateMs: STALE_STROKE_MS, made: 16, result: MoveResult.made },
    { lateMs: STALE_STROKE_MS + 1, made: 0, result: MoveResult.dropped },
  ])("begun $lateMs ms after their due time make $made pulses (SAF-004)", async ({ lateMs, made, result }) => {
    const bench = new StepperBench();
    await bench.at(5000, () => bench.order(1, 5000 - lateMs));
    await bench.board.run(1000);
    expect(bench.pulsesUs()).toHaveLength(made);
    expect(bench.reports).toMatchObject([{ strokes: 1, result }]);
    expect(bench.pins.enable.high).toBe(true);
  });

  test("are judged by the first that waits, not by one that is ordered later", async () => {
    const bench = new StepperBench();
    await bench.at(5000, (nowMs) => {
      bench.order(1, nowMs - STALE_STROKE_MS - 1);
      bench.order(1, nowMs);
    });
    await bench.board.run(1000);
    expect(bench.pulsesUs()).toHaveLength(0);
    expect(bench.reports).toMatchObject([{ strokes: 2, result: MoveResult.dropped }]);
  });

  test("whose turn comes more than 2 s late behind another stroke are dropped (SAF-004)", async () => {
    // Turn 2 orders, 3 to 18 make the pulses; 19 ends the hold.
    const bench = lateBench(FIRST_PULSE + 16, STALE_STROKE_MS * 1000 + 1000);
    await bench.at(START_MS, () => bench.order(3));
    await bench.board.run(10000);
    expect(bench.pulsesUs()).toHaveLength(16);
    expect(bench.reported()).toBe(3);
    expect(bench.reports.at(-1)?.result).toBe(MoveResult.dropped);
  });
});

describe("a pulse that comes late inside a stroke (SAF-004)", () => {
  test.each(Array.from({ length: 16 }, (_, pulse) => pulse))(
    "pulse %i by 71 minutes: not made, nor any after it; EN off; the stroke and those that wait are given up",
    async (pulse) => {
      const bench = lateBench(FIRST_PULSE + pulse, WRAP_US);
      await bench.at(START_MS, () => bench.order(2));
      await bench.board.run(2 * (WRAP_US / 1000));
      expect(bench.pulsesUs()).toHaveLength(pulse);
      expect(bench.pins.enable.high).toBe(true);
      expect(bench.reports).toMatchObject([{ strokes: 2, result: MoveResult.dropped }]);
    },
  );

  test.each([
    { lateMs: STALE_PULSE_MS, made: 16 },
    { lateMs: STALE_PULSE_MS + 1, made: 4 },
  ])("by $lateMs ms leaves $made pulses of the stroke", async ({ lateMs, made }) => {
    const bench = lateBench(FIRST_PULSE + 4, lateMs * 1000);
    await bench.at(START_MS, () => bench.order(1));
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(made);
  });

  test("does not keep the next stroke from being made", async () => {
    const bench = lateBench(FIRST_PULSE + 4, 200000);
    await bench.at(START_MS, () => bench.order(1));
    await bench.at(3000, () => bench.order(1));
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(4 + 16);
    expect(bench.reports.map(({ result }) => result)).toStrictEqual([MoveResult.dropped, MoveResult.made]);
  });
});

test("the driver is off from the first instant, before anything was ordered (SAF-005)", () => {
  const { board, pins } = new StepperBench();
  expect(pins.enable.edges).toEqual([{ atUs: board.nowUs, high: true }]);
});

test("no pulse without a move, and one report for each stroke, whatever is ordered and however late the wakes (SAF-005)", async () => {
  const shellCall = fc.record({
    afterMs: fc.integer({ min: 0, max: 300 }),
    what: fc.constantFrom("move", "move", "move", "off", "offAtOnce"),
    strokes: fc.integer({ min: 1, max: 3 }),
    lateMs: fc.integer({ min: 0, max: 2500 }),
  });
  const lateness = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 5000000 })));
  const pump = fc.record({
    pulses: fc.integer({ min: 1, max: 8 }),
    intervalMs: fc.integer({ min: 1, max: 12 }),
    gridUs: fc.constantFrom(1000, 10000, 1020),
  });
  await fc.assert(
    fc.asyncProperty(pump, fc.array(shellCall, { maxLength: 12 }), lateness, async (pump, calls, late) => {
      let turn = 0;
      const timing = { gridUs: pump.gridUs, lateness: () => late[turn++] ?? 0 };
      const bench = new StepperBench(pump.pulses, pump.intervalMs, timing);
      for (const call of calls) {
        await bench.at(bench.board.millis() + call.afterMs, (nowMs) => {
          if (call.what === "move") bench.order(call.strokes, nowMs - call.lateMs);
          else bench.stepper.halt(call.what === "offAtOnce", nowMs);
        });
        await bench.board.run(0);
        expect(bench.pulsesUs().length).toBeLessThanOrEqual(bench.ordered * pump.pulses);
      }
      await bench.board.run(120000);
      expect(bench.pulsesUs().length).toBeLessThanOrEqual(bench.ordered * pump.pulses);
      expect(bench.reported()).toBe(bench.ordered);
      expect(bench.pins.enable.high).toBe(true);
      const madeStrokes = bench.reports.filter(({ result }) => result === MoveResult.made).length;
      expect(bench.pulsesUs().length).toBeGreaterThanOrEqual(madeStrokes * pump.pulses);
      for (const pulseUs of bench.pulsesUs()) expect(bench.coilsOnForUs(pulseUs)).toBeGreaterThanOrEqual(2000);
    }),
    { numRuns: 150 },
  );
});

test("an RP2040's turns, 1.02 ms apart, keep the mean interval; a gap is short by less than the millisecond that had begun", async () => {
  const bench = new StepperBench(256, 2, { gridUs: 1020 });
  await bench.at(START_MS, () => bench.order(1));
  await bench.board.run(5000);
  const found = gaps(bench.pulsesUs());
  expect(found).toHaveLength(255);
  expect(Math.min(...found)).toBeGreaterThan(1000);
  expect(found.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThanOrEqual(255 * 2000 - 1000);
});
