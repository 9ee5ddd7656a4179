import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { meanErrorText } from "../../bench/report/summary-block";
import { MOST_RUNS } from "../../bench/report/report-run";
import { VERDICT_WORDS } from "../../bench/report/verdict-words";
import type { Chart } from "../../bench/report/chart";
import { RECORDING_FILES } from "../../bench/record/manifest";
import { BadInput } from "../../config/bad-input";
import { makeFolder } from "../../config/node/make-folder";
import { checkoutRoot } from "../../toolchain/checkout";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { folderProblem } from "../file-problem";
import { requireWritable, writeOutputFile } from "../output-file";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import { analyseNamed, rawFileOf } from "./analyse-run";
import type { AnalysedRun } from "./analyse-run";
import { localMinute } from "./local-minute";
import type { AnalysisOptions } from "./told-analysis";

/** The options of `minim bench report`: those of the analysis, and where its pages go. */
export interface ReportOptions extends AnalysisOptions {
  readonly out?: string;
  readonly charts?: string;
  readonly json?: true;
}

/** `minim bench report`: one HTML file about recordings, and their charts as files when asked for. */
export async function report(
  recordings: readonly string[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (recordings.length > MOST_RUNS)
    throw new BadUsage(`one report holds at most ${MOST_RUNS} recordings, ${recordings.length} were given`);
  requireDifferent(recordings);
  const runs: AnalysedRun[] = [];
  for (const recording of recordings) runs.push(await analyseNamed(recording, options));
  const out = options.out ?? usualName(recordings);
  requireWritable("--out", out, filesRead(runs, options));
  if (options.charts !== undefined) claimFolder(options.charts);

  const { flowReport } = await import("../../bench/report/flow-report");
  const { page, charts } = flowReport(runs, { made: localMinute(new Date()), program: programText() });
  writeOutputFile("--out", out, page);
  const chartFiles = options.charts === undefined ? [] : await writeCharts(options.charts, charts);
  show({ out, chartFiles, runs }, options, terminal);
  return runs.some(({ analysis }) => analysis.verdict === "fail") ? ExitCode.checkFailed : ExitCode.passed;
}

/** One recording beside itself compares nothing. What is not there is told when it is read. */
function requireDifferent(recordings: readonly string[]): void {
  const seen = new Set<string>();
  for (const recording of recordings.filter((name) => existsSync(name))) {
    const raw = rawFileOf(recording);
    const path = realpathSync(existsSync(raw) ? raw : recording);
    if (seen.has(path)) throw new BadUsage(`${recording}: it is named twice; name each recording once`);
    seen.add(path);
  }
}

/** Beside what it is about: `report.html` in a recording's folder; several recordings: in the folder where the command was given. */
function usualName(recordings: readonly string[]): string {
  const [first = ""] = recordings;
  if (recordings.length > 1) return "flow-report.html";
  if (statSync(first).isDirectory()) return join(first, "report.html");
  return join(dirname(first), `${basename(first).replace(/\.(csv|txt|tsv)$/i, "")}-report.html`);
}

/** All that must not be overwritten. */
function filesRead(runs: readonly AnalysedRun[], { blank, pumpLog }: ReportOptions): string[] {
  const ofRuns = runs.flatMap(({ rawFile, manifest }) =>
    manifest === undefined
      ? [rawFile]
      : [rawFile, ...Object.values(RECORDING_FILES).map((name) => join(dirname(rawFile), name))],
  );
  return [...ofRuns, ...(blank ?? []).map(rawFileOf), ...(pumpLog === undefined ? [] : [pumpLog])];
}

function claimFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new BadInput(folder, 0, `--charts: ${folderProblem(error)}`);
  }
}

async function writeCharts(folder: string, charts: readonly Chart[]): Promise<string[]> {
  const { chartFile } = await import("../../bench/report/chart");
  return charts.map((chart) => {
    const file = join(folder, `${chart.name}.svg`);
    writeOutputFile("--charts", file, chartFile(chart));
    return file;
  });
}

/** What was written, and about what. */
interface Written {
  readonly out: string;
  readonly chartFiles: readonly string[];
  readonly runs: readonly AnalysedRun[];
}

function show({ out, chartFiles, runs }: Written, { json, charts }: ReportOptions, terminal: Terminal): void {
  if (json === true) {
    const recordings = runs.map(({ analysis, rawFile, rawRows }) => {
      const { sha256, rateMlPerH, meanErrorPercent, uncertaintyPercent, verdict } = analysis;
      return { file: rawFile, sha256, rows: rawRows, rateMlPerH, meanErrorPercent, uncertaintyPercent, verdict };
    });
    outJson(terminal, { kind: "flowReport", file: out, charts: chartFiles, recordings });
    return;
  }
  for (const { analysis, rawFile } of runs)
    terminal.out(`${rawFile}: ${meanErrorText(analysis)}, ${VERDICT_WORDS[analysis.verdict].toLowerCase()}\n`);
  terminal.out(`The report is ${out}: open it in a browser; its print makes the PDF.\n`);
  if (charts !== undefined) terminal.out(`${chartFiles.length} charts are in ${charts}.\n`);
}

function programText(): string {
  const { version } = JSON.parse(readFileSync(join(checkoutRoot(), "package.json"), "utf8")) as { version: string };
  return `Minim ${version}`;
}
