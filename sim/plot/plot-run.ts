import type { PumpConfig } from "../../src/config";
import type { LogLine } from "../log/words";
import type { History } from "./history";
import { drawCells, inked } from "./ink";
import { alarmRows, refillRows, requestLegend, requestRows, stateLegend, stateRow } from "./mark-rows";
import { readHistory } from "./read-history";
import { ratePanel } from "./rate-panel";
import type { PanelRow } from "./rate-panel";
import { volumeText } from "./scale";
import { timeAxis } from "./time-axis";
import { layOutTime, lengthText } from "./time-columns";
import { volumePanel } from "./volume-panel";
import { shareOut } from "./volume-shares";

/** A finished run, as far as its picture needs it. */
export interface PlottedRun {
  /** The event log, its strokes singly or in lines of many. */
  readonly lines: readonly LogLine[];
  readonly config: PumpConfig;
  /** The run's last instant in ms. */
  readonly endMs: number;
  /** Wall time at the start in ms since 1970, the clock's face taken as UTC; absent when the clock is not set. */
  readonly wallMsAtZero?: number | undefined;
}

/** How the picture is drawn. */
export interface PlotStyle {
  /** Characters in a line, at least 40. */
  readonly width: number;
  /** True when escape codes for colours may be used. */
  readonly colour: boolean;
}

/** Room for the labels at the left, the axis not counted. */
const GUTTER = 11;
const LEAST_COLUMNS = 20;

/**
 * Draws a run for a terminal: the rate and the cumulative volume that the strokes made, requests granted and denied, running and
 * stopped, alarms, over the time since the start and wall time. Lines end with a newline and are at most `width` characters long.
 */
export function plotRun(run: PlottedRun, style: PlotStyle): string {
  const columns = layOutTime(run.endMs, Math.max(LEAST_COLUMNS, style.width - GUTTER - 1));
  const history = readHistory(run.lines, run.config, run.endMs);
  const shares = shareOut(history.deliveries, columns);
  const totalNl = shares.totalNl.reduce((sum, volume) => sum + volume, 0);
  const { colour } = style;
  const marks = requestRows(history.requests, columns);
  const state = stateRow(history, columns);
  const axis = timeAxis(columns, run.wallMsAtZero);

  const rows = [
    heading(`rate (mean over ${lengthText(columns.columnMs)} a column)`),
    ...ratePanel(shares, columns).map((row) => panelLine(row, "┤", colour)),
    `${" ".repeat(GUTTER)}${axis.ticks}`,
    heading(`volume (delivered: ${volumeText(totalNl)})`),
    ...volumePanel(shares, columns).map((row) => panelLine(row, "┤", colour)),
    `${" ".repeat(GUTTER)}${axis.ticks}`,
    ...marks.map((row) => panelLine(row, " ", colour)),
    panelLine(state, " ", colour),
    ...refillRows(history.refillsMs, columns).map((row) => panelLine(row, " ", colour)),
    ...alarmRows(history.alarms, columns).map((row) => panelLine(row, " ", colour)),
    `${"time".padStart(GUTTER - 1)} ${axis.coreTime}`,
    ...(axis.wallTime === undefined ? [] : [`${"clock".padStart(GUTTER - 1)} ${axis.wallTime}`]),
    ...legend(history, marks, state, style),
  ];
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

function heading(text: string): string {
  return `${" ".repeat(GUTTER + 1)}${text}`;
}

function panelLine(row: PanelRow, edge: string, colour: boolean): string {
  const side = edge === " " ? " " : row.label === "" ? "│" : edge;
  return `${row.label.padStart(GUTTER - 1)} ${side}${drawCells(row.cells, colour)}`;
}

/** The legend, broken into lines that fit. */
function legend(history: History, marks: readonly PanelRow[], state: PanelRow, { width, colour }: PlotStyle): string[] {
  const entries = requestLegend(history.requests, marks).map(({ mark, meaning, ink }) => ({
    plain: `${mark} ${meaning}`,
    drawn: `${inked(mark, ink, colour)} ${meaning}`,
  }));
  if (entries.length === 0) entries.push({ plain: "no bolus was asked for", drawn: "no bolus was asked for" });
  const states = stateLegend(state);
  entries.push({ plain: states, drawn: states });
  if (colour && history.requests.some(({ answer }) => answer === "granted")) {
    const drawn = `${inked("█", "basal", true)} basal  ${inked("█", "bolus", true)} bolus`;
    entries.push({ plain: "█ basal  █ bolus", drawn });
  }
  const indent = " ".repeat(GUTTER + 1);
  const lines: string[] = [];
  let used = width;
  for (const { plain, drawn } of entries) {
    if (used + 3 + plain.length > width) {
      lines.push(indent + drawn);
      used = indent.length + plain.length;
    } else {
      lines[lines.length - 1] += `   ${drawn}`;
      used += 3 + plain.length;
    }
  }
  return lines;
}
