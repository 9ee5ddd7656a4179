import { lengthText } from "../sim/plot/time-columns";
import { MS_PER_DAY, MS_PER_HOUR } from "../src/units";
import type { Terminal } from "./terminal";

/** A run shorter than this shows no progress, in ms of wall time. */
const PATIENCE_MS = 500;
/** Time from one rewriting of the line to the next, in ms of wall time. */
const REWRITE_EVERY_MS = 100;
const ERASE_LINE = "\r\u001b[K";

/** One line on stderr that is rewritten while a long run goes on; nothing at all where stderr is no terminal. */
export class Progress {
  private nextMs: number;
  private shown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly endMs: number,
  ) {
    this.nextMs = performance.now() + PATIENCE_MS;
  }

  /** What goes on (`what`) has reached `atMs` of core time. */
  reached(what: string, atMs: number): void {
    if (!this.terminal.showsProgress) return;
    const nowMs = performance.now();
    if (nowMs < this.nextMs) return;
    this.nextMs = nowMs + REWRITE_EVERY_MS;
    this.shown = true;
    const unitMs = this.endMs >= 2 * MS_PER_DAY ? MS_PER_DAY : MS_PER_HOUR;
    const at = lengthText(Math.floor(atMs / unitMs) * unitMs);
    const percent = Math.floor((100 * atMs) / this.endMs);
    const line = `${what}: ${at} of ${lengthText(this.endMs)} (${percent} %)`;
    this.terminal.err(
      ERASE_LINE +
        Array.from(line)
          .slice(0, this.terminal.width - 1)
          .join(""),
    );
  }

  /** Removes the line. */
  end(): void {
    if (this.shown) this.terminal.err(ERASE_LINE);
    this.shown = false;
  }
}
