import type { FlowAnalysis } from "../analysis/flow-analysis";
import {
  changeText,
  countText,
  durationText,
  errorText,
  flowFigure,
  massText,
  rateText,
  settingWithUnit,
  stretchText,
  twoDigits,
  twoDigitsPercent,
} from "./figures";
import { factsInTwo } from "./table";
import type { Html } from "./html";

/** The result in figures: what was set, what came, how sure that is, what it is held against. */
export function summaryBlock(analysis: FlowAnalysis): Html {
  const { rateMlPerH, meanErrorPercent, hourly } = analysis;
  return factsInTwo([
    ["Set rate", rateText(rateMlPerH)],
    ["Mean flow", `${flowFigure(meanErrorPercent, rateMlPerH)}\u202FmL/h`],
    ["Mean flow error", meanErrorText(analysis)],
    ["Drift of the error", `${changeText(analysis.driftPercentPerHour)} per hour`],
    ["Hourly means", hourlyText(hourly)],
    ["Limit", limitText(analysis)],
    ["Density of the liquid", settingWithUnit(Number(analysis.densityGPerMl.toPrecision(6)), "g/mL")],
    ["Analysed stretch", stretchText(analysis.fromMinutes, analysis.toMinutes)],
    ["Its length", durationText(analysis.analysedMinutes)],
    ["Samples in it", countText(analysis.samples)],
    ["Median interval", settingWithUnit(Number(analysis.medianIntervalS.toPrecision(5)), "s")],
    ["Gaps in it", gapText(analysis)],
    ["Preset", analysis.preset],
    ["Noise of one reading", `${massText(analysis.balanceNoiseG)} (1\u202Fs)`],
  ]);
}

/** `−1.38 % ± 0.31 % (k = 2)`; without any known uncertainty it says that instead of a zero. */
export function meanErrorText({ meanErrorPercent, uncertaintyPercent }: FlowAnalysis): string {
  const error = errorText(meanErrorPercent);
  if (!(uncertaintyPercent > 0)) return `${error} (uncertainty not known)`;
  return `${error} \u00B1 ${twoDigitsPercent(uncertaintyPercent)} (k\u202F=\u202F2)`;
}

function hourlyText({ meanPercent, sdPercent }: FlowAnalysis["hourly"]): string {
  if (meanPercent === null) return "no full hour";
  if (sdPercent === null) return `${errorText(meanPercent)} (one hour)`;
  return `mean ${errorText(meanPercent)}, standard deviation ${twoDigitsPercent(sdPercent)}`;
}

/** `±14.5 % (SynchroMed II label)`. */
export function limitText({ limitPercent, limitSource }: FlowAnalysis): string {
  if (limitPercent === null) return "none told";
  return `\u00B1${settingWithUnit(limitPercent, "%")} (${limitSource ?? "no source told"})`;
}

function gapText({ gaps, gapList }: FlowAnalysis): string {
  if (gaps === 0) return "none";
  const minutes = gapList.reduce((sum, gap) => sum + gap.minutes, 0);
  return `${gaps}, together ${minutes < 1 ? `${twoDigits(minutes * 60)}\u202Fs` : durationText(minutes)}`;
}
