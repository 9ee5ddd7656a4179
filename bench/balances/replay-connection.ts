import type { Clock } from "../clock";
import type { BalanceConnection, ConnectionListener } from "./balance-connection";
import type { ReplayedLine } from "./replayed-line";

/**
 * A balance that says again what a file holds, and cannot be asked anything. It is its own clock: when somebody waits, the lines up to then are said
 * one by one, each at its own time, and no wall time passes.
 */
export class ReplayConnection implements BalanceConnection, Clock {
  readonly name = "virtual";
  readonly takesQuestions = false;
  private atMs = 0;
  private next = 0;
  private listener: ConnectionListener | undefined;

  /** @param address as the command line calls it: `replay:run.log` */
  constructor(
    readonly address: string,
    private readonly lines: readonly ReplayedLine[],
  ) {}

  open(listener: ConnectionListener): Promise<void> {
    this.listener = listener;
    return Promise.resolve();
  }

  write(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.listener = undefined;
    return Promise.resolve();
  }

  nowMs(): number {
    return this.atMs;
  }

  waitUntil(atMs: number): Promise<void> {
    for (let line = this.lines[this.next]; line !== undefined && line.atMs <= atMs; line = this.lines[this.next]) {
      this.next++;
      this.atMs = Math.max(this.atMs, line.atMs);
      this.listener?.onBytes(latin1(`${line.text}\r\n`));
    }
    this.atMs = Math.max(this.atMs, atMs);
    return Promise.resolve();
  }

  /** Time of the last line, in ms. */
  durationMs(): number {
    return this.lines[this.lines.length - 1]?.atMs ?? 0;
  }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
}
