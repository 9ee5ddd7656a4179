import { NEVER_MS } from "../units";
import { STALE_STROKE_MS } from "./step-driver";

/** More strokes than this can never be waiting: a shell may come 2 s late, and no stroke is shorter than 50 ms. */
export const MOST_OUTSTANDING = 48;

/** Strokes that were ordered and not yet reported by the step driver, and when the report is overdue. */
export class OutstandingStrokes {
  strokes = 0;
  /** The report must have come before this instant, in ms of core time; NEVER_MS while nothing is outstanding. */
  overdueMs = NEVER_MS;
  private readonly strokeMs: number;

  constructor(strokeMs: number) {
    this.strokeMs = strokeMs;
  }

  /** A stroke was ordered at `nowMs`. */
  ordered(nowMs: number): void {
    this.strokes++;
    this.expectFrom(nowMs);
  }

  /** The driver reported `strokes`, at most the outstanding ones. */
  reported(strokes: number, nowMs: number): void {
    this.strokes -= strokes;
    this.expectFrom(nowMs);
  }

  /** Gives the driver its full time again from `nowMs` on. */
  expectFrom(nowMs: number): void {
    // A driver may begin a stroke up to STALE_STROKE_MS late and still make it.
    this.overdueMs =
      this.strokes === 0 ? NEVER_MS : nowMs + this.strokes * this.strokeMs + STALE_STROKE_MS + STALE_STROKE_MS;
  }

  /** Expects nothing any more. */
  forget(): void {
    this.strokes = 0;
    this.overdueMs = NEVER_MS;
  }
}
