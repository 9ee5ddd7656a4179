import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { analyseFlow } from "../../bench/analysis/analyse-flow";
import type { Evaporation } from "../../bench/analysis/corrections";
import { evaporationOfBlanks } from "../../bench/analysis/evaporation-fit";
import type { FlowAnalysis } from "../../bench/analysis/flow-analysis";
import type { MassSeries } from "../../bench/analysis/mass-series";
import { readWeighingFile } from "../../bench/analysis/node/read-weighing-file";
import { readPumpLog } from "../../bench/analysis/pump-log";
import type { PumpLog } from "../../bench/analysis/pump-log";
import type { ToldColumns } from "../../bench/analysis/reading/told-columns";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import { checkedPumpLog } from "../../bench/record/node/checked-pump-log";
import { requireRecorded } from "../../bench/record/node/checked-raw-file";
import { loadManifest } from "../../bench/record/node/manifest-file";
import { BadInput } from "../../config/bad-input";
import { fileProblem } from "../file-problem";
import type { AnalysisOptions } from "./told-analysis";
import { requireConsistent, requireWholeHead, settingsOf } from "./analyse-settings";

/** One run that was analysed, with what it was recorded with. */
export interface AnalysedRun {
  readonly analysis: FlowAnalysis;
  /** Undefined for a CSV file. */
  readonly manifest: Manifest | undefined;
  /** The raw file as a person would name it. */
  readonly rawFile: string;
  /** Rows of the raw file below its header: by the manifest, or as many samples as were read. */
  readonly rawRows: number;
}

/** Analyses what a person named: a CSV file, or the folder of a recording. Throws `BadInput` and `BadUsage`. */
export async function analyseNamed(name: string, options: AnalysisOptions): Promise<AnalysedRun> {
  const folder = isFolder(name) ? name.replace(/(?<=.)\/+$/, "") : undefined;
  requireConsistent(options, folder !== undefined);
  const manifest = folder === undefined ? undefined : loadManifest(join(folder, RECORDING_FILES.manifest));
  const rawFile = folder === undefined || manifest === undefined ? name : join(folder, manifest.raw.file);
  requireWholeHead(options, manifest);
  // What can be known to be missing is told before a large file is read.
  settingsOf({ options, manifest, blank: undefined, pumpLog: undefined });
  const told: ToldColumns = {
    time: options.timeColumn,
    mass: options.massColumn,
    timeUnit: options.timeUnit,
    massUnit: options.massUnit,
  };
  const pumpLog = pumpLogOf(options, folder, manifest);
  const blank = await blankOf(options.blank, told);
  const series = await readWeighingFile(rawFile, rawFile, told);
  if (manifest !== undefined) await requireRecorded(rawFile, series.sha256, manifest);
  const { settings, notes } = settingsOf({ options, manifest, blank, pumpLog });
  const analysis = analyseFlow({ ...series, notes: [...notes, ...series.notes] }, settings);
  return { analysis, manifest, rawFile, rawRows: manifest?.raw.rows ?? series.timeS.length };
}

/** The file that a name stands for: that of the balance in a recording's folder, else itself. Throws `BadInput` when there is none. */
export function rawFileOf(name: string): string {
  return isFolder(name) ? join(name, RECORDING_FILES.raw) : name;
}

function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch (error) {
    throw new BadInput(name, 0, fileProblem(error));
  }
}

async function blankOf(files: readonly string[] | undefined, told: ToldColumns): Promise<Evaporation | undefined> {
  if (files === undefined) return undefined;
  const blanks: MassSeries[] = [];
  for (const file of files.map(rawFileOf)) {
    const series = await readWeighingFile(file, file, told);
    if (series.timeS.length < 3 || series.timeS[0] === series.timeS.at(-1))
      throw new BadInput(file, 0, "a blank run of at least three samples at different times is wanted");
    blanks.push(series);
  }
  return evaporationOfBlanks(blanks);
}

function pumpLogOf(
  options: AnalysisOptions,
  folder: string | undefined,
  manifest: Manifest | undefined,
): PumpLog | undefined {
  const told = options.pumpLog;
  if (told !== undefined) return readPumpLog(readLog(told), told, options.pumpLogStart ?? 0);
  if (folder === undefined || manifest === undefined) return undefined;
  const recorded = checkedPumpLog(folder, manifest);
  if (recorded === undefined) return undefined;
  return readPumpLog(recorded.text, recorded.file, options.pumpLogStart ?? recorded.startS);
}

function readLog(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BadInput(file, 0, fileProblem(error));
  }
}
