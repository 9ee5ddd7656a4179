import { describe, expect, test } from "vitest";
import type { PumpConfig } from "../../src/config";
import { EventKind, Sensor } from "../../src/events";
import { Inbox, INBOX_SLOTS } from "../../src/inbox";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { NEVER_MS } from "../../src/units";
import { boardCode } from "./board-code";
import type { WatchedSensor } from "./board-code";
import { FakeBoard, GPIOMode } from "./fake-devicescript";
import type { FakePin } from "./fake-devicescript";
import { allDay, BENCH_THERAPY, PumpBench } from "./pump-bench";
import { BENCH_PUMP } from "./stepper-bench";

const GRIDS = [1000, 10000];

/** An alarm switch to ground that opens, as `wired` in a pump. */
function switchOf(bench: PumpBench, pin: FakePin, alarm: AlarmKind): WatchedSensor {
  return new boardCode.AlarmSwitch(pin, GPIOMode.InputPullUp, 1, alarm, bench.loop.inbox, bench.shell);
}

function alarms(bench: PumpBench): number[] {
  return bench.of(JournalCode.alarmRaised).map((entry) => entry[2]);
}

/** A pump at the highest rate that it may have. */
async function fastPump(gridUs = 1000, config: Partial<PumpConfig> = {}): Promise<PumpBench> {
  const bench = new PumpBench({ gridUs }, { ...BENCH_PUMP, maxWindowNl: 1000000000, ...config });
  await bench.startTherapy({
    ...BENCH_THERAPY,
    ...allDay(BENCH_PUMP.maxRateNlPerDay),
    bolusNl: 0,
    windowMs: 86400000,
    windowLimitNl: 130000000,
  });
  return bench;
}

describe.each(GRIDS)("on a grid of %i µs", (gridUs) => {
  test.each([
    { name: "an occlusion switch that opens", alarm: AlarmKind.occlusion },
    { name: "air in the line", alarm: AlarmKind.airInLine },
  ])("$name inside a stroke stops the motor before another stroke begins (DRV-003)", async ({ alarm }) => {
    const bench = await fastPump(gridUs);
    const pin = bench.board.pin();
    pin.applied = 0;
    bench.watch(switchOf(bench, pin, alarm));
    await bench.runTo(30000);
    const before = bench.pulses();
    while (bench.pulses() === before) await bench.runTo(bench.clock.nowMs() + 1);
    pin.applied = 1;
    const atMs = bench.clock.nowMs();
    await bench.runTo(atMs + 60000);
    expect(bench.pulses()).toBe(before + 16);
    expect(bench.pins.enable.high).toBe(true);
    expect(alarms(bench)).toStrictEqual([alarm]);
    const [raised] = bench.of(JournalCode.alarmRaised);
    // The rest of the stroke, and 20 ms; the report of the stroke comes 50 ms behind it.
    expect((raised?.[1] ?? 0) - atMs).toBeLessThan(16 * (gridUs / 1000 + 2) + 30);

    // Its end is seen within a second, and a person lets therapy go on.
    pin.applied = 0;
    await bench.runTo(bench.clock.nowMs() + 1100);
    await bench.give(bench.clock.nowMs(), EventKind.acknowledge);
    await bench.runTo(bench.clock.nowMs() + 10000);
    expect(bench.pulses()).toBeGreaterThan(before + 16);
  });

  test.each([1, 20, 100])(
    "%i marks on the rotor are all counted at the highest rate, and no alarm comes of them (DRV-004)",
    async (countsPerRevolution) => {
      const bench = await fastPump(gridUs, { countsPerRevolution });
      const pin = bench.board.pin();
      const pulsesPerCount = (BENCH_PUMP.fullStepsPerRevolution * BENCH_PUMP.microsteps) / countsPerRevolution;
      const marks = (): number => Math.floor(bench.pulses() / pulsesPerCount + 0.5);
      Object.defineProperty(pin, "applied", { get: () => (marks() - bench.pulses() / pulsesPerCount > 0 ? 1 : 0) });
      bench.watch(new boardCode.RollerIndex(pin, GPIOMode.Input, bench.loop.inbox, bench.shell));
      await bench.runTo(300000);
      expect(bench.pump.fault).toBe(0);
      expect(alarms(bench)).toStrictEqual([]);
      expect(bench.pump.motion.counts).toBeGreaterThan(0);
      expect(Math.abs(bench.pump.motion.counts - marks())).toBeLessThanOrEqual(1);
    },
  );
});

test.each([
  { name: "its wire is broken", level: undefined, alarm: AlarmKind.motorStall },
  { name: "the rotor does not turn", level: 1, alarm: AlarmKind.motorStall },
])("a roller index that counts nothing because $name is a motor stall (DRV-004)", async ({ level, alarm }) => {
  const bench = await fastPump(1000, { countsPerRevolution: 20 });
  const pin = bench.board.pin();
  pin.applied = level;
  bench.watch(new boardCode.RollerIndex(pin, GPIOMode.InputPullUp, bench.loop.inbox, bench.shell));
  await bench.runTo(30000);
  expect(alarms(bench)).toContain(alarm);
});

test("a rotor that is turned while the pump rests is motion that nobody ordered (DRV-004)", async () => {
  const bench = await fastPump(1000, { countsPerRevolution: 20 });
  const pin = bench.board.pin();
  bench.watch(new boardCode.RollerIndex(pin, GPIOMode.Input, bench.loop.inbox, bench.shell));
  await bench.give(2000, EventKind.stop);
  for (const level of [1, 0, 1]) {
    pin.applied = level;
    await bench.runTo(bench.clock.nowMs() + 11000);
  }
  expect(alarms(bench)).toContain(AlarmKind.overInfusion);
});

describe("a switch", () => {
  test("whose wire breaks, or that is not there, is its alarm within 10 s, also at a pump at rest (DRV-003)", async () => {
    const bench = new PumpBench();
    const pin = bench.board.pin();
    pin.applied = 0;
    bench.watch(switchOf(bench, pin, AlarmKind.airInLine));
    await bench.runTo(5000);
    pin.applied = undefined;
    await bench.runTo(5000 + boardCode.REST_LOOK_MS + boardCode.STEADY_MS);
    expect(alarms(bench)).toStrictEqual([AlarmKind.airInLine]);
  });

  test("that bounces says nothing before one level has lasted, and says each change once (DRV-003)", () => {
    const { inbox, pin, sensor, told } = lone();
    const looks: [atMs: number, level: 0 | 1, nextMs: number][] = [
      [100, 0, 10100],
      [200, 1, 220],
      [205, 0, 10205],
      [210, 1, 230],
      [229, 1, 230],
      [230, 1, 1230],
      [1230, 1, 2230],
      [2230, 0, 2250],
      [2251, 0, 12251],
    ];
    for (const [atMs, level, nextMs] of looks) {
      pin.applied = level;
      expect(sensor.look(atMs), `at ${atMs}`).toBe(nextMs);
    }
    expect(told(inbox)).toStrictEqual([
      [EventKind.detected, 230, 1, AlarmKind.occlusion],
      [EventKind.detected, 2251, 0, AlarmKind.occlusion],
    ]);
  });

  test("says again what found no room in a flooded inbox (DRV-003)", () => {
    const { inbox, pin, sensor, told } = lone();
    for (let i = 0; i < INBOX_SLOTS; i++) inbox.add(EventKind.interrogate, 50, 0, 0, 0);
    pin.applied = 1;
    sensor.look(100);
    expect(sensor.look(120)).toBe(140);
    told(inbox);
    expect(sensor.look(140)).toBe(1140);
    expect(told(inbox)).toStrictEqual([[EventKind.detected, 140, 1, AlarmKind.occlusion]]);
    sensor.look(1140);
    expect(told(inbox)).toStrictEqual([]);
  });

  test("costs a pump at rest one wake in 10 s (DRV-003)", async () => {
    const bench = new PumpBench();
    const pin = bench.board.pin();
    pin.applied = 0;
    await bench.runTo(1000);
    const idle = bench.board.wakes;
    await bench.runTo(3601000);
    const without = bench.board.wakes - idle;
    bench.watch(switchOf(bench, pin, AlarmKind.occlusion));
    const watched = bench.board.wakes;
    await bench.runTo(7201000);
    expect(bench.board.wakes - watched - without).toBeLessThanOrEqual(3600000 / boardCode.REST_LOOK_MS + 1);
  });
});

describe("line pressure", () => {
  const VOLTAGES = { fullScaleMv: 3300, blockedMv: 2000, openMv: 1800, leastMv: 300, mostMv: 3000 };

  function readings(mv: readonly number[]): [atMs: number, count: number][] {
    const board = new FakeBoard();
    const pin = board.pin();
    const inbox = new Inbox();
    const sensor = new boardCode.LinePressure(pin, VOLTAGES, inbox, { wake: () => undefined });
    mv.forEach((reading, i) => {
      pin.applied = reading / VOLTAGES.fullScaleMv;
      sensor.look(1000 * i);
      sensor.look(1000 * i + 20);
    });
    return told(inbox).map(([, atMs, count]) => [atMs, count]);
  }

  test("is an occlusion from its mark on, until it is below the lower one (DRV-005)", () => {
    expect(readings([500, 1999, 2000.5, 1801, 1799, 1999, 2001])).toStrictEqual([
      [2020, 1],
      [4020, 0],
      [6020, 1],
    ]);
  });

  test("that no sound sensor gives is an occlusion: a broken wire, a short to ground, a short to the supply (DRV-005)", () => {
    expect(readings([0])).toStrictEqual([[20, 1]]);
    expect(readings([299, 301])).toStrictEqual([
      [20, 1],
      [1020, 0],
    ]);
    expect(readings([3001, 2900, 1799])).toStrictEqual([
      [20, 1],
      [2020, 0],
    ]);
    expect(readings([3300])).toStrictEqual([[20, 1]]);
  });
});

describe("supply voltage", () => {
  /** 12 V behind 4:1, and a converter of 3.1 V. */
  const FULL_SCALE_MV = 12400;

  test("is told first, when it has fallen by 10 mV, and when it has risen by a twentieth (DRV-006)", () => {
    const pin = new FakeBoard().pin();
    const inbox = new Inbox();
    const sensor = new boardCode.SupplyVoltage(pin, FULL_SCALE_MV, inbox, { wake: () => undefined });
    const found: number[] = [];
    [11000, 10991, 10990, 11500, 11540, 11539, 6].forEach((mv, minute) => {
      pin.applied = mv / FULL_SCALE_MV;
      expect(sensor.look(minute * boardCode.SUPPLY_EVERY_MS)).toBe((minute + 1) * boardCode.SUPPLY_EVERY_MS);
      pin.applied = 0;
      // Between two readings nothing is read.
      sensor.look(minute * boardCode.SUPPLY_EVERY_MS + 59999);
      for (const [kind, , count, detail] of told(inbox)) {
        expect([kind, detail]).toStrictEqual([EventKind.reading, Sensor.supplyVoltage]);
        found.push(count);
      }
    });
    expect(found).toStrictEqual([11000, 10990, 11540, 6]);
  });

  test("of an empty battery stops the motor, and its recovery at rest does not start it again; a broken wire reads as empty (DRV-006)", async () => {
    const batteryLowMv = 10800;
    const batteryOutMv = 9600;
    for (const outMv of [batteryOutMv, 0]) {
      const bench = await fastPump(1000, { batteryLowMv, batteryOutMv });
      const pin = bench.board.pin();
      pin.applied = (batteryLowMv + 500) / FULL_SCALE_MV;
      bench.watch(new boardCode.SupplyVoltage(pin, FULL_SCALE_MV, bench.loop.inbox, bench.shell));
      await bench.runTo(130000);
      expect(alarms(bench)).toStrictEqual([]);
      pin.applied = outMv / FULL_SCALE_MV;
      await bench.runTo(200000);
      expect(alarms(bench)).toStrictEqual([AlarmKind.batteryLow, AlarmKind.batteryOut]);
      const pulses = bench.pulses();
      pin.applied = (outMv * 1.04) / FULL_SCALE_MV;
      await bench.runTo(500000);
      expect(bench.pulses()).toBe(pulses);
    }
  });
});

/** One occlusion switch that opens, and what it says. */
function lone(): { inbox: Inbox; pin: FakePin; sensor: WatchedSensor; told: typeof told } {
  const pin = new FakeBoard().pin();
  const inbox = new Inbox();
  const wake = (): undefined => undefined;
  const sensor = new boardCode.AlarmSwitch(pin, GPIOMode.InputPullUp, 1, AlarmKind.occlusion, inbox, { wake });
  return { inbox, pin, sensor, told };
}

/** Takes all that waits in `inbox`: kind, time, count, detail. */
function told(inbox: Inbox): [kind: number, atMs: number, count: number, detail: number][] {
  const events: [number, number, number, number][] = [];
  while (inbox.firstMs !== NEVER_MS) {
    const atMs = inbox.firstMs;
    const { kind, count, detail } = inbox.takeFirst();
    events.push([kind, atMs, count, detail]);
  }
  return events;
}
