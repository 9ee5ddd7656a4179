import { BadInput } from "../../config/bad-input";
import type { Corrected } from "./corrections";
import type { FlowSettings } from "./flow-settings";
import type { MassSeries } from "./mass-series";
import type { PumpLog } from "./pump-log";
import { firstFrom, stretchOf } from "./stretch";
import type { Stretch } from "./stretch";

/** A run from the pump's start on. */
export interface RunSinceStart {
  /** Times since the start, corrected volumes. */
  readonly run: Stretch;
  /** The start, in s on the file's axis. */
  readonly startS: number;
  /** Sample of the series with which the run begins. */
  readonly firstSample: number;
}

/** The run from the pump's start on, in corrected volumes. Throws {@link BadInput} when there are too few samples. */
export function runSinceStart(
  series: MassSeries,
  { startS: toldS }: FlowSettings,
  { mlPerG, addedGPerH }: Corrected,
): RunSinceStart {
  const { file, timeS, massG } = series;
  const firstS = timeS[0];
  if (firstS === undefined || timeS.length < 2)
    throw new BadInput(file, 0, `it has ${timeS.length} samples; a run of at least 3 is wanted`);
  const startS = toldS ?? firstS;
  const firstSample = firstFrom(timeS, startS);
  if (timeS.length - firstSample < 2)
    throw new BadInput(
      file,
      0,
      `the pump's start at ${startS} s lies after its samples, which end at ${timeS.at(-1) ?? 0} s`,
    );
  const since = new Float64Array(timeS.length - firstSample);
  const volumeMl = new Float64Array(since.length);
  for (let i = 0; i < since.length; i++) {
    const elapsedS = (timeS[firstSample + i] ?? NaN) - startS;
    since[i] = elapsedS;
    volumeMl[i] = ((massG[firstSample + i] ?? NaN) + (addedGPerH * elapsedS) / 3600) * mlPerG;
  }
  return { run: stretchOrRefusal(series, since, volumeMl), startS, firstSample };
}

/** The samples of a series as a stretch. Throws {@link BadInput} for times that do not differ. */
export function stretchOrRefusal({ file }: MassSeries, timeS: Float64Array, volumeMl: Float64Array): Stretch {
  try {
    return stretchOf(timeS, volumeMl);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BadInput(file, 0, `${error.message}; times with more decimals are wanted`);
  }
}

/** The log with its times since the pump's start instead of the file's axis. */
export function logSinceStart(log: PumpLog, startS: number): PumpLog {
  return {
    ...log,
    strokes: log.strokes.map((line) => ({ ...line, atS: line.atS - startS, lastS: line.lastS - startS })),
    boluses: log.boluses.map((bolus) => ({ ...bolus, startS: bolus.startS - startS, endS: bolus.endS - startS })),
    occlusions: log.occlusions.map(({ alarmS, openS }) => ({
      alarmS: alarmS - startS,
      openS: openS === undefined ? undefined : openS - startS,
    })),
    basal: log.basal.map((rate) => ({ ...rate, atS: rate.atS - startS })),
  };
}
