import type { FlowAnalysis, HourResult, WindowResult } from "../analysis/flow-analysis";
import { durationText, errorFigure, flowFigure, NO_VALUE, settingWithUnit, twoDigits } from "./figures";
import { html } from "./html";
import type { Content, Html } from "./html";
import { figures, table, words } from "./table";
import type { Column } from "./table";
import { windowWords } from "./verdict-words";

const WINDOW_COLUMNS: readonly Column[] = [
  figures("Window"),
  figures("Largest, %"),
  figures("Smallest, %"),
  figures("Largest, mL/h"),
  figures("Smallest, mL/h"),
  figures("Noise (1\u202Fs), %"),
  words("Judgeable"),
  words("Limit"),
];

/** The observation windows of the trumpet curve. */
export function windowTable(analysis: FlowAnalysis): Html {
  return table("Observation windows", WINDOW_COLUMNS, windowRows(analysis.windows, analysis.rateMlPerH));
}

/** How the last two columns of the tables are to be read. */
export const WINDOW_NOTE =
  "Judgeable: twice the noise is at most a third of the limit (of 5\u202F% where none was told). The limit is one of the mean error; here it is for comparison.";

/** Windows of whole dose cycles; nothing when no cycle is known. */
export function cycleTable({ cycleMinutes, cycleSource, cycleWindows, rateMlPerH }: FlowAnalysis): Content {
  if (cycleMinutes === null || cycleWindows.length === 0) return [];
  const cycle = settingWithUnit(Number(cycleMinutes.toPrecision(6)), "min");
  const caption = `Windows of whole dose cycles of ${cycle}${cycleSource === null ? "" : ` (${cycleSource})`}`;
  return table(caption, WINDOW_COLUMNS, windowRows(cycleWindows, rateMlPerH));
}

function windowRows(windows: readonly WindowResult[], rateMlPerH: number): Content[][] {
  return windows.map((window) => {
    const { minutes, maxPercent, minPercent, noisePercent } = window;
    const said = windowWords(window);
    const flow = (error: number | null): string => (error === null ? NO_VALUE : flowFigure(error, rateMlPerH));
    return [
      durationText(minutes),
      figureOrNone(maxPercent),
      figureOrNone(minPercent),
      flow(maxPercent),
      flow(minPercent),
      twoDigits(noisePercent),
      said.judgeable,
      said.limit,
    ];
  });
}

function figureOrNone(percent: number | null): string {
  return percent === null ? NO_VALUE : errorFigure(percent);
}

/** Hours stand side by side in so many groups of columns: more where they are many, so that the table stays on one page. */
const HOUR_GROUPS = 3;
const MANY_HOURS = 36;

/** Mean flow error of each full hour, down the groups of columns; nothing when no hour is full. */
export function hourTable({ hourly, rateMlPerH }: FlowAnalysis): Content {
  const { hours } = hourly;
  if (hours.length === 0) return html`<p>No full hour was recorded.</p>`;
  const perGroup = Math.ceil(hours.length / (hours.length > MANY_HOURS ? HOUR_GROUPS + 1 : HOUR_GROUPS));
  const groups = Math.ceil(hours.length / perGroup);
  const columns = Array.from({ length: groups }, () => [
    figures("Hour from"),
    figures("Error, %"),
    figures("Flow, mL/h"),
  ]).flat();
  const rows = Array.from({ length: perGroup }, (_, row) =>
    Array.from({ length: groups }, (_group, group) => hourCells(hours[group * perGroup + row], rateMlPerH)).flat(),
  );
  return table("Hourly means over the whole run", columns, rows);
}

function hourCells(hour: HourResult | undefined, rateMlPerH: number): Content[] {
  if (hour === undefined) return ["", "", ""];
  const { fromMinutes, errorPercent } = hour;
  return [`${fromMinutes / 60}\u202Fh`, errorFigure(errorPercent), flowFigure(errorPercent, rateMlPerH)];
}
