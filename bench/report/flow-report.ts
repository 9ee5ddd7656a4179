import type { FlowVerdict } from "../analysis/flow-analysis";
import type { Chart } from "./chart";
import { comparison, comparisonChart } from "./comparison";
import { html, trusted } from "./html";
import type { Content, Html } from "./html";
import { pageStyle } from "./page-style";
import type { PrintedPage } from "./page-style";
import { runLetter } from "./report-run";
import type { ReportMaker, ReportRun } from "./report-run";
import { drawRun } from "./run-charts";
import type { RunCharts } from "./run-charts";
import { runBody, runEnd } from "./run-section";
import { meanErrorText } from "./summary-block";
import { figures, table, words } from "./table";
import { bolusSentence, VERDICT_WORDS, verdictSentence } from "./verdict-words";

/** A report and the charts in it. */
export interface FlowReport {
  /** One whole HTML page that needs nothing else: no network, no script. */
  readonly page: string;
  readonly charts: readonly Chart[];
}

/** The sentence that every report begins with. */
export const PURPOSE =
  "For bench, teaching and research only. Minim is not a medical device; this report says nothing about a pump that treats a person, and must never be used for one.";

/** Writes the report of one recording or more. Throws `RangeError` without any. */
export function flowReport(runs: readonly ReportRun[], maker: ReportMaker): FlowReport {
  const [first] = runs;
  if (first === undefined) throw new RangeError("a report is about at least one recording");
  const isSingle = runs.length === 1;
  const drawn = runs.map(({ analysis }, index) =>
    drawRun(isSingle ? "" : `${runLetter(index).toLowerCase()}-`, analysis),
  );
  const shared = isSingle ? undefined : comparisonChart(runs);
  const title = isSingle ? `Flow accuracy report: ${first.rawFile}` : `Flow accuracy report: ${runs.length} recordings`;
  const close = closing(runs, maker);
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${trusted(pageStyle(runs.map(printedPage)))}
        </style>
      </head>
      <body>
        ${shared === undefined ? [] : overview(runs, shared)}
        ${runs.map((run, index) => runSection(run, drawn[index], isSingle ? { close } : { index }))}
        ${isSingle ? [] : signedTogether(runs, close)}
      </body>
    </html> `;
  return { page: page.text, charts: [...(shared === undefined ? [] : [shared]), ...drawn.flatMap(chartsOf)] };
}

function chartsOf({ trumpet, startUp, hourly }: RunCharts): Chart[] {
  return [trumpet, startUp, hourly].filter((chart) => chart !== undefined);
}

/** Shortened to what fits into the head of a page. */
const HEAD_CHARACTERS = 60;

function printedPage({ rawFile, analysis }: ReportRun, index: number): PrintedPage {
  const name = rawFile.length > HEAD_CHARACTERS ? `...${rawFile.slice(-HEAD_CHARACTERS)}` : rawFile;
  return {
    name: pageName(index),
    left: `Flow accuracy report  ${name}`,
    right: `SHA-256 ${analysis.sha256.slice(0, 16)}...`,
  };
}

function pageName(index: number): string {
  return `run-${runLetter(index).toLowerCase()}`;
}

function overview(runs: readonly ReportRun[], chart: Chart): Html {
  return html`<header class="masthead">
      <div>
        <h1>Flow accuracy report</h1>
        <p>${runs.length} recordings, each with a section of its own below</p>
      </div>
    </header>
    <p class="purpose">${PURPOSE}</p>
    ${comparison(runs, chart)}`;
}

/** The end of a report of several recordings: what is signed stands above the lines, since nobody signs an empty sheet. */
function signedTogether(runs: readonly ReportRun[], close: Html): Html {
  const rows = runs.map(({ analysis, rawFile }, index) => [
    runLetter(index),
    rawFile,
    meanErrorText(analysis),
    VERDICT_WORDS[analysis.verdict],
    html`<span class="hash">${analysis.sha256}</span>`,
  ]);
  const columns = [words(""), words("Raw file"), figures("Mean flow error"), words("Verdict"), words("SHA-256")];
  return html`<section class="together next-run">
    <h2>Signatures</h2>
    ${table("What is signed", columns, rows)} ${close}
  </section>`;
}

/** Where a run's section stands: alone, with the report's end in it, or as one of several. */
type Place = { readonly close: Html } | { readonly index: number };

function runSection(run: ReportRun, charts: RunCharts | undefined, place: Place): Content {
  if (charts === undefined) return [];
  const { analysis, rawFile } = run;
  const isAlone = "close" in place;
  const index = isAlone ? 0 : place.index;
  return html`<section class="${pageName(index)}${isAlone ? "" : " next-run"}">
    <header class="masthead">
      <div>
        <h1>${isAlone ? "Flow accuracy report" : `Recording ${runLetter(index)}`}</h1>
        <p>${whatWasTested(run)}<br />${rawFile}</p>
      </div>
      ${verdictBox(analysis.verdict, meanErrorText(analysis))}
    </header>
    ${isAlone ? html`<p class="purpose">${PURPOSE}</p>` : []}
    <p>${verdictSentence(analysis)}${bolusSentence(analysis)}</p>
    ${runBody(run, charts)} ${runEnd(run, isAlone ? place.close : [])}
  </section>`;
}

/** The recorder's serial number for a simulated pump that was given none. */
const SIMULATED = "simulated";

function whatWasTested({ manifest }: ReportRun): string {
  const { model, serial } = manifest?.pump ?? { model: null, serial: null };
  const pump = model ?? "Pump";
  const numbered = serial === null || serial === SIMULATED ? pump : `${pump}, serial ${serial}`;
  if (manifest?.clock !== "virtual") return numbered;
  return `${numbered} (${manifest.simulated === null ? "replayed" : SIMULATED})`;
}

function verdictBox(verdict: FlowVerdict, meanError: string): Html {
  return html`<div class="verdict ${verdict}">
    <strong>${VERDICT_WORDS[verdict]}</strong><span>${meanError}</span>
  </div>`;
}

/** Who answers for the report, and what made it. The technician's name is filled in where all runs have the same. */
function closing(runs: readonly ReportRun[], { program, made }: ReportMaker): Html {
  const operators = new Set(runs.map(({ manifest }) => manifest?.operator ?? ""));
  const [operator = ""] = operators;
  const line = (who: string, name: string): Html =>
    html`<div class="line">
      <span>${who}</span><span class="rule">${name}</span><span>Date</span><span class="rule"></span>
    </div>`;
  return html`<div class="signatures">
    ${line("Performed by", operators.size === 1 ? operator : "")} ${line("Reviewed by", "")}
    <p class="colophon">Made by ${program} on ${made}. For a PDF, print this page from the browser, on A4.</p>
  </div>`;
}
