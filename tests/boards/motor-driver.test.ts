import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { FaultKind } from "../../src/safety/fault";
import { GuardTrip } from "../../src/safety/guard";
import { enterSafeState } from "../../src/safety/safe-state";
import { boardCode } from "./board-code";
import { drawn, MOTOR_DRIVERS, violations } from "./motor-driver-chip";
import { coilsOn, ONE_SHOT_US, oneShotOn } from "./one-shot";
import { PumpBench } from "./pump-bench";
import { BENCH_PUMP, StepperBench } from "./stepper-bench";

const START_MS = 1200;

/** One `setMode` takes 38 µs on an RP2040 (measured in its emulator); on an ESP32 nobody has measured it, and 2 µs would be fast. */
const BOARDS = [
  { name: "RP2040", gridUs: 1000, pinCallUs: 38 },
  { name: "ESP32", gridUs: 10000, pinCallUs: 2 },
];

describe.each(MOTOR_DRIVERS)("$name behind the one-shot", (chip) => {
  test.each(BOARDS.flatMap((board) => [false, true].map((holds) => ({ ...board, holds }))))(
    "sees no edge out of its limits on $name, EN held: $holds (DRV-001)",
    async ({ gridUs, pinCallUs, holds }) => {
      for (const [pulses, intervalMs] of [
        [16, 2],
        [1, 200],
        [8, 1],
        [5, 190],
      ] as const) {
        const bench = new StepperBench(pulses, intervalMs, { gridUs, pinCallUs }, holds);
        await bench.at(START_MS, () => bench.order(3));
        await bench.at(9000, () => bench.order(1));
        await bench.at(12000, () => bench.stepper.halt(false, 12000));
        await bench.board.run(5000);
        expect(bench.pulsesUs()).toHaveLength(4 * pulses);
        expect(violations(chip, bench.pins)).toStrictEqual([]);
      }
    },
  );
});

test("the fakes see what they are there for", () => {
  const [a4988, drv8825] = MOTOR_DRIVERS as [(typeof MOTOR_DRIVERS)[number], (typeof MOTOR_DRIVERS)[number]];
  const beat = [
    [1000, 1],
    [1010, 0],
  ] as const;
  const sound = {
    dir: [[0, 0]],
    enable: [
      [0, 1],
      [1000, 0],
      [200000, 1],
    ],
    heartbeat: beat,
    step: [
      [0, 0],
      [4000, 1],
      [4002, 0],
    ],
  } as const;
  expect(violations(drv8825, drawn(sound))).toStrictEqual([]);
  const broken = (name: keyof typeof sound, edges: readonly (readonly [number, 0 | 1])[]): string =>
    violations(a4988, drawn({ ...sound, [name]: edges })).join("; ");
  expect(broken("step", [[4000, 1] as const, [4000.5, 0] as const])).toBe("STEP high for 0.5 µs at 4000");
  expect(broken("step", [[1900, 1] as const, [1910, 0] as const])).toBe("STEP 900 µs behind EN at 1900");
  expect(broken("step", [[200000, 1] as const, [200010, 0] as const])).toBe("STEP without current at 200000");
  expect(broken("dir", [[4000.1, 1]])).toBe("DIR moves at 4000.1");
  expect(broken("enable", [[1000, 0] as const, [301001, 1] as const])).toMatch(/EN on from 1000 to 301001 without/);
  // One edge is not enough for a level: a heartbeat that stays high is none.
  expect(
    oneShotOn(
      [
        { atUs: 5, high: true },
        { atUs: 10, high: true },
        { atUs: 400000, high: false },
      ],
      300000,
    ),
  ).toStrictEqual([{ fromUs: 5, toUs: 300010 }]);
});

describe("EN that is held between strokes", () => {
  test("stays on with the coils' current until the pump is halted, by a beat each 100 ms (DRV-002)", async () => {
    for (const gridUs of [1000, 10000]) {
      const bench = new StepperBench(16, 2, { gridUs }, true);
      await bench.at(START_MS, () => bench.order(1));
      await bench.at(5000, () => bench.order(1));
      await bench.at(60000, (nowMs) => bench.stepper.halt(false, nowMs));
      await bench.board.run(5000);
      const [held, ...others] = coilsOn(bench.pins);
      expect(others).toStrictEqual([]);
      expect(held?.fromUs).toBeLessThanOrEqual(START_MS * 1000 + gridUs);
      expect(held?.toUs).toBe(60000000);
      const wakes = bench.board.wakes;
      await bench.board.run(60000);
      expect(bench.board.wakes).toBe(wakes);
    }
  });

  test("goes off with the stroke that is being made, when the halt comes inside it (DRV-002)", async () => {
    const bench = new StepperBench(16, 2, {}, true);
    await bench.at(START_MS, () => bench.order(1));
    await bench.at(START_MS + 12, (nowMs) => bench.stepper.halt(false, nowMs));
    await bench.board.run(1000);
    expect(bench.pulsesUs()).toHaveLength(16);
    expect(bench.pins.enable.high).toBe(true);
  });

  test.each([
    { name: "is stopped", change: { isOrdered: false } },
    { name: "has tripped", change: { trip: GuardTrip.tooFast } },
  ])("goes off by itself within 100 ms when the guard $name, whoever forgot to halt (DRV-002)", async ({ change }) => {
    const bench = new StepperBench(16, 2, {}, true);
    await bench.at(START_MS, () => bench.order(1));
    await bench.at(3000, () => void Object.assign(bench.guard, change));
    await bench.board.run(boardCode.HOLD_BEAT_MS);
    expect(bench.pins.enable.high).toBe(true);
    const beats = bench.pins.heartbeat.edges.length;
    await bench.board.run(60000);
    expect(bench.pins.heartbeat.edges).toHaveLength(beats);
  });

  test("ends with a stroke that comes too late: off, and no beat until the next stroke (DRV-002)", async () => {
    const bench = new StepperBench(16, 2, {}, true);
    await bench.at(START_MS, () => bench.order(1));
    await bench.at(5000, (nowMs) => bench.order(1, nowMs - 2001));
    await bench.board.run(100);
    expect(bench.pins.enable.high).toBe(true);
    const beats = bench.pins.heartbeat.edges.length;
    await bench.at(9000, () => expect(bench.pins.heartbeat.edges).toHaveLength(beats));
    await bench.at(9000, () => bench.order(1));
    await bench.board.run(1000);
    expect(bench.pulsesUs()).toHaveLength(2 * 16);
    expect(bench.pins.enable.high).toBe(false);
  });

  test.each<[string, (bench: PumpBench, nowMs: number) => void]>([
    ["a stop", (bench, nowMs) => bench.loop.inbox.add(EventKind.stop, nowMs, 0, 0, 0)],
    ["an occlusion", (bench, nowMs) => bench.loop.inbox.add(EventKind.detected, nowMs, 0, 1, AlarmKind.occlusion)],
    ["an order of no known kind", (bench, nowMs) => bench.loop.inbox.add(99 as EventKind, nowMs, 0, 0, 0)],
    ["the safe state", (bench) => enterSafeState(bench.pump, FaultKind.planOverrun, 0, 0)],
    ["a guard that trips", (bench) => void (bench.pump.guard.trip = GuardTrip.windowFull)],
  ])("outlasts the pump's strokes, and ends with %s (DRV-002)", async (_name, happens) => {
    const bench = new PumpBench({ gridUs: 10000 }, BENCH_PUMP, true);
    await bench.startTherapy();
    await bench.runTo(60000);
    const spans = coilsOn(bench.pins);
    expect(spans).toHaveLength(1);
    expect(bench.pins.enable.high).toBe(false);
    await bench.runTo(bench.nextWakeMs - 500);
    bench.board.start(() => {
      happens(bench, bench.clock.nowMs());
      bench.shell.wake();
    });
    await bench.runTo(bench.clock.nowMs() + boardCode.HOLD_BEAT_MS + 10);
    expect(bench.pins.enable.high).toBe(true);
    await bench.runTo(bench.clock.nowMs() + 60000);
    expect(coilsOn(bench.pins)).toHaveLength(1);
  });

  test("loses its current when the program stands still, within the longest one-shot of its last beat (DRV-002)", async () => {
    let turns = 0;
    const hangs = 40;
    const bench = new StepperBench(16, 2, { lateness: () => (++turns === hangs ? 60000000 : 0) }, true);
    await bench.at(START_MS, () => bench.order(1));
    await bench.board.run(70000);
    const [beforeHang, afterIt] = coilsOn(bench.pins, ONE_SHOT_US.longest);
    expect((beforeHang?.toUs ?? 0) - (beforeHang?.fromUs ?? 0)).toBeLessThan(3500000);
    expect(afterIt?.fromUs).toBeGreaterThan(60000000);
  });

  test("is never on without a beat, and gets no pulse without current, whatever is ordered (DRV-002)", async () => {
    const call = fc.record({
      afterMs: fc.integer({ min: 0, max: 400 }),
      what: fc.constantFrom("move", "move", "off", "now"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 15 }), fc.constantFrom(1000, 10000), async (calls, gridUs) => {
        const bench = new StepperBench(4, 2, { gridUs, pinCallUs: 2 }, true);
        for (const { afterMs, what } of calls)
          await bench.at(bench.board.millis() + afterMs, (nowMs) => {
            if (what === "move") bench.order(1);
            else bench.stepper.halt(what === "now", nowMs);
          });
        await bench.board.run(1000);
        bench.stepper.halt(false, bench.board.millis());
        await bench.board.run(1000);
        expect(bench.pins.enable.high).toBe(true);
        expect(bench.reported()).toBe(bench.ordered);
        for (const chip of MOTOR_DRIVERS) expect(violations(chip, bench.pins)).toStrictEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
