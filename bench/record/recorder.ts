import type { Weigher } from "../balances/weigher";
import type { WeigherEvent } from "../balances/weigher-event";
import type { Clock } from "../clock";
import type { EventRows } from "./event-rows";
import type { RawRow } from "./raw-row";

/** What a recorder works with. */
export interface RecorderPorts {
  readonly clock: Clock;
  readonly weigher: Pick<Weigher, "weigh" | "reopen" | "isAway" | "retryAtMs">;
  readonly rows: EventRows;
  /** Keeps a row; resolves when it is safe. The next reading is not asked for before. */
  readonly keep: (row: RawRow) => Promise<void>;
  /** Words for the person at the bench, with the elapsed time in s. */
  readonly tell: (words: string, elapsedS: number) => void;
  /** Called after each due time. */
  readonly passed: (elapsedMs: number) => void;
  /** Wall time less the recording's own time, in ms, where the two can come apart; else undefined. */
  readonly wallAheadMs: (() => number) | undefined;
}

/** When a recorder asks. All in ms. */
export interface RecordingPlan {
  readonly intervalMs: number;
  readonly durationMs: number;
  /** Elapsed time at which it begins: 0, or where it goes on. */
  readonly fromMs: number;
  /** Number of the reading to begin with, from 0; due at so many intervals. */
  readonly firstReading: number;
  /** Left out: it ends with its last reading. Else it listens until then to what speaks by itself, as a file that is replayed. */
  readonly listensUntilMs?: number | undefined;
}

/** Wall clock and recording may differ by so much more before it is a step: drift of quartzes is far below, sleep above. In ms. */
const CLOCK_STEP_MS = 2000;
/** A balance that is away is not sought more often, in ms. */
const LEAST_RETRY_MS = 1000;

/**
 * Asks the balance at each multiple of the interval, and keeps a row for all that it says and for all that happens. An answer that comes late does not
 * shift the next question; due times that have gone by meanwhile are left out.
 */
export class Recorder {
  private isStopped = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;
  private kept: Promise<void> = Promise.resolve();
  private readonly originMs: number;
  private wallAheadMs: number;
  private lastMs: number;
  /** When the balance was last sought. */
  private attemptMs = -LEAST_RETRY_MS;

  /** Begins now: `fromMs` is this moment. */
  constructor(
    private readonly ports: RecorderPorts,
    private readonly plan: RecordingPlan,
  ) {
    this.originMs = ports.clock.nowMs() - plan.fromMs;
    this.wallAheadMs = ports.wallAheadMs?.() ?? 0;
    this.lastMs = plan.fromMs;
  }

  /** Number of readings that a recording of this length asks for. */
  static readingsOf({ intervalMs, durationMs }: Pick<RecordingPlan, "intervalMs" | "durationMs">): number {
    return Math.floor(durationMs / intervalMs) + 1;
  }

  /** What the weigher hears goes here. */
  hear(event: WeigherEvent): void {
    const elapsedS = this.secondsOf(event.atMs);
    for (const { row, tell } of this.ports.rows.of(event, elapsedS)) {
      this.keep(row);
      if (tell !== undefined) this.ports.tell(tell, elapsedS);
    }
    if (event.kind === "disconnected") this.wake();
  }

  /** Keeps a row about the recording itself, now. */
  note(row: Pick<RawRow, "status" | "raw">): void {
    this.keep({ elapsedS: this.secondsOf(this.ports.clock.nowMs()), massG: undefined, isStable: undefined, ...row });
  }

  /** Records until its end or {@link stop}; true when it came to its end. Rejects when a row cannot be kept. */
  async run(): Promise<boolean> {
    const { weigher, passed } = this.ports;
    const { intervalMs, firstReading, listensUntilMs } = this.plan;
    const last = Recorder.readingsOf(this.plan) - 1;
    let due = firstReading;
    while (due <= last) {
      await this.waitUntil(due * intervalMs);
      if (this.isStopped) break;
      this.watchWallClock();
      await weigher.weigh();
      await this.kept;
      if (this.failure !== undefined) break;
      passed(due * intervalMs);
      due = Math.max(due + 1, Math.floor(this.elapsedMs() / intervalMs));
    }
    let isWhole = due > last;
    if (isWhole && listensUntilMs !== undefined) {
      await this.waitUntil(listensUntilMs);
      isWhole = !this.isStopped;
    }
    await this.kept;
    if (this.failure !== undefined) throw this.failure;
    return isWhole;
  }

  /** Ends the recording before its time, at once. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  /** Time since the recording began, in ms. */
  elapsedMs(): number {
    return this.ports.clock.nowMs() - this.originMs;
  }

  /** Waits, and tries to get the balance back meanwhile when it is away. */
  private async waitUntil(dueMs: number): Promise<void> {
    const { clock, weigher } = this.ports;
    while (!this.isStopped && this.elapsedMs() < dueMs) {
      const retryMs = weigher.isAway() ? weigher.retryAtMs() - this.originMs : dueMs;
      if (retryMs <= this.elapsedMs()) {
        await this.reopen();
        continue;
      }
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([clock.waitUntil(this.originMs + Math.min(dueMs, retryMs)), woken]);
    }
    // A reading that is due is worth an attempt before its time.
    const isDue = weigher.isAway() && this.elapsedMs() - this.attemptMs >= LEAST_RETRY_MS;
    if (isDue && !this.isStopped) await this.reopen();
  }

  private async reopen(): Promise<void> {
    this.attemptMs = this.elapsedMs();
    await this.ports.weigher.reopen();
  }

  private keep(row: RawRow): void {
    this.kept = this.kept.then(async () => {
      if (this.failure !== undefined) return;
      try {
        await this.ports.keep(row);
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
        this.stop();
      }
    });
  }

  private watchWallClock(): void {
    const aheadMs = this.ports.wallAheadMs?.();
    if (aheadMs === undefined || Math.abs(aheadMs - this.wallAheadMs) < CLOCK_STEP_MS) return;
    const seconds = ((aheadMs - this.wallAheadMs) / 1000).toFixed(0);
    this.wallAheadMs = aheadMs;
    const words = `the wall clock went ${seconds} s beyond the recording's clock: the computer slept or its clock was set`;
    this.note({ status: "clockStep", raw: words });
    this.ports.tell(words, this.elapsedMs() / 1000);
  }

  /** A half line has the time of its last byte, and is told later: rows never go back all the same. */
  private secondsOf(atMs: number): number {
    this.lastMs = Math.max(this.lastMs, atMs - this.originMs);
    return this.lastMs / 1000;
  }
}
