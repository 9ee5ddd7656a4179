import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "../../../config/bad-input";
import type { Manifest } from "../manifest";

/** The pump's log of a recording, read whole. */
export interface PumpLogText {
  /** Its path, for messages. */
  readonly file: string;
  /** NDJSON, not yet read line by line. */
  readonly text: string;
  /** Its instant 0 on the samples' axis, in s. */
  readonly startS: number;
}

/**
 * Reads the pump's log in a recording's folder and makes sure that it is the one that was recorded; undefined when there is none. The manifest of a recording
 * that is not complete, or of an older version, has no hash to compare with. Throws `BadInput` when it is missing or was changed.
 */
export function checkedPumpLog(folder: string, { pumpLog }: Pick<Manifest, "pumpLog">): PumpLogText | undefined {
  if (pumpLog === null) return undefined;
  const file = join(folder, pumpLog.file);
  const bytes = readLog(file);
  const recorded = pumpLog.sha256 ?? undefined;
  if (recorded !== undefined && createHash("sha256").update(bytes).digest("hex") !== recorded)
    throw new BadInput(file, 0, "it is not the log that was recorded: its SHA-256 differs from the manifest's");
  return { file, text: bytes.toString("utf8"), startS: -pumpLog.offsetMs / 1000 };
}

function readLog(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new BadInput(path, 0, isMissing ? "the pump's log is missing" : `it cannot be read (${String(error)})`);
  }
}
