import type { FlowAnalysis, WindowResult } from "../analysis/flow-analysis";
import { axisRange } from "./axis-range";
import type { AxisRange } from "./axis-range";
import { INK, PAGE_FRAME, chartOption, drawChart } from "./chart";
import type { Chart, ChartFrame, Curve } from "./chart";
import { durationText, errorText, setting } from "./figures";
import { levelLine, meanLine, setRateLine } from "./level-line";
import { BAND_SIGMAS, noiseBand, noisePercentOver } from "./noise-band";
import { trumpetRange } from "./trumpet-range";

/** Markers, in px. */
const MARKER_PX = 7;
/** Points of the band's edge, which is a curve. */
const BAND_POINTS = 60;

/** Fill of a point that the balance cannot judge. */
const HOLLOW = "#ffffff";

/** The trumpet of one run: its two curves, their marker and line. */
export interface Trumpet {
  /** In the legend. */
  readonly label: string;
  readonly analysis: FlowAnalysis;
  readonly color: string;
  readonly symbol: "circle" | "rect" | "triangle" | "diamond";
  readonly line: "solid" | "dashed" | "dotted";
}

/**
 * The trumpet curve: largest and smallest flow error against the length of the observation window. Windows that the balance cannot judge have
 * hollow points; the band is two standard deviations of its noise around the mean error.
 */
export function trumpetChart(name: string, analysis: FlowAnalysis): Chart {
  const trumpet: Trumpet = {
    label: "largest and smallest",
    analysis,
    color: INK.accent,
    symbol: "circle",
    line: "solid",
  };
  const axes = trumpetAxes([analysis]);
  const mean = analysis.meanErrorPercent;
  return drawn(name, titleOf(analysis), { ...axes, frame: PAGE_FRAME }, [
    ...bandOf(analysis, axes.x),
    ...limitLines(analysis, axes.x),
    setRateLine("set rate", 0, axes.x),
    meanLine(`mean error ${errorText(mean)}`, mean, axes.x),
    ...edges(trumpet),
  ]);
}

/** The trumpet curves of several runs over each other, without their bands; the limit where all have the same. */
export function overlaidTrumpets(name: string, trumpets: readonly Trumpet[]): Chart {
  const analyses = trumpets.map(({ analysis }) => analysis);
  const axes = trumpetAxes(analyses);
  const limits = new Set(analyses.map(({ limitPercent }) => limitPercent));
  return drawn(name, `Trumpet curves of ${trumpets.length} recordings`, { ...axes, frame: frameFor(trumpets.length) }, [
    ...(limits.size === 1 ? analyses.slice(0, 1).flatMap((analysis) => limitLines(analysis, axes.x)) : []),
    setRateLine("set rate", 0, axes.x),
    ...trumpets.flatMap(edges),
  ]);
}

/** The axes on which {@link trumpetChart} stands. */
export function trumpetAxes(analyses: readonly FlowAnalysis[]): { readonly x: AxisRange; readonly y: AxisRange } {
  const minutes = analyses.flatMap(({ windows }) => windows.map((window) => window.minutes));
  const marks = [...new Set(minutes)].sort((a, b) => a - b);
  // Room right of the last window, where its points would else be cut in half.
  const x = { from: 0, to: Math.max(1, ...marks) * 1.04, marks: [0, ...marks] };
  const { from, to } = trumpetRange(analyses);
  return { x, y: axisRange([from, to]) };
}

function drawn(
  name: string,
  title: string,
  { x, y, frame }: { readonly x: AxisRange; readonly y: AxisRange; readonly frame: ChartFrame },
  curves: readonly Curve[],
): Chart {
  const axes = { x: { ...x, name: "observation window (min)" }, y: { ...y, name: "flow error (%)" } };
  return drawChart(name, title, frame, chartOption(frame, { ...axes, curves }));
}

/** A line of the legend holds so many runs beside limit and set rate; the axes stand below all of its lines. */
const RUNS_IN_A_LINE = 8;
const LEGEND_LINE_PX = 20;

function frameFor(runs: number): ChartFrame {
  const more = runs > RUNS_IN_A_LINE ? LEGEND_LINE_PX : 0;
  return { ...PAGE_FRAME, topPx: PAGE_FRAME.topPx + more, heightPx: PAGE_FRAME.heightPx + more };
}

function titleOf({ windows }: FlowAnalysis): string {
  const told = windows.map(({ minutes, maxPercent, minPercent }) =>
    maxPercent === null || minPercent === null
      ? `${durationText(minutes)}: none`
      : `${durationText(minutes)}: ${errorText(maxPercent)} and ${errorText(minPercent)}`,
  );
  return `Trumpet curve: largest and smallest flow error by observation window. ${told.join("; ")}`;
}

function bandOf({ windows, meanErrorPercent }: FlowAnalysis, x: AxisRange): Curve[] {
  const [first] = windows;
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return [];
  const shortest = Math.min(...windows.map(({ minutes }) => minutes));
  const edge = (sign: 1 | -1): [number, number][] =>
    Array.from({ length: BAND_POINTS + 1 }, (_, index) => {
      const minutes = shortest * (x.to / shortest) ** (index / BAND_POINTS);
      return [minutes, meanErrorPercent + sign * BAND_SIGMAS * noisePercentOver(first, minutes)];
    });
  return [noiseBand(`balance noise \u00B1${BAND_SIGMAS}\u202Fs`, edge(1), edge(-1))];
}

function limitLines({ limitPercent }: FlowAnalysis, x: AxisRange): Curve[] {
  if (limitPercent === null) return [];
  const style = { color: INK.grey, width: 0.8, type: "solid" } as const;
  const name = `limit \u00B1${setting(limitPercent)}\u202F%`;
  return [levelLine(name, limitPercent, x, style), levelLine(name, -limitPercent, x, style)];
}

function edges({ label, analysis, color, symbol, line }: Trumpet): Curve[] {
  const edge = (value: (window: WindowResult) => number | null): Curve => {
    const series = {
      type: "line",
      z: 5,
      symbol,
      symbolSize: MARKER_PX,
      showAllSymbol: true,
      color,
      lineStyle: { color, width: 1.6, type: line },
      itemStyle: { color, borderColor: color, borderWidth: 1.4 },
      data: analysis.windows.map((window) => ({
        value: [window.minutes, value(window)],
        ...(window.judgeable ? {} : { itemStyle: { color: HOLLOW, borderColor: color, borderWidth: 1.4 } }),
      })),
    };
    return { name: label, isBare: false, series };
  };
  return [edge(({ maxPercent }) => maxPercent), edge(({ minPercent }) => minPercent)];
}
