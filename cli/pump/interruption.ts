import type { Terminal } from "../terminal";
import type { PumpHost } from "./pump-host";

/** Ctrl-C came, or its like. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

/**
 * What Ctrl-C means while a command talks to a pump: what is only asked ends at once; an order under way is finished first, or named, so that nobody wonders
 * whether it was carried out.
 */
export class Interruption {
  /** Rejects with {@link Interrupted} when the command has to end. */
  readonly ended: Promise<never>;
  private readonly watch;
  private end: (error: Interrupted) => void = () => undefined;
  private underWay: (() => string) | undefined;

  constructor(
    host: PumpHost,
    private readonly terminal: Terminal,
  ) {
    this.ended = new Promise((_, reject) => (this.end = reject));
    this.ended.catch(() => undefined);
    this.watch = host.listenForSignals(() => this.hear());
  }

  /** Does `order` to its end, whatever comes. `named`: what to say of it when somebody wants to go meanwhile. */
  async finish<T>(named: () => string, order: () => Promise<T>): Promise<T> {
    this.throwIfDue();
    this.underWay = named;
    try {
      return await order();
    } finally {
      this.underWay = undefined;
    }
  }

  /** Throws {@link Interrupted} when somebody wants to go. */
  throwIfDue(): void {
    const signal = this.watch.received();
    if (signal !== undefined) throw new Interrupted(signal);
  }

  /** Signals end the process again. */
  close(): void {
    this.watch.end();
  }

  private hear(): void {
    const signal = this.watch.received() ?? "SIGINT";
    if (this.underWay === undefined) this.end(new Interrupted(signal));
    else this.terminal.err(`${this.underWay()}\n`);
  }
}
