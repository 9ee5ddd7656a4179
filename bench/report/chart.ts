import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkAreaComponent } from "echarts/components";
import { init, use } from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { escaped } from "./html";

use([LineChart, ScatterChart, CustomChart, GridComponent, LegendComponent, MarkAreaComponent, SVGRenderer]);

/** Colours of the report: one accent, else greys that stay apart on a black and white printer. */
export const INK = {
  accent: "#1f4e79",
  black: "#1a1a1a",
  grey: "#6b6b6b",
  light: "#c9c9c9",
  band: "#e3e3e3",
  area: "#f3f3f3",
};

/** Where the axes of a chart stand in it, in px; the left one further right where its labels are long. */
export interface ChartFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly leftPx: number;
  readonly rightPx: number;
  readonly topPx: number;
  readonly bottomPx: number;
}

/** Text across the width of an A4 page, in the report's own px. */
export const PAGE_FRAME: ChartFrame = { widthPx: 700, heightPx: 280, leftPx: 64, rightPx: 16, topPx: 34, bottomPx: 42 };

/** A drawn chart: SVG that can stand in an HTML page as it is. */
export interface Chart {
  /** What a file of it would be called: `trumpet`. */
  readonly name: string;
  /** What it shows, in one sentence, for those who cannot see it. */
  readonly title: string;
  readonly svg: string;
}

/** An axis with its name and unit, its two ends and the step of its marks. */
export interface ChartAxis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Marks at these values alone. */
  readonly marks: readonly number[];
}

/** Something drawn between the axes, with its entry in the legend. Curves of one name share the first one's. */
export interface Curve {
  readonly name: string;
  /** True: a line without markers, also in the legend. */
  readonly isBare: boolean;
  /** Its sign in the legend, where the renderer's own would be drawn out of shape: `path://...`. */
  readonly icon?: string;
  /** The renderer's options of a series, all but the name. */
  readonly series: object;
}

const LABEL = { color: INK.black, fontSize: 11 };

/** Width of a character of a label at most, in px: a digit of 11 px. */
const CHARACTER_PX = 6.2;
/** From an axis to its labels, and from the longest of them to the axis's name, in px. */
const LABEL_GAP_PX = 8;
/** From the axis to its name, where labels are short. */
const LEAST_NAME_GAP_PX = 46;
/** Height of the name, which stands upright at the left edge, and some air, in px. */
const NAME_PX = 18;

/** From the left axis to its name: behind the longest label. */
function nameGapPx({ marks }: ChartAxis): number {
  const longest = Math.max(0, ...marks.map((mark) => markText(mark).length));
  return Math.max(LEAST_NAME_GAP_PX, Math.ceil(longest * CHARACTER_PX + 2 * LABEL_GAP_PX));
}

/** All options of a chart: frame, no animation, two axes, curves from the rearmost on, a legend above. */
export function chartOption(
  frame: ChartFrame,
  { x, y, curves }: { readonly x: ChartAxis; readonly y: ChartAxis; readonly curves: readonly Curve[] },
): EChartsCoreOption {
  const nameGap = nameGapPx(y);
  const leftPx = Math.max(frame.leftPx, nameGap + NAME_PX);
  return {
    animation: false,
    textStyle: { fontFamily: FONTS },
    // The renderer would move the axes to make room for their names; the frame has that room.
    grid: {
      left: leftPx,
      right: frame.rightPx,
      top: frame.topPx,
      bottom: frame.bottomPx,
      outerBoundsMode: "none",
    },
    legend: legendOf(curves, leftPx),
    xAxis: axisOption(x, 28),
    yAxis: axisOption(y, nameGap),
    series: curves.map(({ name, series }) => ({ ...series, name })),
  };
}

function axisOption({ name, from, to, marks }: ChartAxis, nameGap: number): object {
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameGap,
    nameTextStyle: LABEL,
    min: from,
    max: to,
    axisLine: { show: true, onZero: false, lineStyle: { color: INK.black, width: 1 } },
    axisTick: { show: true, customValues: [...marks] },
    axisLabel: { ...LABEL, customValues: [...marks], hideOverlap: true, formatter: markText },
    splitLine: { show: false },
  };
}

function legendOf(curves: readonly Curve[], leftPx: number): object {
  const first = new Map(curves.toReversed().map((curve) => [curve.name, curve]));
  return {
    top: 6,
    left: leftPx - 6,
    right: 0,
    itemWidth: 24,
    itemHeight: 8,
    itemGap: 12,
    textStyle: LABEL,
    selectedMode: false,
    data: [...first.values()].reverse().map(({ name, isBare, icon }) => ({
      name,
      ...(icon === undefined ? {} : { icon }),
      // The renderer would give a line without markers a dot in the legend.
      ...(isBare ? { itemStyle: { opacity: 0 } } : {}),
    })),
  };
}

const FONTS = "'Liberation Sans', Arial, Helvetica, sans-serif";

function markText(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "\u2212");
}

/** Draws without a screen. `name` also keeps its ids apart from those of other charts of the page. */
export function drawChart(name: string, title: string, frame: ChartFrame, option: EChartsCoreOption): Chart {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: frame.widthPx, height: frame.heightPx });
  try {
    chart.setOption(option);
    return { name, title, svg: forPage(chart.renderToSVGString(), name, title) };
  } finally {
    chart.dispose();
  }
}

/**
 * What the renderer adds for a living page goes: rules of the mouse, ids that count up over the process, name spaces (which HTML does not need
 * and which look like addresses of the network), marks of its own.
 */
function forPage(svg: string, name: string, title: string): string {
  return svg
    .replace(/<style\b[\s\S]*?<\/style>\s*/g, "")
    .replace(/ (?:xmlns(?::\w+)?|class|pointer-events|baseProfile|version|ecmeta_\w+|stroke-miterlimit)="[^"]*"/g, "")
    .replace(/\bzr\d+-/g, `${name}-`)
    .replace(/(<svg [^>]*)>/, `$1 role="img" aria-label="${escaped(title)}">`)
    .replace(/>\n+</g, ">\n<")
    .trim();
}

/** The chart as a file of its own, which needs the name space. */
export function chartFile({ svg }: Chart): string {
  return `${svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" style="background:#fff" ')}\n`;
}
