import type { FlowAnalysis } from "../analysis/flow-analysis";
import { axisRange } from "./axis-range";
import type { AxisRange } from "./axis-range";
import { analysedArea } from "./analysed-area";
import { INK, PAGE_FRAME, chartOption, drawChart } from "./chart";
import type { Chart, Curve } from "./chart";
import { durationText, settingWithUnit } from "./figures";
import { setRateLine } from "./level-line";
import { BAND_SIGMAS, noiseBand, noisePercentOver } from "./noise-band";

const FRAME = { ...PAGE_FRAME, heightPx: 215 };

/** Flows are drawn in µL/h below this, in mL/h: else labels are zeros for the most part. */
const SMALL_ML_PER_H = 0.1;

/** From here on the time axis is in hours. */
const LONG_MINUTES = 300;

/** Points further apart than this many of their usual distances have a gap between them (as the samples, FlowAnalysis.gapList). */
const GAP_DISTANCES = 2.5;

/** A point of the curve. */
type FlowPoint = FlowAnalysis["startUp"]["points"][number];

/** The start-up curve: flow of each sample interval against time, with the balance's noise in one interval. Undefined when there is no point. */
export function startUpChart(name: string, analysis: FlowAnalysis): Chart | undefined {
  const { startUp, rateMlPerH } = analysis;
  const { points } = startUp;
  if (points.length === 0) return undefined;
  const distance = usualDistance(points);
  const perMark = startUp.toMinutes > LONG_MINUTES ? 60 : 1;
  const x = timeAxis(startUp.toMinutes / perMark);
  const flow = rateMlPerH < SMALL_ML_PER_H ? { unit: "µL/h", perMl: 1000 } : { unit: "mL/h", perMl: 1 };
  const rate = rateMlPerH * flow.perMl;
  const y = axisRange([0, rate, ...points.map(({ mlPerH }) => mlPerH * flow.perMl)], 5);
  const measured = {
    type: "line",
    z: 5,
    symbol: points.length === 1 ? "circle" : "none",
    // Of a great many points the smallest and largest of each pixel are drawn.
    sampling: "minmax",
    lineStyle: { color: INK.accent, width: 1.2 },
    itemStyle: { color: INK.accent },
    data: broken(points, distance).map(({ minutes, mlPerH }) => [
      minutes / perMark,
      mlPerH === null ? null : mlPerH * flow.perMl,
    ]),
    ...analysedArea(analysis.fromMinutes / perMark, analysis.toMinutes / perMark, x),
  };
  const option = chartOption(FRAME, {
    x: { ...x, name: `time since the pump was started (${perMark === 1 ? "min" : "h"})` },
    y: { ...y, name: `flow (${flow.unit})` },
    curves: [
      ...bandOf(analysis, distance, rate, x),
      setRateLine(`set rate ${settingWithUnit(rate, flow.unit)}`, rate, x),
      { name: "measured flow", isBare: true, series: measured },
    ],
  });
  return drawChart(name, "Start-up curve: flow of each sample interval against time", FRAME, option);
}

function timeAxis(to: number): AxisRange {
  const { marks } = axisRange([0, to], 8);
  return { from: 0, to, marks: marks.filter((mark) => mark <= to) };
}

/** Median of the times between neighbours, in minutes; 0 with fewer than two points. */
function usualDistance(points: readonly FlowPoint[]): number {
  const distances = points.slice(1).map(({ minutes }, index) => minutes - (points[index]?.minutes ?? minutes));
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
}

/** The points with an empty one in each gap, where the line is not drawn on. */
function broken(points: readonly FlowPoint[], distance: number): { minutes: number; mlPerH: number | null }[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const isApart = before !== undefined && point.minutes - before.minutes > GAP_DISTANCES * distance;
    return isApart ? [{ minutes: before.minutes, mlPerH: null }, point] : [point];
  });
}

/** @param rate in the unit of the axis */
function bandOf({ windows }: FlowAnalysis, distance: number, rate: number, x: AxisRange): Curve[] {
  const [window] = windows;
  if (window === undefined || distance <= 0) return [];
  const share = (BAND_SIGMAS * noisePercentOver(window, distance)) / 100;
  const edge = (sign: 1 | -1): [number, number][] => [x.from, x.to].map((at) => [at, rate * (1 + sign * share)]);
  const name = `noise of ${durationText(distance)} \u00B1${BAND_SIGMAS}\u202Fs`;
  return [noiseBand(name, edge(1), edge(-1))];
}
