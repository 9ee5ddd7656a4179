import { MS_PER_HOUR } from "../../src/units";
import type { PortSink } from "../engines/engine";
import { InstantsCrc32 } from "./crc32";
import { describeEntry } from "./words";
import type { LogLine } from "./words";

/** What becomes of a finished line. `text` is its JSON, without the newline. */
export type LineSink = (line: LogLine, text: string) => void;

/**
 * The one recorder, placed at the ports of both engines. Strokes between two other lines become one line with their number, first and
 * last time, and a CRC-32 over each due time; a full hour of core time ends it too. With `logStrokes` every stroke has its own line.
 */
export class Recorder implements PortSink {
  /** Strokes seen so far. */
  strokes = 0;
  /** Lines written so far. */
  lines = 0;

  private count = 0;
  private firstMs = 0;
  private lastMs = 0;
  private readonly times = new InstantsCrc32();

  constructor(
    private readonly sink: LineSink,
    private readonly logStrokes = false,
  ) {}

  stroke(atMs: number, strokes: number): void {
    this.strokes += strokes;
    if (this.logStrokes) {
      this.write({ atMs, event: "stroke", count: strokes });
      return;
    }
    if (this.count > 0 && Math.floor(atMs / MS_PER_HOUR) !== Math.floor(this.firstMs / MS_PER_HOUR)) this.endStrokes();
    if (this.count === 0) this.firstMs = atMs;
    this.lastMs = atMs;
    this.count += strokes;
    for (let i = 0; i < strokes; i++) this.times.add(atMs);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.endStrokes();
    this.write(describeEntry(code, atMs, a, b, c, d));
  }

  /** Ends the log: the strokes that are still open get their line. */
  close(): void {
    this.endStrokes();
  }

  private endStrokes(): void {
    if (this.count === 0) return;
    const line = {
      atMs: this.firstMs,
      event: "strokes",
      count: this.count,
      lastAtMs: this.lastMs,
      timesCrc32: this.times.value(),
    };
    this.count = 0;
    this.times.reset();
    this.write(line);
  }

  private write(line: LogLine): void {
    this.lines++;
    this.sink(line, JSON.stringify(line));
  }
}
