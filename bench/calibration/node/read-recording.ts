import { join } from "node:path";
import { readPumpLog } from "../../analysis/pump-log";
import type { PumpLog } from "../../analysis/pump-log";
import { readWeighingFile } from "../../analysis/node/read-weighing-file";
import { RECORDING_FILES } from "../../record/manifest";
import type { Manifest } from "../../record/manifest";
import { checkedPumpLog } from "../../record/node/checked-pump-log";
import { requireRecorded } from "../../record/node/checked-raw-file";
import { loadManifest } from "../../record/node/manifest-file";
import { BadInput } from "../../../config/bad-input";
import type { Recorded } from "../recorded-run";

/** A recording's folder, read for a calibration. */
export interface ReadRecording extends Recorded {
  readonly manifest: Manifest;
  /** What the person should know of it. */
  readonly notes: readonly string[];
}

/** What somebody wrote down of a recording, in a table of runs. */
export interface ToldOfRecording {
  readonly name: string | undefined;
  readonly rateMlPerH: number | undefined;
  /** Counted from the first to the last sample. */
  readonly revolutions: number;
}

/**
 * Reads a folder of `minim bench record`: the balance's file, and the pump's log beside it unless the revolutions are told. Throws `BadInput` for a folder that
 * is none, whose raw file is not the one that was recorded, or of which nobody knows rate or revolutions.
 */
export async function readRecording(folder: string, told?: ToldOfRecording): Promise<ReadRecording> {
  const path = folder.replace(/(?<=.)\/+$/, "");
  const manifest = loadManifest(join(path, RECORDING_FILES.manifest));
  const rateMlPerH = told?.rateMlPerH ?? manifest.rateMlPerH;
  if (rateMlPerH === null) throw new BadInput(path, 0, `the recording does not say its rate; ${TABLE}`);
  const log = told === undefined ? logOf(path, manifest) : undefined;
  const turned = told?.revolutions ?? log?.pumpLog;
  if (turned === undefined)
    throw new BadInput(path, 0, `there is no log of the pump, so nobody knows its revolutions; ${TABLE}`);
  const rawFile = join(path, manifest.raw.file);
  const series = await readWeighingFile(rawFile, rawFile);
  await requireRecorded(rawFile, series.sha256, manifest);
  const ofLog = typeof turned === "number" ? [] : turned.notes;
  return {
    name: told?.name ?? path,
    rateMlPerH,
    series,
    turned,
    logEndsS: log?.endsS,
    manifest,
    notes: [...series.notes, ...ofLog],
  };
}

const TABLE =
  "count them and put the run into a table: recording, revolutions, rate (npx minim bench calibrate --help)";

interface Log {
  readonly pumpLog: PumpLog;
  /** Where it breaks off, in s on the samples' axis; undefined: it is that of a complete recording. */
  readonly endsS: number | undefined;
}

function logOf(folder: string, manifest: Manifest): Log | undefined {
  const recorded = checkedPumpLog(folder, manifest);
  if (recorded === undefined) return undefined;
  const { text, file, startS } = recorded;
  return {
    pumpLog: readPumpLog(text, file, startS),
    endsS: manifest.complete ? undefined : lastMs(text) / 1000 + startS,
  };
}

/** The latest time that a log speaks of; one without a line ends at its start. A last line that was cut off counts for nothing. */
function lastMs(text: string): number {
  let latest = 0;
  for (const line of text.split("\n")) {
    for (const [, ms] of isWhole(line) ? line.matchAll(/"(?:atMs|lastAtMs)":\s*([0-9.]+)/g) : [])
      latest = Math.max(latest, Number(ms));
  }
  return latest;
}

function isWhole(line: string): boolean {
  return line.trimEnd().endsWith("}");
}
