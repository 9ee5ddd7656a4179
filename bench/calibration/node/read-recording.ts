import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPumpLog } from "../../analysis/pump-log";
import { readWeighingFile } from "../../analysis/node/read-weighing-file";
import { RECORDING_FILES } from "../../record/manifest";
import type { Manifest } from "../../record/manifest";
import { loadManifest } from "../../record/node/manifest-file";
import { BadInput } from "../../../config/bad-input";
import type { Recorded } from "../recorded-run";

/** A recording's folder, read for a calibration. */
export interface ReadRecording extends Recorded {
  readonly manifest: Manifest;
  /** What the person should know of it. */
  readonly notes: readonly string[];
}

/**
 * Reads a folder of `minim bench record` with the pump's log beside the balance's file. Throws `BadInput` for a folder that is none, whose raw file is
 * not the one that was recorded, or that holds no rate or no pump log.
 */
export async function readRecording(folder: string): Promise<ReadRecording> {
  const name = folder.replace(/(?<=.)\/+$/, "");
  const manifest = loadManifest(join(name, RECORDING_FILES.manifest));
  const { rateMlPerH, pumpLog, raw } = manifest;
  const table = "put the run into a table instead: rate, revolutions, mass (npx minim bench calibrate --help)";
  if (rateMlPerH === null) throw new BadInput(name, 0, `the recording does not say its rate; ${table}`);
  if (pumpLog === null)
    throw new BadInput(name, 0, `there is no log of the pump, so nobody counted its revolutions; ${table}`);
  const rawFile = join(name, raw.file);
  const series = await readWeighingFile(rawFile, rawFile);
  if (raw.sha256 !== null && raw.sha256 !== series.sha256)
    throw new BadInput(rawFile, 0, "it is not the file that was recorded: its SHA-256 differs from the manifest's");
  const logFile = join(name, pumpLog.file);
  const log = readPumpLog(readLog(logFile), logFile, -pumpLog.offsetMs / 1000);
  return { name, rateMlPerH, series, log, manifest, notes: [...series.notes, ...log.notes] };
}

function readLog(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new BadInput(path, 0, isMissing ? "the pump's log is missing" : `it cannot be read (${String(error)})`);
  }
}
