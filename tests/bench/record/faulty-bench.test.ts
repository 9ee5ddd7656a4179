import { afterAll, describe, expect, it } from "vitest";
import { MT_SICS } from "../../../bench/balances/mt-sics";
import { TcpConnection } from "../../../bench/balances/node/tcp-connection";
import { SYSTEM_TIMERS } from "../../../bench/balances/timers";
import type { Timers } from "../../../bench/balances/timers";
import { USUAL_PATIENCE, Weigher } from "../../../bench/balances/weigher";
import { MonotonicClock } from "../../../bench/monotonic-clock";
import { EventRows } from "../../../bench/record/event-rows";
import { LiveFigures } from "../../../bench/record/live-figures";
import type { RawRow } from "../../../bench/record/raw-row";
import { Recorder } from "../../../bench/record/recorder";
import type { BalanceFault } from "../../../bench/simulated/balance-faults";
import { readBenchPump } from "../../../bench/simulated/node/bench-pump";
import { createSimulatedBalance } from "../../../bench/simulated/node/simulated-bench-server";
import type { SimulatedBalance } from "../../../bench/simulated/node/simulated-bench-server";

const INTERVAL_MS = 30000;
const DURATION_MS = 3600000;
const MINUTE_MS = 60000;
const benches: SimulatedBalance[] = [];
afterAll(() => Promise.all(benches.map((bench) => bench.close())));

/** Patience with an answer ends as soon as the test says so, not by the time that a busy machine takes; silences are short ones. */
class TimersOfTest implements Timers {
  private readonly waiting = new Set<() => void>();

  after(ms: number, call: () => void): () => void {
    if (ms === USUAL_PATIENCE.silenceMs) return SYSTEM_TIMERS.after(10, call);
    this.waiting.add(call);
    return () => void this.waiting.delete(call);
  }

  giveUp(): void {
    for (const call of [...this.waiting]) call();
  }
}

/** An hour of the simulated bench, recorded over its TCP socket with what goes wrong on the line. */
async function hour(
  faults: readonly BalanceFault[],
): Promise<{ rows: RawRow[]; told: string[]; figures: LiveFigures }> {
  const { config } = readBenchPump("devs.config.json");
  const bench = await createSimulatedBalance({ config, rateMlPerH: 1, profile: "ideal", seed: 1, faults });
  benches.push(bench);
  const rows: RawRow[] = [];
  const told: string[] = [];
  const figures = new LiveFigures(INTERVAL_MS);
  const timers = new TimersOfTest();
  const desk: { recorder?: Recorder } = {};
  const weigher = new Weigher({
    connection: new TcpConnection(bench.host, bench.port),
    protocol: MT_SICS,
    clock: bench.clock,
    timers,
    patience: USUAL_PATIENCE,
    hear: (event) => {
      desk.recorder?.hear(event);
      // After what cannot be read nothing more comes.
      if (event.kind === "line" && event.answer.kind === "unknown") setImmediate(() => timers.giveUp());
    },
  });
  await weigher.open();
  await weigher.weigh();
  desk.recorder = new Recorder(
    {
      clock: bench.clock,
      weigher,
      rows: new EventRows(undefined),
      keep: (row) => {
        rows.push(row);
        figures.add(row);
        return Promise.resolve();
      },
      tell: (words) => told.push(words),
      passed: () => undefined,
      wallAheadMs: undefined,
    },
    { intervalMs: INTERVAL_MS, durationMs: DURATION_MS, fromMs: 0, firstReading: 0 },
  );
  expect(await desk.recorder.run()).toBe(true);
  await weigher.close();
  return { rows, told, figures };
}

const statuses = (rows: readonly RawRow[]): string[] => [...new Set(rows.map(({ status }) => status ?? "weight"))];

describe("a bench with a bad line", () => {
  it("is recorded to its end; the gap of a cable that was out is marked, and the mass after it is right (BAL-006)", async () => {
    const whole = await hour([]);
    const { rows, told, figures } = await hour([
      { kind: "unplugged", fromMs: 20 * MINUTE_MS, untilMs: 35 * MINUTE_MS },
    ]);
    const out = rows.findIndex(({ status }) => status === "disconnected");
    expect(rows[out]?.elapsedS).toBe(1200);
    expect(rows.slice(out + 1, out + 2).map(({ status, elapsedS }) => [status, elapsedS])).toEqual([
      ["reconnected", 2100],
    ]);
    const weights = (all: readonly RawRow[]): string[] => all.filter((r) => r.massG !== undefined).map((r) => r.raw);
    const inGap = ({ elapsedS }: RawRow): boolean => elapsedS >= 1200 && elapsedS < 2100;
    expect(weights(rows)).toEqual(weights(whole.rows.filter((row) => !inGap(row))));
    expect([whole.figures, figures].map((one) => one.gapsUntil(DURATION_MS))).toEqual([0, 1]);
    expect(whole.figures.gapsUntil(DURATION_MS + 3 * INTERVAL_MS)).toBe(1);
    expect(told).toHaveLength(2);
    // Mass that came during the gap is there, and so is the flow.
    expect(figures.flowMlPerH()).toBeCloseTo(whole.figures.flowMlPerH() ?? 0, 12);
  });

  it("keeps noise, half lines and wrong units, and no weight is made of them (BAL-005)", async () => {
    const { rows, told } = await hour([
      { kind: "noise", fromMs: 10 * MINUTE_MS, untilMs: 12 * MINUTE_MS },
      { kind: "halfLines", fromMs: 20 * MINUTE_MS, untilMs: 20.5 * MINUTE_MS },
      { kind: "pieces", fromMs: 30 * MINUTE_MS, untilMs: 32 * MINUTE_MS },
      { kind: "pounds", fromMs: 40 * MINUTE_MS, untilMs: 41 * MINUTE_MS },
    ]);
    const from = (minute: number, until: number): RawRow[] =>
      rows.filter(({ elapsedS }) => elapsedS >= 60 * minute && elapsedS < 60 * until);
    expect(statuses(from(10, 12))).toEqual(["unknown", "noAnswer"]);
    expect(statuses(from(20, 20.5))).toEqual(["unknown", "noAnswer"]);
    expect(statuses(from(30, 32))).toEqual(["wrongUnit"]);
    expect(statuses([...from(0, 10), ...from(13, 20), ...from(21, 30), ...from(42, 61)])).toEqual(["weight"]);
    expect(told.some((words) => words.includes("sends PCS"))).toBe(true);
    const masses = rows.map(({ massG }) => massG).filter((massG) => massG !== undefined);
    expect(masses.every((massG, index) => massG >= (masses[index - 1] ?? 0))).toBe(true);
  });
});

describe("the monotonic clock", () => {
  it("waits at least until the time, and not at all when it is ended", async () => {
    const clock = new MonotonicClock();
    await clock.waitUntil(5);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(5);
    const waiting = clock.waitUntil(3600000);
    clock.end();
    await waiting;
    expect(clock.nowMs()).toBeLessThan(3600000);
  });
});
