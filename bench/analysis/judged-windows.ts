import { cycleWindowLengths, doseCycleOf, rollerPassOf } from "./dose-cycle";
import type { DoseCycle } from "./dose-cycle";
import type { WindowResult } from "./flow-analysis";
import type { FlowSettings } from "./flow-settings";
import { canJudge, noisePercent } from "./noise";
import type { BalanceNoise } from "./noise";
import type { PumpLog } from "./pump-log";
import { hairS } from "./stretch";
import type { Stretch } from "./stretch";
import { windowExtremes } from "./windows";

/** What windows are judged by. */
export interface WindowRule {
  /** Of one reading. */
  readonly noise: BalanceNoise;
  /** What the set rate weighs in an hour. */
  readonly massRateGPerH: number;
  /** Of the analysed stretch: there is no window longer than it, whatever half an interval says. */
  readonly lengthMinutes: number;
  readonly settings: FlowSettings;
}

/** The trumpet curve: the windows of each length, with the balance's noise and whether they can be judged. */
export function judgedWindows(stretch: Stretch, lengths: readonly number[], rule: WindowRule): WindowResult[] {
  return lengths.map((minutes) => windowResult(stretch, minutes, rule));
}

function windowResult(
  stretch: Stretch,
  minutes: number,
  { noise: balance, massRateGPerH, lengthMinutes, settings: { rateMlPerH, limit } }: WindowRule,
): WindowResult {
  const isTooLong = minutes > lengthMinutes + hairS(stretch.medianIntervalS) / 60;
  const extremes = isTooLong ? undefined : windowExtremes(stretch, minutes, rateMlPerH);
  const noise = noisePercent(balance.readingG, massRateGPerH, minutes);
  if (extremes === undefined)
    return { minutes, maxPercent: null, minPercent: null, noisePercent: noise, judgeable: false, withinLimit: null };
  const { maxPercent, minPercent } = extremes;
  const judgeable = canJudge(balance, noise, limit?.percent);
  const withinLimit =
    limit === undefined || !judgeable ? null : Math.max(Math.abs(maxPercent), Math.abs(minPercent)) <= limit.percent;
  return { minutes, maxPercent, minPercent, noisePercent: noise, judgeable, withinLimit };
}

/** The dose cycle and its windows, and why there are none. */
export interface JudgedCycles {
  readonly cycle: DoseCycle | undefined;
  readonly windows: readonly WindowResult[];
  readonly note: string | undefined;
  /** From one roller to the next; undefined: nobody knows the head, or the pump did not run at one rate. */
  readonly rollerPass: DoseCycle | undefined;
}

/**
 * Windows of whole dose cycles; the cycle as told, else by the pump's log. Strokes that come faster than samples make no windows: what shows
 * then is the rollers, and their pass is the cycle. @param log times on the stretch's axis
 */
export function cycleWindows(
  stretch: Stretch,
  lengths: readonly number[],
  rule: WindowRule,
  log: PumpLog | undefined,
): JudgedCycles {
  const { timeS, medianIntervalS } = stretch;
  const { settings } = rule;
  const strokes = log === undefined ? undefined : doseCycleOf(log, timeS[0] ?? 0, timeS[timeS.length - 1] ?? 0);
  const isSeen = (cycle: DoseCycle): boolean => cycle.minutes * 60 >= medianIntervalS - hairS(medianIntervalS);
  const rollerPass =
    strokes === undefined || settings.head === undefined ? undefined : rollerPassOf(strokes, settings.head);
  const known = [settings.cycle ?? strokes, settings.cycle === undefined ? rollerPass : undefined].filter(
    (cycle) => cycle !== undefined,
  );
  const cycle = known.find(isSeen);
  if (cycle !== undefined)
    return {
      cycle,
      windows: judgedWindows(stretch, cycleWindowLengths(lengths, cycle.minutes), rule),
      note: undefined,
      rollerPass,
    };
  const [shortest] = known;
  if (shortest === undefined) return { cycle: undefined, windows: [], note: undefined, rollerPass };
  // Several doses between two samples: any window has nearly whole cycles, and none exactly.
  const hint =
    settings.cycle === undefined && settings.head === undefined
      ? "; --rollers and --strokes-per-revolution tell the pass of a roller"
      : "";
  return {
    cycle: shortest,
    windows: [],
    note: `the dose cycle is shorter than the sample interval: no windows of whole cycles${hint}`,
    rollerPass,
  };
}
