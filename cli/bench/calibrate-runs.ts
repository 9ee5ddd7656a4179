import { statSync } from "node:fs";
import { correctionsOf } from "../../bench/analysis/corrections";
import type { CalibrationRun } from "../../bench/calibration/calibration-run";
import { readRecording } from "../../bench/calibration/node/read-recording";
import type { ReadRecording } from "../../bench/calibration/node/read-recording";
import { readRunTable } from "../../bench/calibration/read-run-table";
import { recordedRun } from "../../bench/calibration/recorded-run";
import { BadInput } from "../../config/bad-input";
import { didYouMean } from "../../config/nearest-word";
import { toPumpConfig } from "../../config/pump-config";
import type { PumpFile } from "../../config/pump-file";
import { readTextFile } from "../../sim/scenario/node/text-file";
import { BadUsage } from "../bad-usage";
import type { AnalysisOptions } from "./analyse-options";
import { requireConsistent, settingsOf } from "./analyse-settings";

/** What is told about the runs on the command line: corrections and uncertainties, as for an analysis. */
export interface RunOptions extends Omit<AnalysisOptions, "blank" | "rate"> {
  readonly exclude: readonly string[];
}

/** The runs that count, those that were left out, and what was odd. */
export interface NamedRuns {
  readonly runs: readonly CalibrationRun[];
  readonly excluded: readonly string[];
  readonly notes: readonly string[];
}

/** Reads all runs that the arguments name. Throws `BadInput` for the first that is wrong, `BadUsage` for options that cannot be meant. */
export async function readRuns(named: readonly string[], options: RunOptions, pump: PumpFile): Promise<NamedRuns> {
  requireConsistent(options, named.some(isFolder));
  const runs: CalibrationRun[] = [];
  const notes: string[] = [];
  const ofRecordings = new Map<string, string[]>();
  const recordings: ReadRecording[] = [];
  for (const name of named) {
    if (isFolder(name)) {
      const recording = await readRecording(name);
      requireNoCopy(recording, recordings);
      recordings.push(recording);
      const { run, notes: odd } = runOfRecording(recording, options, pump);
      runs.push(run);
      for (const note of [...recording.notes, ...odd])
        ofRecordings.set(note, [...(ofRecordings.get(note) ?? []), recording.name]);
    } else runs.push(...runsOfTable(name, options, pump));
  }
  requireOwnNames(runs);
  // What is the same of several recordings is said once.
  for (const [note, names] of ofRecordings)
    notes.push(
      `${names.length > 1 && names.length === recordings.length ? "all recordings" : names.join(", ")}: ${note}`,
    );
  if (options.evaporation !== undefined && recordings.length < named.length)
    notes.push(
      "--evaporation is for recordings: how long a table's run took nobody knows, its masses are taken as corrected",
    );
  const excluded = excludedOf(runs, options.exclude);
  return { runs: runs.filter(({ name }) => !excluded.includes(name)), excluded, notes };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function strokesPerRevolution({ head }: PumpFile): number {
  return head.fullStepsPerRevolution / head.fullStepsPerStroke;
}

function runsOfTable(file: string, options: RunOptions, pump: PumpFile): CalibrationRun[] {
  // The rate is each run's own; what is done to masses does not depend on it.
  const known = { options: { ...options, correctAll: undefined, rate: 1 }, manifest: undefined };
  const { settings } = settingsOf({ ...known, blank: undefined, pumpLog: undefined });
  const { sensitivityPercent = 0, densityPercent = 0 } = settings.uncertainty ?? {};
  return readRunTable(readTextFile(file, file), file, {
    mlPerG: correctionsOf(settings.corrections ?? {}, 1).mlPerG,
    sharedPercent: Math.hypot(sensitivityPercent, densityPercent),
    strokesPerRevolution: strokesPerRevolution(pump),
  });
}

function runOfRecording(
  recording: ReadRecording,
  options: RunOptions,
  pump: PumpFile,
): { run: CalibrationRun; notes: readonly string[] } {
  const { manifest } = recording;
  const { settings, notes } = settingsOf({ options, manifest, blank: undefined, pumpLog: recording.log });
  const run = recordedRun(recording, {
    strokesPerRevolution: strokesPerRevolution(pump),
    strokeS: toPumpConfig(pump).strokeMs / 1000,
    corrections: settings.corrections ?? {},
    analyse: settings.analyse,
    readingG: settings.balanceNoise?.readingG,
    uncertainty: settings.uncertainty ?? {},
  });
  return { run, notes: [...notes, ...pumpNotes(recording, options, pump)] };
}

function pumpNotes({ manifest }: ReadRecording, options: RunOptions, pump: PumpFile): string[] {
  const notes: string[] = [];
  const { serial } = manifest.pump;
  if (manifest.simulated === null && serial !== null && pump.serial !== 0 && serial !== String(pump.serial))
    notes.push(`it is of the pump with serial number ${serial}; the pump file is that of ${pump.serial}`);
  if (manifest.simulated?.profile === "ideal" && options.density !== 1 && options.correctAll !== true)
    notes.push(`the ideal bench weighs water of exactly 1 g/mL; --density 1 says so`);
  return notes;
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
