import { bolusTables, occlusionTable } from "./event-tables";
import { countText } from "./figures";
import { html } from "./html";
import type { Content, Html } from "./html";
import { correctionTable, gapTable, methodText, uncertaintyTable } from "./method-tables";
import type { ReportRun } from "./report-run";
import { BAND_TEXT, figure, trumpetFigure } from "./run-charts";
import type { RunCharts } from "./run-charts";
import { setUpBlock } from "./set-up-block";
import { summaryBlock } from "./summary-block";
import { factTable } from "./table";
import { cycleTable, hourTable, WINDOW_NOTE, windowTable } from "./window-tables";

/** All about one run below its heading. */
export function runBody(run: ReportRun, charts: RunCharts): Html {
  const { analysis } = run;
  return html`
    <h2>Result</h2>
    ${summaryBlock(analysis)}
    <h2>Set-up</h2>
    ${setUpBlock(run)}
    <h2>Trumpet curve</h2>
    ${trumpetFigure(charts.trumpet, analysis)} ${windowTable(analysis)} ${cycleTable(analysis)}
    <p class="note">${WINDOW_NOTE}</p>
    <h2>Start-up curve</h2>
    ${startUpFigure(charts)}
    <h2>Flow over the whole run</h2>
    ${hourlyFigure(charts)} ${hourTable(analysis)} ${eventSection(run)}
    <h2>How it was worked out</h2>
    ${correctionTable(analysis)} ${uncertaintyTable(analysis)} ${gapTable(analysis)} ${methodText(analysis)}
  `;
}

/** The raw data of a run, on one page with what stands below: nobody signs an empty sheet. */
export function runEnd(run: ReportRun, below: Content): Html {
  return html`<div class="together">
    <h2>Raw data</h2>
    ${rawDataBlock(run)} ${below}
  </div>`;
}

function startUpFigure({ startUp }: RunCharts): Content {
  if (startUp === undefined) return html`<p>The run is shorter than one interval of the start-up curve.</p>`;
  return figure(startUp, `Flow from one sample to the next. ${BAND_TEXT}`);
}

function hourlyFigure({ hourly }: RunCharts): Content {
  if (hourly === undefined) return [];
  return figure(hourly, `Each full hour by itself; the dashed line is the mean of the analysed stretch. ${BAND_TEXT}`);
}

function eventSection({ analysis }: ReportRun): Content {
  if (analysis.boluses.length === 0 && analysis.occlusions.length === 0) return [];
  return html`<h2>Boluses and occlusions</h2>
    <p>Each event of the pump's own log beside what the balance saw.</p>
    ${bolusTables(analysis)} ${occlusionTable(analysis)}`;
}

function rawDataBlock({ analysis, manifest, rawFile, rawRows }: ReportRun): Html {
  return factTable([
    ["Raw file", rawFile],
    ["Rows", countText(rawRows)],
    ["SHA-256", html`<span class="hash">${analysis.sha256}</span>`],
    ["Checked", checkText(analysis.sha256, manifest?.raw.sha256)],
  ]);
}

function checkText(sha256: string, recorded: string | null | undefined): string {
  if (recorded === undefined) return "no manifest to compare with";
  if (recorded === null) return "the recording is not complete: its manifest has no hash yet";
  return recorded === sha256
    ? "the same hash as in the manifest: not altered since it was recorded"
    : "NOT the hash of the manifest: the file was altered";
}
