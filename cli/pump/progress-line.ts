import type { Terminal } from "../terminal";

const ERASE_LINE = "\r\u001b[K";

/** One line on stderr that says what goes on; nothing where stderr is no terminal. */
export class ProgressLine {
  private isShown = false;

  constructor(private readonly terminal: Terminal) {}

  /** Shows `text` in the place of what it showed before. */
  show(text: string): void {
    if (!this.terminal.showsProgress) return;
    this.isShown = true;
    const cut = Array.from(text)
      .slice(0, this.terminal.width - 1)
      .join("");
    this.terminal.err(ERASE_LINE + cut);
  }

  /** Removes the line. */
  end(): void {
    if (this.isShown) this.terminal.err(ERASE_LINE);
    this.isShown = false;
  }
}
