import type { LogLine } from "../log/words";
import { wallText } from "../scenario/wall-clock";
import { NEVER_MS } from "../../src/units";

/** One row of an interrogation: a line of the log. */
export class Row {
  constructor(private readonly line: LogLine | undefined) {}

  /** A number of the row; 0 when the row did not come. */
  number(key: string): number {
    return Number(this.line?.[key] ?? 0);
  }

  /** A number of the row; `null` when it is `none`, which stands for a value that is not known or not there. */
  numberUnless(none: number, key: string): number | null {
    const value = this.number(key);
    return value === none ? null : value;
  }

  /** A word of the row. */
  word(key: string): string {
    return String(this.line?.[key] ?? "");
  }

  /** A number that is 1 for yes. */
  isSet(key: string): boolean {
    return this.number(key) === 1;
  }
}

/** The rows of one interrogation. */
export class Rows {
  private readonly clockOffsetMs: number | undefined;

  constructor(private readonly lines: readonly LogLine[]) {
    const clock = this.one("clock");
    this.clockOffsetMs = clock.isSet("known") ? clock.number("wallMs") - clock.number("coreMs") : undefined;
  }

  /** The only row of its kind. */
  one(row: string): Row {
    return new Row(this.lines.find((line) => line["row"] === row));
  }

  /** All rows of a kind, in their order. */
  all(row: string): Row[] {
    return this.lines.flatMap((line) => (line["row"] === row ? [new Row(line)] : []));
  }

  /** The date and time of an instant of core time; `null` while the clock is not known, and for an instant that never comes. */
  wall(coreMs: number | null): string | null {
    if (coreMs === null || this.clockOffsetMs === undefined || !isDate(coreMs + this.clockOffsetMs)) return null;
    return wallText(coreMs + this.clockOffsetMs);
  }
}

/** Latest time that a Date can hold, from 2000-01-01 on, with room to spare. */
const LATEST_DATE_MS = 7e15;

function isDate(wallMs: number): boolean {
  return wallMs > -LATEST_DATE_MS && wallMs < LATEST_DATE_MS;
}

/** An instant of core time that may never come; `null`: it does not. */
export function everMs(coreMs: number): number | null {
  return coreMs >= NEVER_MS ? null : coreMs;
}
