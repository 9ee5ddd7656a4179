/** One line of a balance, or a piece of what cannot be one. */
export interface FramedLine {
  /** Without its end; each character one byte (Latin 1). */
  readonly text: string;
  /** When its last byte came, in ms. */
  readonly atMs: number;
  /** False: longer than any line, or cut off by a silence. */
  readonly isWhole: boolean;
}

/** No balance sends longer lines; what is longer comes in pieces of this many bytes. */
export const LONGEST_LINE_BYTES = 200;

const CR = 13;
const LF = 10;

/**
 * Makes lines of bytes, however they come in pieces. A line ends with CR, LF or CR LF; empty lines are left out. Nothing else is lost: what has no end
 * comes in pieces that are marked as such.
 */
export class LineFramer {
  private bytes: number[] = [];
  private lastMs = 0;
  private isTooLong = false;

  /** Takes bytes that came at `atMs` and returns the lines that they finish. */
  push(bytes: Uint8Array, atMs: number): FramedLine[] {
    const lines: FramedLine[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF) {
        if (this.bytes.length > 0) lines.push(this.take(atMs, !this.isTooLong));
        this.isTooLong = false;
        continue;
      }
      this.lastMs = atMs;
      this.bytes.push(byte);
      if (this.bytes.length < LONGEST_LINE_BYTES) continue;
      this.isTooLong = true;
      lines.push(this.take(atMs, false));
    }
    return lines;
  }

  /** Whether the bytes so far end inside a line. */
  isInLine(): boolean {
    return this.bytes.length > 0;
  }

  /** The half line before a silence, with the time of its last byte; undefined when there is none. */
  cutOff(): FramedLine | undefined {
    this.isTooLong = false;
    return this.bytes.length === 0 ? undefined : this.take(this.lastMs, false);
  }

  private take(atMs: number, isWhole: boolean): FramedLine {
    const text = String.fromCharCode(...this.bytes);
    this.bytes = [];
    return { text, atMs, isWhole };
  }
}
