/**
 * The contract of whatever turns the motor.
 *
 * - `move` takes whole strokes and returns at once. Commands add up; strokes are made one after the other, never
 *   faster than the pump head allows. It may be called while earlier strokes are still being made.
 * - A stroke that could not be begun within {@link STALE_STROKE_MS} of its due time, or whose next pulse would come more than
 *   {@link STALE_PULSE_MS} late, is not made or not finished: EN goes off, all waiting strokes are dropped, and the report says
 *   {@link MoveResult.dropped}. The core has counted them already and does not give them again.
 * - A report is ready when `doneMs` is not later than now. `doneMs` is NEVER_MS while nothing waits to be reported; a driver that
 *   knows the end beforehand may set it in the future. Reading the report (`takeReport`) clears it.
 * - At rest EN is off; of a head that has to be held, from `halt` on. No pulse is ever made that no `move` asked for. The position lost after a drop is less than one stroke.
 */
export interface StepDriver {
  /** When the next report is ready, in ms of core time; NEVER_MS: none. A plain field: it is read at every wake. */
  doneMs: number;
  /** Strokes covered by the report that is ready. */
  doneStrokes: number;
  /** {@link MoveResult} of the report that is ready. */
  doneResult: number;
  /** Starts `strokes` strokes that were due at `dueMs`. */
  move(strokes: number, dueMs: number): void;
  /**
   * Takes EN off: after the stroke that is being made, or at once when `atOnce`. Strokes that have not begun are dropped and reported as
   * cancelled.
   */
  halt(atOnce: boolean, nowMs: number): void;
  /** Marks the ready report as read. */
  takeReport(): void;
}

/** How a move ended. */
export enum MoveResult {
  /** Every stroke was made. */
  made = 0,
  /** At least one was late, or cut off, and was given up. */
  dropped = 1,
  /** At least one was given up because EN was ordered off. */
  cancelled = 2,
}

/** A stroke that cannot begin within this time of its due time is not made, in ms. */
export const STALE_STROKE_MS = 2000;

/** A pulse that comes later than this inside a stroke is not made, in ms. */
export const STALE_PULSE_MS = 100;
