import type { FlowAnalysis } from "../analysis/flow-analysis";
import type { Chart } from "./chart";
import { durationText, errorText, NO_VALUE } from "./figures";
import { hourlyChart } from "./hourly-chart";
import { html, trusted } from "./html";
import type { Content, Html } from "./html";
import { startUpChart } from "./start-up-chart";
import { trumpetAxes, trumpetChart } from "./trumpet-chart";
import { windowsOutside } from "./trumpet-range";
import type { TrumpetRange } from "./trumpet-range";

/** The charts of one run. The last two are left out where there is nothing to draw. */
export interface RunCharts {
  readonly trumpet: Chart;
  readonly startUp: Chart | undefined;
  readonly hourly: Chart | undefined;
}

/** Draws the charts of a run. @param prefix keeps the names of several runs apart: empty, or `a-` */
export function drawRun(prefix: string, analysis: FlowAnalysis): RunCharts {
  return {
    trumpet: trumpetChart(`${prefix}trumpet`, analysis),
    startUp: startUpChart(`${prefix}start-up`, analysis),
    hourly: hourlyChart(`${prefix}hourly`, analysis),
  };
}

/** A chart with a caption below. */
export function figure(chart: Chart, caption: Content): Html {
  return html`<figure>
    ${trusted(chart.svg)}
    <figcaption>${caption}</figcaption>
  </figure>`;
}

/** The trumpet curve with what has to be known to read it. */
export function trumpetFigure(chart: Chart, analysis: FlowAnalysis): Html {
  const outside = outsideText(analysis, trumpetAxes([analysis]).y);
  return figure(
    chart,
    `The axis is the length of the window, not time: the curves are the extremes of all windows of that length. ${BAND_TEXT} ${HOLLOW_TEXT}${outside === "" ? "" : ` Not all in the chart: ${outside}.`}`,
  );
}

/** The windows of a run that have points outside the chart, with their errors; empty when there are none. */
export function outsideText(analysis: FlowAnalysis, y: TrumpetRange): string {
  const percent = (error: number | null): string => (error === null ? NO_VALUE : errorText(error));
  return windowsOutside(analysis, y)
    .map(
      ({ minutes, maxPercent, minPercent }) =>
        `${durationText(minutes)} (${percent(maxPercent)}, ${percent(minPercent)})`,
    )
    .join(", ");
}

/** What a hollow point is. */
export const HOLLOW_TEXT = "Hollow points: the balance cannot judge a window of that length.";

/** What the grey band is. */
export const BAND_TEXT = "Grey: two standard deviations of the balance's noise to either side.";
