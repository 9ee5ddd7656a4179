import { differingLine } from "../log/differing-line";
import type { PortSink } from "../engines/engine";

/** Passes on all that passes a pump's ports, and keeps it line by line, so that two runs can be compared. */
export class Told implements PortSink {
  /** One line for each stroke and entry. */
  readonly lines: string[] = [];

  constructor(private readonly next: PortSink) {}

  stroke(atMs: number, strokes: number): void {
    this.lines.push(`${atMs} ${strokes} strokes`);
    this.next.stroke(atMs, strokes);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.lines.push(`${atMs} entry ${code}: ${a} ${b} ${c} ${d}`);
    this.next.entry(code, atMs, a, b, c, d);
  }

  /** Where another run parts from this one, in words; `undefined`: nowhere. */
  differenceFrom({ lines }: Told): string | undefined {
    const line = differingLine(this.lines, lines);
    if (line === undefined) return undefined;
    return `the engines differ in line ${line + 1}: ${this.lines[line] ?? "the end"} against ${lines[line] ?? "the end"}`;
  }
}
