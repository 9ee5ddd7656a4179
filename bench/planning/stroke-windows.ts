/** Rounding of a length that is meant to be whole strokes. */
const HAIR = 1e-9;

/** What whole strokes alone make of a window: the flow error of the window that catches most of them, and of the one that catches fewest, in %. */
export interface StrokeWindow {
  readonly strokes: number;
  readonly maxPercent: number;
  readonly minPercent: number;
}

/**
 * Discrete doses of a pump that gives one each Tc: Ep(max) = 100(ceil(P/Tc) Tc/P - 1), Ep(min) = 100(floor(P/Tc) Tc/P - 1). Both are 0 for a whole number
 * of cycles. @param minutes the window P @param cycleMinutes from stroke to stroke, Tc
 */
export function strokeWindow(minutes: number, cycleMinutes: number): StrokeWindow {
  const strokes = minutes / cycleMinutes;
  const nearest = Math.round(strokes);
  const isWhole = nearest > 0 && Math.abs(strokes - nearest) <= HAIR * nearest;
  const errorOf = (count: number): number => 100 * (count / strokes - 1);
  return {
    strokes,
    maxPercent: isWhole ? 0 : errorOf(Math.ceil(strokes)),
    minPercent: isWhole ? 0 : errorOf(Math.floor(strokes)),
  };
}
