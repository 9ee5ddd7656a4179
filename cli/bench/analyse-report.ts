import { gramText } from "../../bench/analysis/uncertainty";
import type { FlowAnalysis, FlowVerdict, WindowResult } from "../../bench/analysis/flow-analysis";
import { painted } from "../terminal";
import type { Colour, Terminal } from "../terminal";
import { alignedTable } from "./aligned-table";
import { trumpetPicture, windowName } from "./analyse-picture";

const VERDICTS: Record<FlowVerdict, { readonly word: string; readonly colour: Colour }> = {
  pass: { word: "✓ pass", colour: "green" },
  fail: { word: "✗ FAIL", colour: "red" },
  notJudgeable: { word: "? not judgeable", colour: "yellow" },
  noLimit: { word: "no limit told", colour: "bold" },
};

/** Rows of a long table that a terminal is given; all are in `--json` and in the report. */
const MOST_ROWS = 26;

/** An analysis for people: verdict, figures, trumpet, tables, corrections, notes. */
export function flowReport(analysis: FlowAnalysis, terminal: Terminal): string {
  const parts = [
    head(analysis, terminal),
    section("Trumpet curve", trumpet(analysis)),
    section("Windows of whole dose cycles", cycles(analysis)),
    section("Start-up", startUp(analysis)),
    section("Hours", hours(analysis)),
    section("Boluses", boluses(analysis)),
    section("Occlusions", occlusions(analysis)),
    section(
      "Corrections",
      alignedTable(analysis.corrections.map(({ name, on, text }) => [name, on ? "on" : "-", text])),
    ),
    section("Uncertainty of the mean error", budget(analysis)),
    section("Gaps", gaps(analysis)),
    section("Notes", analysis.notes.map((note) => wrapped(note, terminal.width)).join("")),
    section("Convention", `${wrapped(analysis.convention, terminal.width)}  SHA-256 ${analysis.sha256}\n`),
  ];
  return parts.join("");
}

function section(title: string, text: string): string {
  return text === "" ? "" : `\n${title}\n${text}`;
}

/** A text in lines that fit, the first two blanks in, the others four. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = " ";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > width && line.trim() !== "") {
      lines.push(line);
      line = "   ";
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((one) => `${one}\n`).join("");
}

function head(analysis: FlowAnalysis, terminal: Terminal): string {
  const { verdict, limitPercent, limitSource, medianIntervalS, gaps: gapCount } = analysis;
  const { word, colour } = VERDICTS[verdict];
  const limit = limitPercent === null ? "" : `, limit ±${limitPercent} % (${limitSource ?? ""})`;
  const mean = `mean flow error ${percent(analysis.meanErrorPercent)} ± ${size(analysis.uncertaintyPercent)} (U, k = 2)`;
  const rows = [
    [
      "set rate",
      `${Number(analysis.rateMlPerH.toPrecision(8))} mL/h (${Number((24 * analysis.rateMlPerH).toPrecision(8))} mL/day)`,
    ],
    [
      "analysed",
      `${minutes(analysis.fromMinutes)} to ${minutes(analysis.toMinutes)} (${minutes(analysis.analysedMinutes)})`,
    ],
    ["samples", `${analysis.samples}, every ${Number(medianIntervalS.toPrecision(4))} s; ${gapCount} gaps`],
    ["drift", `${percent(analysis.driftPercentPerHour)} per hour (parabola through the volume)`],
    ["balance", `s = ${gramText(analysis.balanceNoiseG)} (${analysis.noiseSource})`],
  ];
  return `${painted(terminal, colour, word)}  ${mean}${limit}\n${analysis.file}\n${alignedTable(rows)}`;
}

function trumpet({ windows, limitPercent }: FlowAnalysis): string {
  const legend = "  = smallest to largest error   · twice the balance's noise   | zero   : limit\n";
  return `${windowTable(windows)}\n${trumpetPicture(windows, limitPercent)}${legend}`;
}

function windowTable(windows: readonly WindowResult[]): string {
  const rows = windows.map((window) => [
    windowName(window.minutes),
    error(window.maxPercent),
    error(window.minPercent),
    size(window.noisePercent),
    window.judgeable ? "yes" : window.maxPercent === null ? "no: no such window" : "no: noise",
    window.withinLimit === null ? "" : window.withinLimit ? "yes" : "no",
  ]);
  return alignedTable([["window", "largest", "smallest", "noise", "judgeable", "within limit"], ...rows]);
}

function cycles({ cycleMinutes, cycleSource, cycleWindows }: FlowAnalysis): string {
  if (cycleMinutes === null) return "";
  const table = cycleWindows.length === 0 ? "" : windowTable(cycleWindows);
  return `  cycle ${Number(cycleMinutes.toPrecision(6))} min (${cycleSource ?? ""})\n${table}`;
}

function startUp({ startUp: { points, toMinutes }, rateMlPerH }: FlowAnalysis): string {
  if (points.length === 0) return "";
  const step = Math.max(1, Math.ceil(points.length / 12));
  const shown = points.filter((_, index) => index % step === 0);
  const rows = shown.map((point) => [minutes(point.minutes), flow(point.mlPerH, rateMlPerH)]);
  const which = step === 1 ? "" : `, every ${ordinal(step)} of ${points.length} points`;
  return `  to ${minutes(toMinutes)}${which}\n${alignedTable([["until", "mL/h"], ...rows])}`;
}

function ordinal(count: number): string {
  const ending = count % 100 > 10 && count % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${ending}`;
}

function hours({ hourly }: FlowAnalysis): string {
  if (hourly.hours.length === 0) return "";
  const mean =
    hourly.meanPercent === null ? "no full hour in the stretch" : `mean ${percent(hourly.meanPercent)} in the stretch`;
  const spread = hourly.sdPercent === null ? "" : `, standard deviation ${size(hourly.sdPercent)}`;
  const rows = hourly.hours.map((hour) => [`from ${minutes(hour.fromMinutes)}`, error(hour.errorPercent)]);
  return `  ${mean}${spread}\n${shortTable(rows)}`;
}

function boluses({ boluses: list }: FlowAnalysis): string {
  if (list.length === 0) return "";
  const errors = list.map(({ errorPercent }) => errorPercent);
  const mean = errors.reduce((sum, one) => sum + one, 0) / errors.length;
  const rows = list.map((bolus) => [
    minutes(bolus.startMinutes),
    bolus.kind,
    bolus.orderedUl.toFixed(1),
    bolus.measuredUl.toFixed(1),
    error(bolus.errorPercent),
    size(bolus.noisePercent),
  ]);
  const summary = `  n = ${list.length}: mean ${percent(mean)}, from ${percent(Math.min(...errors))} to ${percent(Math.max(...errors))}\n`;
  return summary + shortTable([["at", "kind", "ordered uL", "measured uL", "error", "noise"], ...rows]);
}

function occlusions({ occlusions: list }: FlowAnalysis): string {
  if (list.length === 0) return "";
  const rows = list.map(({ alarmMinutes, minutesToAlarm, releasedUl }) => [
    minutes(alarmMinutes),
    minutesToAlarm === null ? "not seen" : minutes(minutesToAlarm),
    releasedUl === null ? "not seen" : `${releasedUl.toFixed(1)} uL`,
  ]);
  return alignedTable([["alarm at", "after the last flow", "came when free"], ...rows]);
}

function budget({ uncertainty, uncertaintyPercent }: FlowAnalysis): string {
  const rows = uncertainty.map(({ name, percent: share, source }) => [name, size(share), source]);
  const known = uncertainty.length === 0 ? "  nothing is known to be uncertain\n" : alignedTable(rows);
  return `${known}  U = ${size(uncertaintyPercent)} (k = 2); what nobody told counts as 0\n`;
}

function gaps({ gapList }: FlowAnalysis): string {
  return shortTable(
    gapList.map((gap) => [`line ${gap.line}`, `from ${minutes(gap.fromMinutes)}`, `${minutes(gap.minutes)} long`]),
  );
}

function shortTable(rows: readonly (readonly string[])[]): string {
  if (rows.length <= MOST_ROWS) return alignedTable(rows);
  return `${alignedTable(rows.slice(0, MOST_ROWS))}  and ${rows.length - MOST_ROWS} more: see --json\n`;
}

/** A flow error with its sign, to 0.01 %. */
function percent(value: number): string {
  return `${error(value)} %`;
}

function error(value: number | null): string {
  if (value === null) return "—";
  const text = Math.abs(value).toFixed(2);
  return `${value < 0 && Number(text) > 0 ? "-" : "+"}${text}`;
}

/** A noise or an uncertainty, to two digits. */
function size(value: number): string {
  return `${Number(value.toPrecision(2))} %`;
}

function minutes(value: number): string {
  return `${Number(value.toFixed(1))} min`;
}

/** A flow, to a thousandth of the set rate. */
function flow(mlPerH: number, rateMlPerH: number): string {
  return mlPerH.toFixed(Math.max(0, 3 - Math.floor(Math.log10(rateMlPerH))));
}
