import { statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { correctionsOf } from "../../bench/analysis/corrections";
import type { CalibrationRun } from "../../bench/calibration/calibration-run";
import type { ReadRecording } from "../../bench/calibration/node/read-recording";
import { readRunTable } from "../../bench/calibration/read-run-table";
import type { CountedRecording } from "../../bench/calibration/written-run";
import { BadInput } from "../../config/bad-input";
import { didYouMean } from "../../config/nearest-word";
import { readTextFile } from "../../sim/scenario/node/text-file";
import { BadUsage } from "../bad-usage";
import { requireConsistent, settingsOf } from "./analyse-settings";
import { requireOneHead } from "./calibrate-identity";
import type { NamedManifest } from "./calibrate-identity";
import { runOfRecording } from "./calibrate-recordings";
import type { NamedPump, RunOptions } from "./calibrate-settings";
import { pulseOf } from "./pulse-options";

/** The runs that count, those that were left out, and what was odd. */
export interface NamedRuns {
  readonly runs: readonly CalibrationRun[];
  /** Manifests of those of the runs that are recordings. */
  readonly manifests: readonly NamedManifest[];
  readonly excluded: readonly string[];
  readonly notes: readonly string[];
}

/** A recording's folder that is still to be read. */
interface NamedFolder {
  readonly folder: string;
  readonly told: CountedRecording | undefined;
}

/**
 * Reads all runs that the arguments name. Throws `BadInput` for the first that is wrong or of another head than the others, `BadUsage` for options that cannot
 * be meant.
 */
export async function readRuns(named: readonly string[], options: RunOptions, pump: NamedPump): Promise<NamedRuns> {
  const items = named.flatMap((name) =>
    isFolder(name) ? [{ folder: name, told: undefined }] : runsOfTable(name, options, pump),
  );
  const isRecording = (item: CalibrationRun | NamedFolder): item is NamedFolder => "folder" in item;
  requireConsistent(options, items.some(isRecording));
  const runs: CalibrationRun[] = [];
  const ofRecordings = new Map<string, string[]>();
  const recordings: ReadRecording[] = [];
  for (const item of items) {
    if (!isRecording(item)) {
      runs.push(item);
      continue;
    }
    const { recording, run, notes } = await runOfRecording(item.folder, item.told, options, pump);
    requireNoCopy(recording, recordings);
    recordings.push(recording);
    runs.push(run);
    for (const note of notes) ofRecordings.set(note, [...(ofRecordings.get(note) ?? []), recording.name]);
  }
  requireOwnNames(runs);
  const excluded = excludedOf(runs, options.exclude);
  const manifests = recordings.filter(({ name }) => !excluded.includes(name));
  if (options.mixed !== true) requireOneHead(manifests);
  const isTable = options.evaporation !== undefined && recordings.length < items.length;
  return {
    runs: runs.filter(({ name }) => !excluded.includes(name)),
    manifests,
    excluded,
    notes: [...notesOf(ofRecordings, recordings.length), ...(isTable ? [OF_TABLES] : [])],
  };
}

const OF_TABLES =
  "--evaporation is for recordings: how long a table's run took nobody knows, its masses are taken as corrected";

/** What is the same of several recordings is said once. */
function notesOf(ofRecordings: ReadonlyMap<string, readonly string[]>, count: number): string[] {
  return [...ofRecordings].map(
    ([note, names]) => `${names.length > 1 && names.length === count ? "all recordings" : names.join(", ")}: ${note}`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function runsOfTable(file: string, options: RunOptions, { file: pump }: NamedPump): (CalibrationRun | NamedFolder)[] {
  // The rate is each run's own; what is done to masses does not depend on it.
  const known = { options: { ...options, correctAll: undefined, rate: 1 }, manifest: undefined };
  const { settings } = settingsOf({ ...known, blank: undefined, pumpLog: undefined });
  const { sensitivityPercent = 0, densityPercent = 0 } = settings.uncertainty ?? {};
  const { fullStepsPerRevolution, fullStepsPerStroke } = pump.head;
  const rows = readRunTable(readTextFile(file, file), file, {
    mlPerG: correctionsOf(settings.corrections ?? {}, 1).mlPerG,
    sharedPercent: Math.hypot(sensitivityPercent, densityPercent),
    strokesPerRevolution: fullStepsPerRevolution / fullStepsPerStroke,
    stepsPerRevolution: fullStepsPerRevolution,
    pulse: pulseOf(options, undefined),
  });
  return rows.map((row) => ("recording" in row ? { folder: folderOf(row), told: row } : row));
}

/** Where a row's recording is: beside its table, unless it says where. */
function folderOf({ file, line, recording }: CountedRecording): string {
  const folder = isAbsolute(recording) ? recording : join(dirname(file), recording);
  if (!isFolder(folder))
    throw new BadInput(file, line, `recording: there is no folder ${folder}; it is looked for beside the table`);
  return folder;
}

/** A copy counted as a repeat would make the interval too narrow. */
function requireNoCopy({ name, series }: ReadRecording, others: readonly ReadRecording[]): void {
  const same = others.find((other) => other.series.sha256 === series.sha256);
  if (same !== undefined)
    throw new BadInput(
      name,
      0,
      `it weighs the same as ${same.name}, to the last byte: a copy is no repeat (simulated runs: another --duration)`,
    );
}

function excludedOf(runs: readonly CalibrationRun[], exclude: readonly string[]): string[] {
  const names = runs.map(({ name }) => name);
  for (const name of exclude) {
    if (!names.includes(name))
      throw new BadUsage(
        `--exclude: there is no run ${name}${didYouMean(name, names)} (the runs are ${names.join(", ")})`,
      );
  }
  return names.filter((name) => exclude.includes(name));
}

function requireOwnNames(runs: readonly CalibrationRun[]): void {
  const seen = new Map<string, CalibrationRun>();
  for (const run of runs) {
    const other = seen.get(run.name);
    if (other !== undefined)
      throw new BadInput(
        run.file,
        run.line,
        `two runs are called ${run.name} (the other: ${other.file}${other.line === 0 ? "" : `:${other.line}`}); name them under run`,
      );
    seen.set(run.name, run);
  }
}
