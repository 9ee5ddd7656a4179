import type { PumpLog } from "./pump-log";

/** From one dose to the next. */
export interface DoseCycle {
  readonly minutes: number;
  /** Where it is from. */
  readonly source: string;
}

/** What of a pump head makes it pulse. */
export interface RollerHead {
  /** Rollers that pass the outlet in one revolution. */
  readonly rollers: number;
  /** Strokes of the log that make one revolution. */
  readonly strokesPerRevolution: number;
  /** Share of the flow that a roller takes at the deepest of its dip, in %; undefined: nobody knows. */
  readonly pulsationPercent?: number | undefined;
  /** Says where the numbers are from. */
  readonly source: string;
}

/**
 * What the rollers' phase makes of a delivered volume, as one standard deviation in the unit of `revolution`. The volume of a head runs ahead of or behind
 * its mean by up to A = a V / (2 pi N), the integral of 1 - a cos(N phi) (sim/plant/head-flow). So each end is off by A sin(N phi) of an unknown
 * phase, one standard deviation of which is A / sqrt(2); both ends together A. @param revolution volume of one, V
 */
export function phaseVolume(pulsationPercent: number, rollers: number, revolution: number): number {
  return ((pulsationPercent / 100) * revolution) / (2 * Math.PI * rollers);
}

/** {@link phaseVolume} of a head, in µL; 0 where the pulsation is not known. @param strokeUl of one stroke */
export function rollersUl(
  { rollers, strokesPerRevolution, pulsationPercent = 0 }: RollerHead,
  strokeUl: number,
): number {
  return phaseVolume(pulsationPercent, rollers, strokeUl * strokesPerRevolution);
}

/**
 * From one roller to the next: strokes per revolution / rollers x the time of a stroke. The flow of a peristaltic head dips once in it (Boxer,
 * pump FAQ), so that windows of whole passes do not see it.
 */
export function rollerPassOf(strokes: DoseCycle, { rollers, strokesPerRevolution, source }: RollerHead): DoseCycle {
  const perPass = strokesPerRevolution / rollers;
  return {
    minutes: perPass * strokes.minutes,
    source: `pass of a roller, ${Number(perPass.toPrecision(4))} strokes (${source}); ${strokes.source}`,
  };
}

/** Rates this near to each other, as a share, are one. */
const SAME_RATE = 1e-9;

/**
 * The dose cycle of a stretch by the pump's log: the mean time from one stroke to the next. `undefined` where the pump did not run at one
 * rate all the time: with a bolus or a change of the basal rate in the stretch, or fewer than three strokes. Times in s on the log's axis.
 */
export function doseCycleOf(log: PumpLog, fromS: number, toS: number): DoseCycle | undefined {
  if (log.boluses.some(({ startS, endS }) => startS < toS && endS > fromS)) return undefined;
  const before = log.basal.filter(({ atS }) => atS <= fromS).at(-1);
  const within = log.basal.filter(({ atS }) => atS > fromS && atS < toS);
  if (before !== undefined && within.some(({ mlPerH }) => Math.abs(mlPerH / before.mlPerH - 1) > SAME_RATE))
    return undefined;
  const lines = log.strokes.filter(({ atS, lastS }) => atS >= fromS && lastS <= toS);
  const first = lines[0];
  const last = lines.at(-1);
  const strokes = lines.reduce((sum, { count }) => sum + count, 0);
  if (first === undefined || last === undefined || strokes < 3) return undefined;
  const minutes = (last.lastS - first.atS) / (strokes - 1) / 60;
  return minutes > 0 ? { minutes, source: `${strokes} strokes of ${log.file}` } : undefined;
}

/** Window lengths of whole cycles: for each of `windowsMinutes` the nearest one, at least one cycle, each once. */
export function cycleWindowLengths(windowsMinutes: readonly number[], cycleMinutes: number): number[] {
  const cycles = windowsMinutes.map((minutes) => Math.max(1, Math.round(minutes / cycleMinutes)));
  return [...new Set(cycles)].map((count) => count * cycleMinutes);
}
