import { ConnectionFailure } from "../../../bench/balances/balance-connection";
import type { BalanceConnection, ConnectionListener } from "../../../bench/balances/balance-connection";
import type { Timers } from "../../../bench/balances/timers";

/** Timers that go off when the test says so. */
export class ManualTimers implements Timers {
  private nowMs = 0;
  private readonly waiting = new Map<() => void, number>();

  after(ms: number, call: () => void): () => void {
    const one = (): void => call();
    this.waiting.set(one, this.nowMs + ms);
    return () => void this.waiting.delete(one);
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    this.nowMs += ms;
    for (const [call, dueMs] of [...this.waiting]) {
      if (dueMs > this.nowMs || !this.waiting.has(call)) continue;
      this.waiting.delete(call);
      call();
    }
  }
}

/** A balance at the end of a cable, in this process. Says what `answer` makes of what it is asked. */
export class FakeBalance implements BalanceConnection {
  readonly address = "fake";
  readonly takesQuestions = true;
  readonly asked: string[] = [];
  isPlugged = true;
  private listener: ConnectionListener | undefined;

  /** @param answer undefined: it stays silent */
  constructor(public answer: (question: string) => string | undefined) {}

  open(listener: ConnectionListener): Promise<void> {
    if (!this.isPlugged) return Promise.reject(new ConnectionFailure("no cable"));
    this.listener = listener;
    return Promise.resolve();
  }

  write(text: string): Promise<void> {
    this.asked.push(text);
    const said = this.answer(text);
    if (said !== undefined) this.say(said);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.listener = undefined;
    return Promise.resolve();
  }

  say(text: string): void {
    this.listener?.onBytes(Uint8Array.from(Buffer.from(text, "latin1")));
  }

  unplug(why = "unplugged"): void {
    this.isPlugged = false;
    const { listener } = this;
    this.listener = undefined;
    listener?.onClosed(why);
  }
}
