import { INK } from "./chart";
import { rateText } from "./figures";
import { html } from "./html";
import type { Html } from "./html";
import { runLetter } from "./report-run";
import type { ReportRun } from "./report-run";
import { figure, HOLLOW_TEXT, outsideText } from "./run-charts";
import { limitText, meanErrorText } from "./summary-block";
import { figures, table, words } from "./table";
import { overlaidTrumpets, trumpetAxes } from "./trumpet-chart";
import type { Trumpet } from "./trumpet-chart";
import type { Chart } from "./chart";
import { VERDICT_WORDS } from "./verdict-words";

const SYMBOLS = ["circle", "rect", "triangle", "diamond"] as const;
const LINES = [
  { color: INK.accent, line: "solid" },
  { color: INK.black, line: "dashed" },
  { color: INK.grey, line: "dotted" },
] as const;

/** Several runs in one trumpet chart; marker and line differ too, not the colour alone. */
export function comparisonChart(runs: readonly ReportRun[]): Chart {
  const trumpets = runs.map(({ analysis }, index): Trumpet => {
    const look = LINES[index % LINES.length] ?? LINES[0];
    return { label: runLetter(index), analysis, symbol: SYMBOLS[index % SYMBOLS.length] ?? "circle", ...look };
  });
  return overlaidTrumpets("comparison", trumpets);
}

/** Several runs beside each other: their results in a table, their trumpets in one chart. */
export function comparison(runs: readonly ReportRun[], chart: Chart): Html {
  const rows = runs.map(({ analysis, rawFile }, index) => [
    runLetter(index),
    rawFile,
    rateText(analysis.rateMlPerH),
    meanErrorText(analysis),
    limitText(analysis),
    VERDICT_WORDS[analysis.verdict],
  ]);
  const columns = [
    words(""),
    words("Recording"),
    figures("Set rate"),
    figures("Mean flow error"),
    words("Limit"),
    words("Verdict"),
  ];
  return html`<h2>Recordings</h2>
    ${table("Results", columns, rows)} ${figure(chart, captionOf(runs))}`;
}

function captionOf(runs: readonly ReportRun[]): string {
  const { y } = trumpetAxes(runs.map(({ analysis }) => analysis));
  const outside = runs
    .map(({ analysis }, index) => ({ letter: runLetter(index), text: outsideText(analysis, y) }))
    .filter(({ text }) => text !== "")
    .map(({ letter, text }) => `${letter} ${text}`);
  return `Largest and smallest flow error against the length of the window. ${HOLLOW_TEXT} Noise bands are in the section of each recording.${outside.length === 0 ? "" : ` Not all in the chart: ${outside.join("; ")}.`}`;
}
