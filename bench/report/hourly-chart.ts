import type { FlowAnalysis, HourResult } from "../analysis/flow-analysis";
import { analysedArea } from "./analysed-area";
import { axisRange } from "./axis-range";
import type { AxisRange } from "./axis-range";
import { INK, PAGE_FRAME, chartOption, drawChart } from "./chart";
import type { Chart, Curve } from "./chart";
import { errorText } from "./figures";
import { meanLine, setRateLine } from "./level-line";
import { BAND_SIGMAS, noiseBand, noisePercentOver } from "./noise-band";

const FRAME = { ...PAGE_FRAME, heightPx: 215 };
const MINUTES_PER_HOUR = 60;
const TRIANGLE = "path://M0,8L4,0L8,8Z";
const CROSS = "path://M0,1L1,0L4,3L7,0L8,1L5,4L8,7L7,8L4,5L1,8L0,7L3,4Z";

/** Flow error of each full hour over the whole run, with the balance's noise in one hour. Undefined when no hour is full. */
export function hourlyChart(name: string, analysis: FlowAnalysis): Chart | undefined {
  const { hours } = analysis.hourly;
  if (hours.length === 0) return undefined;
  const x = wholeHours(lastHour(analysis));
  const mean = analysis.meanErrorPercent;
  const [window] = analysis.windows;
  const noise = window === undefined ? 0 : BAND_SIGMAS * noisePercentOver(window, MINUTES_PER_HOUR);
  const errors = hours.map(({ errorPercent }) => errorPercent);
  const y = axisRange([0, mean, ...errors, ...(window === undefined ? [] : [mean - noise, mean + noise])], 5);
  const level = (sign: 1 | -1): [number, number][] => [x.from, x.to].map((at) => [at, mean + sign * noise]);
  const bandName = `noise of 1\u202Fh \u00B1${BAND_SIGMAS}\u202Fs`;
  const hourly = {
    type: "line",
    z: 5,
    symbol: "none",
    lineStyle: { color: INK.accent, width: 1.6 },
    itemStyle: { color: INK.accent },
    data: steps(hours),
    ...analysedArea(analysis.fromMinutes / MINUTES_PER_HOUR, analysis.toMinutes / MINUTES_PER_HOUR, x),
  };
  const option = chartOption(FRAME, {
    x: { ...x, name: "time since the pump was started (h)" },
    y: { ...y, name: "flow error (%)" },
    curves: [
      ...(window === undefined ? [] : [noiseBand(bandName, level(1), level(-1))]),
      setRateLine("set rate", 0, x),
      meanLine(`mean error ${errorText(mean)}`, mean, x),
      { name: "hourly mean", isBare: true, series: hourly },
      ...eventMarks(analysis, y),
    ],
  });
  return drawChart(name, "Flow error of each hour over the whole run", FRAME, option);
}

/** The end of the last full hour, or the last event of the pump's log. */
function lastHour({ hourly, boluses, occlusions }: FlowAnalysis): number {
  const minutes = [
    ...hourly.hours.map(({ fromMinutes }) => fromMinutes + MINUTES_PER_HOUR),
    ...boluses.map(({ startMinutes }) => startMinutes),
    ...occlusions.map(({ alarmMinutes }) => alarmMinutes),
  ];
  return Math.ceil(Math.max(...minutes) / MINUTES_PER_HOUR);
}

/** An axis of hours that ends with the run. */
function wholeHours(end: number): AxisRange {
  const { marks } = axisRange([0, end], 10);
  return { from: 0, to: end, marks: marks.filter((mark) => Number.isInteger(mark) && mark <= end) };
}

/** Each hour as a level, with a break where an hour is missing. */
function steps(hours: readonly HourResult[]): (readonly [number, number | null])[] {
  return hours.flatMap(({ fromMinutes, errorPercent }, index) => {
    const from = fromMinutes / MINUTES_PER_HOUR;
    const before = hours[index - 1];
    const isApart = before !== undefined && fromMinutes - before.fromMinutes > MINUTES_PER_HOUR;
    const level = [[from, errorPercent] as const, [from + 1, errorPercent] as const];
    return isApart ? [[from, null] as const, ...level] : level;
  });
}

/** Boluses and occlusion alarms, along the lower axis. */
function eventMarks({ boluses, occlusions }: FlowAnalysis, y: AxisRange): Curve[] {
  const marks = (name: string, icon: string, minutes: readonly number[]): Curve => ({
    name,
    isBare: false,
    icon,
    series: {
      type: "scatter",
      z: 6,
      symbol: icon,
      symbolSize: 8,
      clip: false,
      itemStyle: { color: INK.black },
      data: minutes.map((at) => [at / MINUTES_PER_HOUR, y.from]),
    },
  });
  const bolusMinutes = boluses.map(({ startMinutes }) => startMinutes);
  const alarmMinutes = occlusions.map(({ alarmMinutes: at }) => at);
  return [
    ...(bolusMinutes.length === 0 ? [] : [marks("bolus", TRIANGLE, bolusMinutes)]),
    ...(alarmMinutes.length === 0 ? [] : [marks("occlusion alarm", CROSS, alarmMinutes)]),
  ];
}
