import { bolusTable } from "./bolus-table";
import { chosenSettings, samplesOfStretch } from "./choose-stretch";
import type { ChosenSettings } from "./choose-stretch";
import { conventionOf } from "./convention";
import { correctionsOf, evaporationNote } from "./corrections";
import { driftPercentPerHour } from "./drift";
import type { FlowAnalysis, Gap } from "./flow-analysis";
import type { FlowSettings } from "./flow-settings";
import { displayStep } from "./display-step";
import { rollerNote } from "./roller-note";
import { hourlyErrors, spreadOfHours } from "./hourly";
import { cycleWindows, judgedWindows } from "./judged-windows";
import type { MassSeries } from "./mass-series";
import { budgetOf } from "./mean-uncertainty";
import { measuredNoise } from "./measured-noise";
import { canJudge, noisePercent } from "./noise";
import { occlusionTable } from "./occlusion-table";
import { runNotes } from "./run-notes";
import { logSinceStart, runSinceStart, stretchOrRefusal } from "./run-since-start";
import { startUpCurve } from "./start-up";
import { errorBetween } from "./stretch";
import type { Stretch } from "./stretch";
import { nearLimitNote, verdictOf } from "./verdict";

/**
 * Works out flow error, start-up and trumpet curve of a weighed run. Linear in its samples, whatever the windows. Throws {@link BadInput}
 * when the file does not reach over the stretch that is to be analysed, or has too few samples.
 */
export function analyseFlow(series: MassSeries, settings: FlowSettings): FlowAnalysis {
  const { rateMlPerH, limit } = settings;
  const chosen = chosenSettings(settings);
  const corrected = correctionsOf(settings.corrections ?? {}, rateMlPerH);
  const { run, startS, firstSample } = runSinceStart(series, settings, corrected);
  const { from, to } = samplesOfStretch(series, run.timeS, run.medianIntervalS, chosen);
  const stretch = stretchOrRefusal(series, run.timeS.subarray(from, to), run.volumeMl.subarray(from, to));
  const minutes = stretchMinutes(stretch);
  const massRateGPerH = rateMlPerH * corrected.densityGPerMl;
  const noise = settings.balanceNoise ?? measuredNoise(series, settings, stretch, firstSample + from);
  const rule = { noise, massRateGPerH, lengthMinutes: lengthOf(chosen, minutes), settings };
  const log = settings.pumpLog === undefined ? undefined : logSinceStart(settings.pumpLog, startS);
  const cycles = cycleWindows(stretch, chosen.windowsMinutes, rule, log);
  const bolusesAndNotes =
    log === undefined
      ? { boluses: [], notes: [] }
      : bolusTable(run, log, { readingUl: noise.readingG * corrected.mlPerG * 1000, rateMlPerH, head: settings.head });
  const meanErrorPercent = errorBetween(stretch, 0, stretch.timeS.length - 1, rateMlPerH);
  const seenStepG = stepBesidesG(series, settings, firstSample + from, firstSample + to);
  const budget = budgetOf(settings, { ...noise, seenStepG }, massRateGPerH, minutes.analysedMinutes, meanErrorPercent);
  const flow = {
    meanErrorPercent,
    uncertaintyPercent: budget.expandedPercent,
    isJudgeable: canJudge(noise, noisePercent(noise.readingG, massRateGPerH, minutes.analysedMinutes), limit?.percent),
  };
  const gapList = gapsOf(stretch, (sample) => series.lineOf(firstSample + from + sample));
  const hours = hourlyErrors(run, rateMlPerH);
  const notes = [
    ...runNotes({ series, run, firstSample, stretch, chosen, startS, log }),
    evaporationNote(settings.corrections?.evaporation, massRateGPerH),
    nearLimitNote(flow, limit?.percent),
    cycles.note,
    rollerNote(cycles.rollerPass, settings.head, { ...minutes, uncertaintyPercent: budget.expandedPercent }),
    ...(log?.notes ?? []),
    ...bolusesAndNotes.notes,
  ].filter((note) => note !== undefined);
  return {
    file: series.file,
    sha256: series.sha256,
    preset: chosen.preset,
    convention: conventionOf(chosen, corrected, settings),
    rateMlPerH,
    densityGPerMl: corrected.densityGPerMl,
    meanErrorPercent,
    uncertaintyPercent: budget.expandedPercent,
    uncertainty: budget.parts,
    ...minutes,
    samples: stretch.timeS.length,
    gaps: gapList.length,
    gapList,
    medianIntervalS: stretch.medianIntervalS,
    balanceNoiseG: noise.readingG,
    noiseSource: noise.source,
    windows: judgedWindows(stretch, chosen.windowsMinutes, rule),
    cycleMinutes: cycles.cycle?.minutes ?? null,
    cycleSource: cycles.cycle?.source ?? null,
    cycleWindows: cycles.windows,
    startUp: startUpOf(run, chosen),
    driftPercentPerHour: driftPercentPerHour(stretch, rateMlPerH),
    hourly: { ...spreadOfHours(hours, hoursWanted(chosen, minutes)), hours },
    boluses: bolusesAndNotes.boluses,
    occlusions: log === undefined ? [] : occlusionTable(run, log, noise.readingG * corrected.mlPerG * 1000),
    corrections: corrected.list,
    limitPercent: limit?.percent ?? null,
    limitSource: limit?.source ?? null,
    verdict: verdictOf(flow, limit?.percent),
    notes,
  };
}

/** Last place of the readings, in g, where their noise was told; noise that was measured has it in it: 0. */
function stepBesidesG(series: MassSeries, { balanceNoise }: FlowSettings, from: number, to: number): number {
  if (balanceNoise === undefined) return 0;
  return displayStep(series.massG.subarray(from, to), series.writtenStepG)?.stepG ?? 0;
}

/** Minutes without the rounding of their sums. */
function roundedMinutes(seconds: number): number {
  return Math.round((seconds / 60) * 1e9) / 1e9;
}

function stretchMinutes({ timeS }: Stretch): { fromMinutes: number; toMinutes: number; analysedMinutes: number } {
  const first = timeS[0] ?? NaN;
  const last = timeS[timeS.length - 1] ?? NaN;
  return {
    fromMinutes: roundedMinutes(first),
    toMinutes: roundedMinutes(last),
    analysedMinutes: roundedMinutes(last - first),
  };
}

/** How long the stretch is, in minutes: as wanted, or to the last sample where it ends with the file. */
function lengthOf({ wanted, endsWithFile }: ChosenSettings, { toMinutes }: { readonly toMinutes: number }): number {
  return (endsWithFile ? Math.min(wanted.toMinutes, toMinutes) : wanted.toMinutes) - wanted.fromMinutes;
}

/** The stretch that the hours are to lie in: as wanted, or as far as the file goes. */
function hoursWanted(
  { wanted }: ChosenSettings,
  { toMinutes }: { readonly toMinutes: number },
): { fromMinutes: number; toMinutes: number } {
  return { fromMinutes: wanted.fromMinutes, toMinutes: wanted.toMinutes === Infinity ? toMinutes : wanted.toMinutes };
}

function gapsOf({ timeS, parts }: Stretch, lineOf: (sample: number) => number): Gap[] {
  return parts.slice(1).map(({ first }) => {
    const fromS = timeS[first - 1] ?? NaN;
    return {
      line: lineOf(first),
      fromMinutes: roundedMinutes(fromS),
      minutes: roundedMinutes((timeS[first] ?? NaN) - fromS),
    };
  });
}

function startUpOf(run: Stretch, { startUpMinutes, intervalS }: ChosenSettings): FlowAnalysis["startUp"] {
  const points = startUpCurve(run, intervalS, startUpMinutes);
  return { fromMinutes: 0, toMinutes: Math.min(startUpMinutes, roundedMinutes(run.timeS.at(-1) ?? 0)), points };
}
