/** Longest time that the store takes to report a record as durable, in ms. */
const STORE_WRITE_MS = 5;

/** The record that is being written, for which a stroke may wait. */
export class RecordWait {
  private untilMs = -1;
  private isWriting = false;

  /** The store was given a record at `atMs`. */
  writes(atMs: number): void {
    this.untilMs = atMs + STORE_WRITE_MS;
    this.isWriting = true;
  }

  /** It has reported it as durable. */
  reported(): void {
    this.isWriting = false;
  }

  /** Nobody heard the store before `missedMs`. */
  unheardUntil(missedMs: number): void {
    if (this.isWriting) this.untilMs = Math.max(this.untilMs, missedMs);
  }

  /** True when a stroke that is owed at `atMs` may still be waiting. */
  excuses(atMs: number): boolean {
    return atMs <= this.untilMs;
  }
}
