import type { FlowAnalysis, WindowResult } from "../analysis/flow-analysis";

/** Points that cannot be judged may be this many times further out than all else before they are left outside. */
const MOST_STRETCHED = 3;

/** How far the trumpet's error axis has to reach, in %. */
export interface TrumpetRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Holds mean errors, limits and all windows that can be judged. Windows that the balance cannot judge are held too, unless they are so far out
 * that nothing else could be read: those are left outside and {@link windowsOutside} names them.
 */
export function trumpetRange(analyses: readonly FlowAnalysis[]): TrumpetRange {
  const judged = analyses.flatMap(({ windows }) => errorsOf(windows.filter(({ judgeable }) => judgeable)));
  const all = analyses.flatMap(({ windows }) => errorsOf(windows));
  const levels = analyses.flatMap(({ meanErrorPercent, limitPercent }) => [
    0,
    meanErrorPercent,
    ...(limitPercent === null ? [] : [limitPercent, -limitPercent]),
  ]);
  const held = judged.length === 0 ? [...levels, ...all] : [...levels, ...judged];
  const [from, to] = [Math.min(...held), Math.max(...held)];
  const room = MOST_STRETCHED * Math.max(Math.abs(from), Math.abs(to));
  const near = all.filter((error) => Math.abs(error) <= room);
  return { from: Math.min(from, ...near), to: Math.max(to, ...near) };
}

/** The windows of a run whose points lie outside the range. */
export function windowsOutside({ windows }: FlowAnalysis, { from, to }: TrumpetRange): WindowResult[] {
  return windows.filter((window) => errorsOf([window]).some((error) => error < from || error > to));
}

function errorsOf(windows: readonly WindowResult[]): number[] {
  return windows.flatMap(({ maxPercent, minPercent }) => [maxPercent, minPercent]).filter((error) => error !== null);
}
