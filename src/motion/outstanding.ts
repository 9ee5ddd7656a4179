import { NEVER_MS } from "../units";
import { STALE_STROKE_MS } from "./step-driver";

/** More strokes than this can never be waiting: a shell may come 2 s late, and no stroke is shorter than 50 ms. */
export const MOST_OUTSTANDING = 48;

/** How much longer than its strokes take a driver may take, in ms: it may begin one up to STALE_STROKE_MS late and still make it. */
const PATIENCE_MS = 2 * STALE_STROKE_MS;

/** Strokes that were ordered and not yet reported by the step driver, and when the report is overdue. */
export class OutstandingStrokes {
  strokes = 0;
  /** The report must have come before this instant, in ms of core time; NEVER_MS while nothing is outstanding. */
  overdueMs = NEVER_MS;
  private readonly strokeMs: number;

  constructor(strokeMs: number) {
    this.strokeMs = strokeMs;
  }

  /** A stroke was ordered at `nowMs`. The report of the oldest one is what is waited for, so only the first sets the time. */
  ordered(nowMs: number): void {
    this.strokes = this.strokes + 1;
    if (this.strokes === 1) this.expectFrom(nowMs);
  }

  /** The driver reported `strokes`, at most the outstanding ones, or they are not waited for any more. */
  reported(strokes: number, nowMs: number): void {
    this.strokes = this.strokes - strokes;
    this.expectFrom(nowMs);
  }

  /** Gives the driver its full time for the next report from `nowMs` on. */
  expectFrom(nowMs: number): void {
    this.overdueMs = NEVER_MS;
    if (this.strokes !== 0) this.overdueMs = nowMs + this.strokeMs + PATIENCE_MS;
  }
}
