import { describe, expect, test } from "vitest";
import { MoveResult } from "../../src/motion/step-driver";
import { StepperBench } from "./stepper-bench";

const START_MS = 1200;
const INSIDE_MS = START_MS + 12;
const IN_HOLD_MS = START_MS + 60;

async function benchWith(strokes: number): Promise<StepperBench> {
  const bench = new StepperBench();
  await bench.at(START_MS, () => bench.order(strokes));
  return bench;
}

function results(bench: StepperBench): [number, number][] {
  return bench.reports.map(({ strokes, result }) => [strokes, result]);
}

describe("EN ordered off after the stroke", () => {
  test("lets the stroke be finished and gives up those that wait, each in a report of its own", async () => {
    const bench = await benchWith(3);
    await bench.at(INSIDE_MS, (nowMs) => bench.stepper.halt(false, nowMs));
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(16);
    expect(results(bench)).toStrictEqual([
      [2, MoveResult.cancelled],
      [1, MoveResult.made],
    ]);
    expect(bench.pins.enable.high).toBe(true);
  });

  test("in the wake in which strokes are ordered lets none begin: behind a stop the guard would not let it", async () => {
    const bench = new StepperBench();
    await bench.at(START_MS, (nowMs) => {
      bench.order(2);
      bench.stepper.halt(false, nowMs);
    });
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(0);
    expect(results(bench)).toStrictEqual([[2, MoveResult.cancelled]]);
  });

  test("at rest says nothing", async () => {
    const bench = new StepperBench();
    await bench.at(START_MS, (nowMs) => bench.stepper.halt(false, nowMs));
    await bench.board.run(2000);
    expect(bench.reports).toHaveLength(0);
  });
});

describe("EN ordered off at once", () => {
  test("is off at once; no further pulse; every stroke is reported as given up", async () => {
    const bench = await benchWith(3);
    let pulsesThen = 0;
    await bench.at(INSIDE_MS, (nowMs) => {
      bench.stepper.halt(true, nowMs);
      expect(bench.pins.enable.high).toBe(true);
      pulsesThen = bench.pulsesUs().length;
    });
    await bench.board.run(2000);
    expect(pulsesThen).toBeGreaterThan(0);
    expect(bench.pulsesUs()).toHaveLength(pulsesThen);
    expect(bench.reported()).toBe(3);
    expect(bench.reports.every(({ result }) => result === MoveResult.cancelled)).toBe(true);
  });

  test("stays so for the stroke that is cut off, when another is ordered before it could notice; that one is made", async () => {
    const bench = await benchWith(1);
    let pulsesThen = 0;
    await bench.at(INSIDE_MS, (nowMs) => {
      bench.stepper.halt(true, nowMs);
      bench.order(1);
      pulsesThen = bench.pulsesUs().length;
    });
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(pulsesThen + 16);
    expect(results(bench)).toStrictEqual([
      [1, MoveResult.cancelled],
      [1, MoveResult.made],
    ]);
    for (const pulseUs of bench.pulsesUs()) expect(bench.coilsOnForUs(pulseUs)).toBeGreaterThanOrEqual(2000);
  });

  test("after the last pulse leaves a stroke that was made", async () => {
    const bench = await benchWith(1);
    await bench.at(IN_HOLD_MS, (nowMs) => bench.stepper.halt(true, nowMs));
    await bench.board.run(2000);
    expect(bench.pulsesUs()).toHaveLength(16);
    expect(results(bench)).toStrictEqual([[1, MoveResult.made]]);
  });

  test("does not outlast the next order", async () => {
    const bench = new StepperBench();
    await bench.at(START_MS, (nowMs) => bench.stepper.halt(true, nowMs));
    await bench.at(START_MS + 1000, () => bench.order(1));
    await bench.board.run(2000);
    expect(results(bench)).toStrictEqual([[1, MoveResult.made]]);
  });
});

describe("a report that nobody has read yet takes in the next", () => {
  test("with the strokes of both; given up wins over made", async () => {
    const bench = await benchWith(2);
    bench.readsReports = false;
    await bench.at(INSIDE_MS, (nowMs) => bench.stepper.halt(false, nowMs));
    await bench.board.run(2000);
    expect(bench.stepper).toMatchObject({ doneStrokes: 2, doneResult: MoveResult.cancelled });
    bench.stepper.takeReport();
    expect(bench.stepper).toMatchObject({ doneStrokes: 0, doneResult: MoveResult.made });
  });

  test("and a stroke that came late is known, whether others were given up on order after it or before", async () => {
    const after = new StepperBench();
    after.readsReports = false;
    await after.at(5000, () => after.order(1, 1000));
    await after.at(5100, (nowMs) => {
      after.order(1);
      after.stepper.halt(false, nowMs);
    });
    await after.board.run(2000);
    expect(after.stepper).toMatchObject({ doneStrokes: 2, doneResult: MoveResult.dropped });

    let lateUs = 0;
    const before = new StepperBench(16, 2, { lateness: () => lateUs });
    before.readsReports = false;
    await before.at(START_MS, () => before.order(2));
    await before.at(INSIDE_MS, (nowMs) => {
      before.stepper.halt(false, nowMs);
      lateUs = 200000;
    });
    await before.board.run(2000);
    expect(before.stepper).toMatchObject({ doneStrokes: 2, doneResult: MoveResult.dropped });
  });
});

test("without the guard's permission EN stays off, no pulse comes, and all that waits is given up (SAF-005)", async () => {
  const bench = new StepperBench();
  await bench.at(2000, () => bench.order(1));
  await bench.board.run(1000);
  bench.isPermitted = false;
  const pulses = bench.pulsesUs().length;
  await bench.at(4000, () => bench.order(3));
  await bench.board.run(5000);
  expect(bench.pulsesUs()).toHaveLength(pulses);
  expect(bench.pins.enable.high).toBe(true);
  expect(bench.reports.map(({ strokes, result }) => [strokes, result])).toEqual([
    [1, MoveResult.made],
    [3, MoveResult.cancelled],
  ]);
  expect(bench.strokesOver).toEqual([[16, false]]);
});
