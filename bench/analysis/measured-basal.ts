import type { PumpLog } from "./pump-log";
import type { GapFreePart, Stretch } from "./stretch";

/** The basal flow that boluses stand on. */
export interface Basal {
  /** What came between two samples of the run beyond the basal flow, in µL. */
  readonly excessUl: (from: number, to: number) => number;
  /** The share of all bolus-free basal that lies between two samples; 0 where it was not measured. */
  readonly shareBetween: (from: number, to: number) => number;
  /** Parts between gaps and boluses that it was measured in; 0: the programmed one is taken. */
  readonly parts: number;
  /** Its mean in the bolus-free time, in µL/s; 0: not measured. */
  readonly flowUlPerS: number;
  /** Which basal it is, for people. */
  readonly text: string;
}

/** Bolus-free time must last this many median intervals for a flow to be measured in it. */
const FEWEST_INTERVALS = 10;

/**
 * The basal flow as the balance saw it in the time without boluses: a head that gives 5 % less gives 5 % less basal too, and the bolus is not to
 * blame for that. It follows the programmed rates, all of them by one factor; where nothing was programmed it is the change that the
 * balance showed in that time. Where too little time is free of boluses the programmed basal stands.
 * @param parts what of the run is free of boluses
 */
export function measuredBasal(run: Stretch, parts: readonly GapFreePart[], log: PumpLog, rateMlPerH: number): Basal {
  const { timeS, volumeMl, medianIntervalS } = run;
  const programmedMl = programmedCourse(timeS, log, rateMlPerH);
  const sumOver = (course: Float64Array): number =>
    parts.reduce((sum, { first, last }) => sum + (course[last] ?? NaN) - (course[first] ?? NaN), 0);
  const freeS = sumOver(timeS);
  const isMeasured = freeS >= FEWEST_INTERVALS * medianIntervalS;
  const freeMl = sumOver(programmedMl);
  const course = isMeasured && !(freeMl > 0) ? timeS : programmedMl;
  const whole = sumOver(course);
  const factor = isMeasured ? sumOver(volumeMl) / whole : 1;
  const between = (from: number, to: number): number => (course[to] ?? NaN) - (course[from] ?? NaN);
  return {
    excessUl: (from, to) => 1000 * ((volumeMl[to] ?? NaN) - (volumeMl[from] ?? NaN) - factor * between(from, to)),
    shareBetween: (from, to) => (isMeasured ? between(from, to) / whole : 0),
    parts: isMeasured ? parts.length : 0,
    flowUlPerS: isMeasured ? (1000 * sumOver(volumeMl)) / freeS : 0,
    text: isMeasured
      ? measuredText(freeS, sumOver(volumeMl), freeMl)
      : "the programmed one: too little time is free of boluses",
  };
}

function measuredText(freeS: number, cameMl: number, programmedMl: number): string {
  const flow = `${Number(((3600 * cameMl) / freeS).toPrecision(4))} mL/h`;
  const error = programmedMl > 0 ? ` (${signed(100 * (cameMl / programmedMl - 1))} % of the programmed)` : "";
  return `the flow measured in ${Number((freeS / 60).toFixed(1))} min without boluses, ${flow}${error}`;
}

function signed(percent: number): string {
  return `${percent < 0 ? "-" : "+"}${Math.abs(percent).toFixed(2)}`;
}

/** What the basal rates of the log (without any: the set rate) make until each sample, in mL. */
function programmedCourse(timeS: Float64Array, { basal }: Pick<PumpLog, "basal">, rateMlPerH: number): Float64Array {
  const rates = basal.length === 0 ? [{ atS: -Infinity, mlPerH: rateMlPerH }] : basal;
  const course = new Float64Array(timeS.length);
  let at = -1;
  let ml = 0;
  let beforeS = timeS[0] ?? 0;
  for (let i = 0; i < timeS.length; i++) {
    const untilS = timeS[i] ?? NaN;
    for (let nextS = rates[at + 1]?.atS ?? Infinity; nextS < untilS; nextS = rates[at + 1]?.atS ?? Infinity) {
      const changeS = Math.max(beforeS, nextS);
      ml += ((rates[at]?.mlPerH ?? 0) * (changeS - beforeS)) / 3600;
      beforeS = changeS;
      at++;
    }
    ml += ((rates[at]?.mlPerH ?? 0) * (untilS - beforeS)) / 3600;
    beforeS = untilS;
    course[i] = ml;
  }
  return course;
}

/** Volume of one stroke by the log: all that was ordered over all strokes, in µL; 0 where it has none. */
export function strokeUl(log: PumpLog, rateMlPerH: number): number {
  const { strokes, boluses } = log;
  const [first] = strokes;
  const last = strokes.at(-1);
  const count = strokes.reduce((sum, stroke) => sum + stroke.count, 0);
  if (first === undefined || last === undefined || count < 2) return 0;
  const times = Float64Array.of(first.atS, last.lastS);
  const basalMl = programmedCourse(times, log, rateMlPerH)[1] ?? 0;
  return (1000 * basalMl + boluses.reduce((sum, { orderedUl }) => sum + orderedUl, 0)) / count;
}
