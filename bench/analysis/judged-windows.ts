import { cycleWindowLengths, doseCycleOf } from "./dose-cycle";
import type { DoseCycle } from "./dose-cycle";
import type { WindowResult } from "./flow-analysis";
import type { FlowSettings } from "./flow-settings";
import { isJudgeable, noisePercent } from "./noise";
import type { PumpLog } from "./pump-log";
import type { Stretch } from "./stretch";
import { windowExtremes } from "./windows";

/** What windows are judged by. */
export interface WindowRule {
  /** Noise of one reading, in g. */
  readonly readingG: number;
  /** What the set rate weighs in an hour. */
  readonly massRateGPerH: number;
  readonly settings: FlowSettings;
}

/** The trumpet curve: the windows of each length, with the balance's noise and whether they can be judged. */
export function judgedWindows(stretch: Stretch, lengths: readonly number[], rule: WindowRule): WindowResult[] {
  return lengths.map((minutes) => windowResult(stretch, minutes, rule));
}

function windowResult(
  stretch: Stretch,
  minutes: number,
  { readingG, massRateGPerH, settings: { rateMlPerH, limit } }: WindowRule,
): WindowResult {
  const extremes = windowExtremes(stretch, minutes, rateMlPerH);
  const noise = noisePercent(readingG, massRateGPerH, minutes);
  if (extremes === undefined)
    return { minutes, maxPercent: null, minPercent: null, noisePercent: noise, judgeable: false, withinLimit: null };
  const { maxPercent, minPercent } = extremes;
  const judgeable = isJudgeable(noise, limit?.percent);
  const withinLimit =
    limit === undefined || !judgeable ? null : Math.max(Math.abs(maxPercent), Math.abs(minPercent)) <= limit.percent;
  return { minutes, maxPercent, minPercent, noisePercent: noise, judgeable, withinLimit };
}

/** The dose cycle and its windows, and why there are none. */
export interface JudgedCycles {
  readonly cycle: DoseCycle | undefined;
  readonly windows: readonly WindowResult[];
  readonly note: string | undefined;
}

/** Windows of whole dose cycles; the cycle as told, else by the pump's log. @param log times on the stretch's axis */
export function cycleWindows(
  stretch: Stretch,
  lengths: readonly number[],
  rule: WindowRule,
  log: PumpLog | undefined,
): JudgedCycles {
  const { timeS, medianIntervalS } = stretch;
  const ofLog = log === undefined ? undefined : doseCycleOf(log, timeS[0] ?? 0, timeS[timeS.length - 1] ?? 0);
  const cycle = rule.settings.cycle ?? ofLog;
  if (cycle === undefined) return { cycle, windows: [], note: undefined };
  // Several doses between two samples: any window has nearly whole cycles, and none exactly.
  if (cycle.minutes * 60 < medianIntervalS)
    return {
      cycle,
      windows: [],
      note: "the dose cycle is shorter than the sample interval: no windows of whole cycles",
    };
  return { cycle, windows: judgedWindows(stretch, cycleWindowLengths(lengths, cycle.minutes), rule), note: undefined };
}
