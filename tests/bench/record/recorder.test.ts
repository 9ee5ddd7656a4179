import { describe, expect, it } from "vitest";
import { MT_SICS } from "../../../bench/balances/mt-sics";
import { SBI } from "../../../bench/balances/sbi";
import type { BalanceProtocol } from "../../../bench/balances/balance-answer";
import { ReplayConnection } from "../../../bench/balances/replay-connection";
import { USUAL_PATIENCE, Weigher } from "../../../bench/balances/weigher";
import { VirtualClock } from "../../../bench/clock";
import { EventRows } from "../../../bench/record/event-rows";
import { Recorder } from "../../../bench/record/recorder";
import type { RawRow } from "../../../bench/record/raw-row";
import { rawRowText } from "../../../bench/record/raw-text";
import { FakeBalance, ManualTimers } from "../balances/fake-balance";

const INTERVAL_MS = 30000;

/** A recording of a balance whose answer at each instant the test says, on a virtual clock. */
class Bench {
  readonly rows: RawRow[] = [];
  readonly told: string[] = [];
  readonly balance: FakeBalance;
  /** What the time of the recording is ahead of that of the clock, for a wall clock that is set. */
  wallAheadMs = 0;
  keepFails = false;
  recorder: Recorder | undefined;
  readonly clock: VirtualClock;
  readonly timers = new ManualTimers();
  readonly weigher: Weigher;

  constructor(
    answer: (nowMs: number, question: string) => string | undefined,
    atTimes: Readonly<Record<number, (bench: Bench) => void>> = {},
    protocol: BalanceProtocol = MT_SICS,
    private readonly unit?: "g",
  ) {
    this.balance = new FakeBalance((question) => answer(this.clock.nowMs(), question));
    this.clock = new VirtualClock((nowMs) => atTimes[nowMs]?.(this));
    this.weigher = new Weigher({
      connection: this.balance,
      protocol,
      clock: this.clock,
      timers: this.timers,
      patience: USUAL_PATIENCE,
      hear: (event) => this.recorder?.hear(event),
    });
  }

  async record(durationMs: number): Promise<string[]> {
    await this.weigher.open();
    await this.weigher.weigh();
    this.recorder = new Recorder(
      {
        clock: this.clock,
        weigher: this.weigher,
        rows: new EventRows("AB220", this.unit),
        keep: (row) => {
          if (this.keepFails) return Promise.reject(new Error("no space left"));
          this.rows.push(row);
          return Promise.resolve();
        },
        tell: (words) => this.told.push(words),
        passed: () => undefined,
        wallAheadMs: () => this.wallAheadMs,
      },
      { intervalMs: INTERVAL_MS, durationMs, fromMs: 0, firstReading: 0 },
    );
    const isWhole = await this.recorder.run();
    return [...this.rows.map(rawRowText), ...(isWhole ? [] : ["broken off"])];
  }
}

const sics = (nowMs: number): string => `S S ${(nowMs / 1000).toFixed(4).padStart(10)} g\r\n`;

/** The model, and no serial number. */
function whoIs(model: string, question: string): string | undefined {
  return question === "I2\r\n" ? `I2 A "${model}"\r\n` : question === "I4\r\n" ? "I4 I\r\n" : undefined;
}

describe("a recording", () => {
  it("has a row at each multiple of the interval, from 0 to its end", async () => {
    expect(await new Bench(sics).record(90000)).toEqual([
      "0.000,0,yes,,S S     0.0000 g",
      "30.000,30,yes,,S S    30.0000 g",
      "60.000,60,yes,,S S    60.0000 g",
      "90.000,90,yes,,S S    90.0000 g",
    ]);
  });

  it("keeps its schedule when an answer comes late, and leaves out what has gone by (BAL-007)", async () => {
    const bench = new Bench((nowMs) => {
      // At 30 s the balance thinks for 70 s; at 120 s for 4 s.
      const thinksMs = nowMs === 30000 ? 70000 : nowMs === 120000 ? 4000 : 0;
      void bench.clock.waitUntil(nowMs + thinksMs);
      return sics(nowMs + thinksMs);
    });
    const times = (await bench.record(180000)).map((row) => row.split(",")[0]);
    expect(times).toEqual(["0.000", "100.000", "100.000", "124.000", "150.000", "180.000"]);
  });

  it("marks the time without a balance and goes on when it is back (BAL-006)", async () => {
    const bench = new Bench((nowMs, question) => whoIs("AB220", question) ?? sics(nowMs), {
      60000: ({ balance }) => balance.unplug("cable out"),
      150000: ({ balance }) => (balance.isPlugged = true),
    });
    const rows = await bench.record(180000);
    expect(rows.map((row) => row.split(",").slice(0, 4).join(","))).toEqual([
      "0.000,0,yes,",
      "30.000,30,yes,",
      "60.000,,,disconnected",
      "150.000,,,reconnected",
      "150.000,150,yes,",
      "180.000,180,yes,",
    ]);
    expect(bench.told).toEqual(["the balance has gone: cable out", "the balance is back; the recording goes on"]);
  });

  it("says when another balance answers after the gap", async () => {
    const bench = new Bench((nowMs, question) => whoIs("XS204", question) ?? sics(nowMs), {
      60000: ({ balance }) => balance.unplug("cable out"),
      90000: ({ balance }) => (balance.isPlugged = true),
    });
    const rows = await bench.record(90000);
    expect(rows.find((row) => row.includes("identity"))).toContain("another balance answers: XS204 instead of AB220");
  });

  it("keeps what cannot be read and says once that baud rate or protocol may be wrong (BAL-005)", async () => {
    const bench = new Bench((nowMs) => `\u0080\u00fe\u0001,\r\n`.repeat(3) + sics(nowMs));
    await bench.record(0);
    expect(bench.rows.map(rawRowText).slice(0, 2)).toEqual([
      "0.000,,,unknown,\\x80\\xfe\\x01\\x2c",
      "0.000,,,unknown,\\x80\\xfe\\x01\\x2c",
    ]);
    const noisy = new Bench((nowMs) => (nowMs < 120000 ? "\u0080\r\n".repeat(6) : "") + sics(nowMs));
    await noisy.record(60000);
    expect(noisy.told).toHaveLength(3);
    expect(noisy.told[0]).toContain("--baud");
  });

  it("never takes another unit in silence (BAL-008)", async () => {
    const words = ["S S 1.5 g", "S S 2 PCS", "S S 3 PCS", "S S 1600 mg", "S D 1.7 g", "S +"];
    const bench = new Bench((nowMs) => `${words[nowMs / INTERVAL_MS] ?? ""}\r\n`);
    const rows = await bench.record(150000);
    expect(rows.map((row) => row.split(",").slice(1, 4).join(","))).toEqual([
      "1.5,yes,",
      ",,wrongUnit",
      ",,wrongUnit",
      ",,unitChanged",
      "1.6,yes,",
      ",,unitChanged",
      "1.7,no,",
      ",,overload",
    ]);
    expect(bench.told.map((one) => one.slice(0, 31))).toEqual([
      "the balance sends PCS, which is",
      "the balance weighs in mg after ",
      "the balance weighs in g after m",
      "the balance is overloaded",
    ]);
    // A weight without a unit is one in g only while the balance weighs in g.
    const sbi = new Bench((nowMs) => (nowMs === 0 ? "N     +  1500.0 mg \r\n" : "N     +  1600.0    \r\n"), {}, SBI);
    expect((await sbi.record(30000)).map((row) => row.split(",").slice(1, 4).join(","))).toEqual([
      "1.5,yes,",
      ",,wrongUnit",
    ]);
  });

  it("takes a weight without a unit for no mass until a unit was said or told, and for none again of another balance (BAL-008)", async () => {
    const moving = "N     +   12.345    ";
    const said = [moving, moving, "N     +   12.346 g  ", moving, moving];
    const bench = new Bench((nowMs) => `${said[nowMs / INTERVAL_MS] ?? ""}\r\n`, {}, SBI);
    const columns = (rows: string[]): string[] => rows.map((row) => row.split(",").slice(1, 4).join(","));
    expect(columns(await bench.record(120000))).toEqual([
      ",,wrongUnit",
      ",,wrongUnit",
      "12.346,yes,",
      "12.345,no,",
      "12.345,no,",
    ]);
    expect(bench.told).toHaveLength(1);
    expect(bench.told[0]).toContain("has not said its unit yet");

    // Who tells the unit is believed until the balance says another.
    const milligrams = [moving, "N     +   12.346 mg ", moving];
    const told = new Bench((nowMs) => `${milligrams[nowMs / INTERVAL_MS] ?? ""}\r\n`, {}, SBI, "g");
    expect(columns(await told.record(60000))).toEqual(["12.345,no,", ",,unitChanged", "0.012346,yes,", ",,wrongUnit"]);

    const rows = new EventRows("one", "g");
    const answer = SBI.parse(moving);
    const status = (): string | undefined => rows.of({ kind: "line", atMs: 0, answer }, 0)[0]?.row.status;
    expect(status()).toBeUndefined();
    rows.of({ kind: "identified", atMs: 0, identity: "another" }, 0);
    expect(status()).toBe("wrongUnit");
  });

  it("of a file that is replayed has each of its lines, whatever the interval (BAL-007)", async () => {
    const lines = [0, 7, 29, 31, 98].map((s) => ({ atMs: 1000 * s, text: `S S ${s} g` }));
    const replay = new ReplayConnection("replay:x", lines);
    const rows: RawRow[] = [];
    const desk: { recorder?: Recorder } = {};
    const weigher = new Weigher({
      connection: replay,
      protocol: MT_SICS,
      clock: replay,
      timers: new ManualTimers(),
      patience: USUAL_PATIENCE,
      hear: (event) => desk.recorder?.hear(event),
    });
    await weigher.open();
    desk.recorder = new Recorder(
      {
        clock: replay,
        weigher,
        rows: new EventRows(undefined),
        keep: (row) => Promise.resolve(void rows.push(row)),
        tell: () => undefined,
        passed: () => undefined,
        wallAheadMs: undefined,
      },
      { intervalMs: INTERVAL_MS, durationMs: 98000, fromMs: 0, firstReading: 0, listensUntilMs: replay.durationMs() },
    );
    expect(await desk.recorder.run()).toBe(true);
    expect(rows.map(({ elapsedS, massG }) => [elapsedS, massG])).toEqual([0, 7, 29, 31, 98].map((s) => [s, s]));
  });

  it("marks where wall clock and its own clock come apart: a computer that slept", async () => {
    const bench = new Bench(sics, { 60000: (one) => (one.wallAheadMs = 3600000) });
    const rows = await bench.record(60000);
    expect(rows[2]).toMatch(/^60.000,,,clockStep,the wall clock went 3600 s/);
  });

  it("ends when it is stopped, and when a row cannot be kept", async () => {
    const stopped = new Bench(sics, { 60000: ({ recorder }) => recorder?.stop() });
    expect((await stopped.record(180000)).slice(2)).toEqual(["broken off"]);
    const failing = new Bench(sics, { 60000: (one) => (one.keepFails = true) });
    await expect(failing.record(180000)).rejects.toThrow("no space left");
    expect(failing.rows).toHaveLength(2);
  });
});
