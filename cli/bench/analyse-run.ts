import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { analyseFlow } from "../../bench/analysis/analyse-flow";
import type { Evaporation } from "../../bench/analysis/corrections";
import { evaporationOfBlanks } from "../../bench/analysis/evaporation-fit";
import type { FlowAnalysis } from "../../bench/analysis/flow-analysis";
import type { MassSeries } from "../../bench/analysis/mass-series";
import { readWeighingFile } from "../../bench/analysis/node/read-weighing-file";
import { sha256OfStart } from "../../bench/analysis/node/recorded-start";
import { readPumpLog } from "../../bench/analysis/pump-log";
import type { PumpLog } from "../../bench/analysis/pump-log";
import type { ToldColumns } from "../../bench/analysis/reading/told-columns";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import { checkedPumpLog } from "../../bench/record/node/checked-pump-log";
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
  if (manifest !== undefined) await requireRecorded(series, manifest);
  const { settings, notes } = settingsOf({ options, manifest, blank, pumpLog });
  const analysis = analyseFlow({ ...series, notes: [...notes, ...series.notes] }, settings);
  return { analysis, manifest, rawFile, rawRows: manifest?.raw.rows ?? series.timeS.length };
}

function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch (error) {
    throw new BadInput(name, 0, fileProblem(error));
  }
}

/** A recording is never altered: its raw file is the one that the manifest has the hash of, or grew from that when it was broken off. */
async function requireRecorded({ file, sha256 }: MassSeries, { raw }: Manifest): Promise<void> {
  if (raw.sha256 !== null && raw.sha256 !== sha256)
    throw new BadInput(file, 0, "it is not the file that was recorded: its SHA-256 differs from the manifest's");
  if (raw.sha256 === null && (await sha256OfStart(file, raw.bytes)) !== raw.soFarSha256)
    throw new BadInput(
      file,
      0,
      `it is not the file that was recorded: the SHA-256 of its first ${raw.bytes} bytes differs from the manifest's`,
    );
}

async function blankOf(files: readonly string[] | undefined, told: ToldColumns): Promise<Evaporation | undefined> {
  if (files === undefined) return undefined;
  const blanks: MassSeries[] = [];
  for (const named of files) {
    const file = isFolder(named) ? join(named, RECORDING_FILES.raw) : named;
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
  return readPumpLog(recorded.text, recorded.file, options.pumpLogStart ?? -(manifest.pumpLog?.offsetMs ?? 0) / 1000);
}

function readLog(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BadInput(file, 0, fileProblem(error));
  }
}
