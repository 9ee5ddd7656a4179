import type { ChosenSettings } from "./choose-stretch";
import type { MassSeries } from "./mass-series";
import type { PumpLog } from "./pump-log";
import { gramText } from "./uncertainty";
import type { Stretch } from "./stretch";
import { GAP_INTERVALS } from "./stretch";

/** What notes are made from. */
export interface NotedRun {
  readonly series: MassSeries;
  readonly run: Stretch;
  /** Sample of the series with which the run begins. */
  readonly firstSample: number;
  readonly stretch: Stretch;
  readonly chosen: ChosenSettings;
  /** When the pump was started, on the file's axis. */
  readonly startS: number;
  /** Times since the pump was started. */
  readonly log: PumpLog | undefined;
}

/** What is odd about a run, for people: its reader's notes first. */
export function runNotes(noted: NotedRun): string[] {
  const { series, firstSample } = noted;
  const notes = [...series.notes];
  if (firstSample > 0) notes.push(`${firstSample} samples before the pump's start are left out`);
  const told = [
    negativeSteps(noted),
    equalTimes(noted),
    lateStretch(noted),
    otherInterval(noted),
    bolusesInside(noted),
  ];
  return [...notes, ...told.filter((note) => note !== undefined)];
}

function negativeSteps({ series, firstSample }: NotedRun): string | undefined {
  const { massG, lineOf } = series;
  let count = 0;
  let largest = 0;
  let at = 0;
  for (let i = firstSample + 1; i < massG.length; i++) {
    const step = (massG[i] ?? NaN) - (massG[i - 1] ?? NaN);
    if (!(step < 0)) continue;
    count++;
    if (step < largest) [largest, at] = [step, i];
  }
  if (count === 0) return undefined;
  const steps = massG.length - firstSample - 1;
  return `${count} of ${steps} steps are negative and kept; the largest, ${gramText(largest)}, is at line ${lineOf(at)}`;
}

function equalTimes({ series, firstSample }: NotedRun): string | undefined {
  const { timeS, lineOf } = series;
  let count = 0;
  let at = 0;
  for (let i = firstSample + 1; i < timeS.length; i++) {
    if (timeS[i] !== timeS[i - 1]) continue;
    if (count === 0) at = i;
    count++;
  }
  if (count === 0) return undefined;
  return `${count} samples have the same time as the one before, the first at line ${lineOf(at)}; no flow is worked out between such two`;
}

function lateStretch({ stretch, chosen }: NotedRun): string | undefined {
  const lateS = (stretch.timeS[0] ?? 0) - chosen.wanted.fromMinutes * 60;
  if (lateS <= GAP_INTERVALS * stretch.medianIntervalS) return undefined;
  return `the stretch has no sample in its first ${(lateS / 60).toFixed(1)} min`;
}

/** A median interval this far off the nominal one is told, as a ratio. */
const OTHER_INTERVAL = 1.2;

function otherInterval({ stretch, chosen }: NotedRun): string | undefined {
  const { medianIntervalS } = stretch;
  if (medianIntervalS <= chosen.intervalS * OTHER_INTERVAL) return undefined;
  return `the median interval is ${Number(medianIntervalS.toPrecision(4))} s, longer than the ${chosen.intervalS} s of the convention`;
}

/** A mean against the set rate says nothing of the pump when boluses came on top of it. */
function bolusesInside({ log, stretch: { timeS } }: NotedRun): string | undefined {
  const [fromS = 0] = timeS;
  const toS = timeS[timeS.length - 1] ?? 0;
  const count = log?.boluses.filter(({ startS, endS }) => startS < toS && endS > fromS).length ?? 0;
  if (count === 0) return undefined;
  return `the pump gave ${count} boluses in the stretch, on top of the set rate that all errors but theirs are against; choose a stretch without them`;
}
