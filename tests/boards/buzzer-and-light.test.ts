import { describe, expect, test } from "vitest";
import { AlarmSignal } from "../../src/safety/alarm-signal";
import { AlarmPriority } from "../../src/safety/alarm-table";
import { boardCode } from "./board-code";
import type { BuzzerAndLight } from "./board-code";
import { FakeBoard } from "./fake-devicescript";
import type { BoardTiming, Edge, FakePin } from "./fake-devicescript";
import { countUserCalls } from "./user-calls";

const { none, low, medium, high } = AlarmPriority;
const START_MS = 2000;
const HOUR_MS = 3600000;
/** Of the wake in which sound or light changes: it may hold up the motor's pulses by that much. */
const MOST_CALLS = 3;

/** The annunciator on a fake board, awake and asleep again before anything is shown. */
class AlarmBench {
  readonly board: FakeBoard;
  readonly buzzer: FakePin;
  readonly light: FakePin;
  readonly annunciator: BuzzerAndLight;

  constructor(timing: BoardTiming = {}) {
    this.board = new FakeBoard(timing);
    this.buzzer = this.board.pin();
    this.light = this.board.pin();
    this.annunciator = new boardCode.BuzzerAndLight(this.buzzer, this.light);
    this.board.start(() => this.annunciator.run());
  }

  /** What the control loop tells at `atMs` since reset. */
  async show(atMs: number, priority: AlarmPriority, silenced = false): Promise<void> {
    await this.board.runTo(atMs);
    this.board.start(() => this.annunciator.show(priority, priority === none ? -1 : 0, silenced, 0));
  }
}

/** Changes of a pin after `fromUs`, in ms from there. */
function changes(edges: readonly Edge[], fromUs: number): [atMs: number, high: boolean][] {
  return edges.filter(({ atUs }) => atUs >= fromUs).map(({ atUs, high }) => [(atUs - fromUs) / 1000, high]);
}

/** The same as the pattern has it, up to `untilMs`. */
function wanted(of: "sounds" | "lit", priority: AlarmPriority, untilMs: number): [atMs: number, high: boolean][] {
  const signal = new AlarmSignal();
  const list: [number, boolean][] = [];
  for (let atMs = 0; atMs < untilMs; atMs = signal.nextMs) {
    signal.lookAt(priority, false, atMs);
    if ((list.at(-1)?.[1] ?? false) !== signal[of]) list.push([atMs, signal[of]]);
  }
  return list;
}

test("at the start of the program both are on for 200 ms, then what the pump shows", async () => {
  const bench = new AlarmBench();
  await bench.board.runTo(START_MS);
  for (const pin of [bench.buzzer, bench.light])
    expect(changes(pin.edges, pin.risesUs()[0] ?? NaN)).toEqual([
      [0, false],
      [0, true],
      [200, false],
    ]);
});

describe.each([
  { name: "1 ms", gridUs: 1000 },
  { name: "10 ms", gridUs: 10000 },
])("buzzer and light on a grid of $name (ALM-014)", ({ gridUs }) => {
  test.each([
    ["high", high],
    ["medium", medium],
    ["low", low],
  ])("play the pattern of %s to the millisecond, through two series", async (_name, priority) => {
    const bench = new AlarmBench({ gridUs });
    await bench.show(START_MS, priority);
    const runMs = priority === low ? 2 * HOUR_MS : 1200000;
    await bench.board.runTo(START_MS + runMs - 1);
    expect(changes(bench.buzzer.edges, START_MS * 1000)).toEqual(wanted("sounds", priority, runMs));
    expect(changes(bench.light.edges, START_MS * 1000)).toEqual(wanted("lit", priority, runMs));
  });
});

test("a wake that comes late leaves out no pulse of the first burst", async () => {
  let lateUs = 0;
  const lateness = (): number => {
    const now = lateUs;
    lateUs = 0;
    return now;
  };
  const bench = new AlarmBench({ lateness });
  await bench.board.runTo(START_MS - 1);
  lateUs = 1500000;
  await bench.show(START_MS, high);
  await bench.board.runTo(START_MS + 8000);
  expect(bench.buzzer.risesUs().filter((atUs) => atUs >= START_MS * 1000)).toHaveLength(10);
});

test("nothing is dark and silent from its instant on, and costs no wake", async () => {
  const bench = new AlarmBench();
  await bench.show(START_MS, high);
  await bench.board.runTo(START_MS + 100);
  expect([bench.buzzer.high, bench.light.high]).toEqual([true, true]);
  await bench.show(START_MS + 100, none);
  await bench.board.runTo(START_MS + 101);
  expect([bench.buzzer.high, bench.light.high]).toEqual([false, false]);
  const { wakes } = bench.board;
  await bench.board.runTo(START_MS + 24 * HOUR_MS);
  expect(bench.board.wakes).toBe(wakes);
  expect(bench.buzzer.risesUs().filter((atUs) => atUs >= START_MS * 1000)).toHaveLength(1);
});

test("silence mutes the sound alone, and costs no wake beside a constant light; when it ends the signal begins anew", async () => {
  const bench = new AlarmBench();
  await bench.show(START_MS, medium);
  await bench.show(START_MS + 300, medium, true);
  const silentMs = START_MS + 600300;
  await bench.board.runTo(silentMs - 1);
  expect(changes(bench.buzzer.edges, START_MS * 1000)).toEqual([
    [0, true],
    [200, false],
  ]);
  expect(changes(bench.light.edges, (START_MS + 300) * 1000).length).toBeGreaterThan(500);
  await bench.show(silentMs, medium);
  await bench.board.runTo(silentMs + 2000);
  const sound = wanted("sounds", medium, 2000);
  expect(changes(bench.buzzer.edges, silentMs * 1000)).toEqual(sound);

  await bench.show(silentMs + 3000, low, true);
  await bench.board.runTo(silentMs + 4000);
  const { wakes } = bench.board;
  await bench.board.runTo(silentMs + HOUR_MS);
  expect([bench.light.high, bench.board.wakes]).toEqual([true, wakes]);
});

test("what is shown twice in one turn of the main loop, or before its fiber has run, is shown as it was last", async () => {
  const bench = new AlarmBench();
  bench.annunciator.show(high, 0, false, 0);
  await bench.board.runTo(START_MS);
  expect(bench.light.edges.length).toBeGreaterThan(2);
  bench.board.start(() => {
    bench.annunciator.show(none, -1, false, 0);
    bench.annunciator.show(low, 0, true, 0);
  });
  await bench.board.runTo(START_MS + 5000);
  expect([bench.light.high, bench.buzzer.high]).toEqual([true, false]);
});

test("a wake in which sound or light change makes at most 3 user calls", async () => {
  const bench = new AlarmBench();
  await bench.show(START_MS, high);
  await bench.board.runTo(START_MS + 3200);
  const { wakes } = bench.board;
  const counts = await countUserCalls(() => bench.board.runTo(START_MS + 3400));
  expect(bench.board.wakes).toBe(wakes + 2);
  const calls = counts.reduce((sum, { calls }) => sum + calls, 0) / 2;
  console.log(`user calls of an alarm's wake: ${calls}`);
  expect(calls).toBeLessThanOrEqual(MOST_CALLS);
  expect(counts).toContainEqual({ name: "src/safety/alarm-signal:lookAt", calls: 2 });
});
