import type { Clock } from "../clock";
import type { BalanceAnswer, BalanceProtocol, BalanceQuestion } from "./balance-answer";
import { ConnectionFailure } from "./balance-connection";
import type { BalanceConnection } from "./balance-connection";
import { LineListener } from "./line-listener";
import { QuestionUnderWay } from "./question-under-way";
import type { Timers } from "./timers";
import type { WeigherEvent } from "./weigher-event";

/** How long a weigher waits, in ms of wall time unless said otherwise. */
export interface WeigherPatience {
  /** For a weight. */
  readonly weightMs: number;
  /** For an answer to who it is. */
  readonly greetingMs: number;
  /** After the last byte of a line that does not end. */
  readonly silenceMs: number;
  /** From one attempt to open it again to the next, on the recording's clock: at first, doubled up to the most. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

/** Patience with real balances: they answer in less than half a second, a stable weight apart. */
export const USUAL_PATIENCE: WeigherPatience = {
  weightMs: 5000,
  greetingMs: 2000,
  silenceMs: 500,
  firstRetryMs: 1000,
  longestRetryMs: 10000,
};

/** After so many questions without an answer the balance counts as gone, though its cable may be there. */
const MOST_UNANSWERED = 3;

/** What a weigher works with. */
export interface WeigherPorts {
  readonly connection: BalanceConnection;
  readonly protocol: BalanceProtocol;
  readonly clock: Pick<Clock, "nowMs">;
  readonly timers: Timers;
  readonly patience: WeigherPatience;
  /** Hears all that happens, in order. */
  readonly hear: (event: WeigherEvent) => void;
}

/**
 * A balance behind a connection: asks one question at a time (balances lose what is sent back to back), knows when the balance has gone and gets it
 * back. Every line that comes is told, whether it answers a question or not.
 */
export class Weigher {
  private listener: LineListener | undefined;
  private readonly underWay: QuestionUnderWay;
  /** Counts openings: what an earlier one still tells is not heard. */
  private opening = 0;
  private isOpen = false;
  private away = true;
  private wasThere = false;
  /** Questions since the last line of any kind. */
  private unanswered = 0;
  private retryInMs: number;
  private retryAt = 0;

  constructor(private readonly ports: WeigherPorts) {
    this.retryInMs = ports.patience.firstRetryMs;
    this.underWay = new QuestionUnderWay(ports, (why) => this.leave(why));
  }

  /** Whether the balance is away: closed, or open and mute. */
  isAway(): boolean {
    return this.away;
  }

  /** When {@link reopen} is worth while again, in ms of the recording's clock. */
  retryAtMs(): number {
    return this.retryAt;
  }

  /** Opens the connection for the first time. Rejects with `ConnectionFailure`. */
  async open(): Promise<void> {
    const { connection, patience } = this.ports;
    const opening = ++this.opening;
    const listener = new LineListener({ ...this.ports, silenceMs: patience.silenceMs }, (answer, atMs) => {
      if (opening === this.opening) this.hearLine(answer, atMs);
    });
    this.listener = listener;
    await connection.open({
      onBytes: (bytes) => {
        if (opening === this.opening) listener.push(bytes);
      },
      onClosed: (why) => {
        if (opening === this.opening) this.leave(why);
      },
    });
    this.isOpen = true;
    if (!connection.takesQuestions) this.cameBack(this.ports.clock.nowMs());
  }

  /**
   * Asks the balance who it is; undefined when it does not say. Nothing is cancelled before: MT-SICS's `@` takes back the tare of some balances, which
   * would shift the rest of a recording.
   */
  async identify(): Promise<string | undefined> {
    const { greetingMs } = this.ports.patience;
    const model = identityIn(await this.ask("identity", greetingMs));
    await this.pause();
    const serial = identityIn(await this.ask("serialNumber", greetingMs));
    await this.pause();
    const said = [model, serial === undefined ? undefined : `serial number ${serial}`];
    return said.filter((word) => word !== undefined).join(", ") || undefined;
  }

  /** Asks one weight. What comes is told as an event; resolves when it came, or did not in time, or the balance has gone. */
  async weigh(): Promise<BalanceAnswer | undefined> {
    if (!this.isOpen || !this.ports.connection.takesQuestions) return undefined;
    const { weightMs } = this.ports.patience;
    const answer = await this.ask("weightNow", weightMs);
    if (answer !== undefined) return answer;
    if (this.away) return undefined;
    this.ports.hear({ kind: "noAnswer", atMs: this.ports.clock.nowMs(), waitedMs: weightMs });
    this.unanswered++;
    if (this.unanswered >= MOST_UNANSWERED) {
      await this.ports.connection.close();
      this.leave(`${this.unanswered} questions without an answer`);
    }
    return undefined;
  }

  /** Tries once to get a balance back that is away; true when it is there. */
  async reopen(): Promise<boolean> {
    try {
      await this.open();
      const identity = await this.identify();
      if (this.away) await this.weigh();
      if (!this.away) {
        this.ports.hear({ kind: "identified", atMs: this.ports.clock.nowMs(), identity });
        return true;
      }
    } catch (error) {
      if (!(error instanceof ConnectionFailure)) throw error;
    }
    await this.close();
    this.putOffRetry();
    return false;
  }

  /** Closes the connection; nothing is heard after. */
  async close(): Promise<void> {
    this.listener?.end();
    this.opening++;
    this.isOpen = false;
    this.away = true;
    this.underWay.giveUp();
    await this.ports.connection.close();
  }

  private pause(): Promise<void> {
    const { protocol, timers } = this.ports;
    if (protocol.pauseMs === 0) return Promise.resolve();
    return new Promise((resolve) => void timers.after(1.2 * protocol.pauseMs, resolve));
  }

  private ask(question: BalanceQuestion, patienceMs: number): Promise<BalanceAnswer | undefined> {
    return this.isOpen ? this.underWay.ask(question, patienceMs) : Promise.resolve(undefined);
  }

  private hearLine(heard: BalanceAnswer, atMs: number): void {
    // Whoever makes noise is there; to open the connection again would not help.
    this.unanswered = 0;
    if (this.away && heard.kind !== "unknown") this.cameBack(atMs);
    // Who it is, when it was asked for, is no line of the recording.
    if (!this.underWay.isGreeting(heard)) this.ports.hear({ kind: "line", atMs, answer: heard });
    this.underWay.hear(heard);
  }

  private cameBack(atMs: number): void {
    this.away = false;
    this.retryInMs = this.ports.patience.firstRetryMs;
    if (this.wasThere) this.ports.hear({ kind: "reconnected", atMs });
    this.wasThere = true;
  }

  /** The connection is gone: the half line that was there is told, then that it is gone. */
  private leave(why: string): void {
    this.listener?.end();
    this.opening++;
    this.isOpen = false;
    this.putOffRetry();
    if (!this.away) {
      this.away = true;
      this.ports.hear({ kind: "disconnected", atMs: this.ports.clock.nowMs(), why });
    }
    this.underWay.giveUp();
  }

  private putOffRetry(): void {
    this.retryAt = this.ports.clock.nowMs() + this.retryInMs;
    this.retryInMs = Math.min(2 * this.retryInMs, this.ports.patience.longestRetryMs);
  }
}

function identityIn(answer: BalanceAnswer | undefined): string | undefined {
  return answer?.kind === "identity" ? answer.text : undefined;
}
