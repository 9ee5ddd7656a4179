import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { BadInput } from "../../../config/bad-input";
import { manifestText, readManifest } from "../manifest";
import type { Manifest } from "../manifest";

/** Writes a manifest whole: under another name first, put on the disk, then renamed. Throws the system's error. */
export function writeManifest(path: string, manifest: Manifest): void {
  const staged = `${path}.new`;
  const file = openSync(staged, "w");
  try {
    writeFileSync(file, manifestText(manifest));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(staged, path);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Reads a recording's manifest. Throws `BadInput` when it is not there or no manifest. */
export function loadManifest(path: string): Manifest {
  let json: string;
  try {
    json = readFileSync(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new BadInput(path, 0, isMissing ? "there is no manifest: this is no recording's folder" : String(error));
  }
  try {
    return readManifest(json);
  } catch (error) {
    throw new BadInput(path, 0, error instanceof Error ? error.message : String(error));
  }
}
