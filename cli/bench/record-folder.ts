import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import type { RawRow } from "../../bench/record/raw-row";
import { loadManifest, writeManifest } from "../../bench/record/node/manifest-file";
import { checkedPumpLog } from "../../bench/record/node/checked-pump-log";
import { PumpLogFile } from "../../bench/record/node/pump-log-file";
import { RawFile, RawFileChanged } from "../../bench/record/node/raw-file";
import type { RowSafety } from "../../bench/record/node/raw-file";
import { BadInput } from "../../config/bad-input";
import { makeFolder } from "../../config/node/make-folder";
import { fileProblem, folderProblem } from "../file-problem";
import { OutputFailure } from "../output-failure";

/** Names the process that records into a folder. */
const LOCK = "recording.lock";

/** The folder of a recording and its files. Its methods throw `BadInput` for what a person can put right, `OutputFailure` for a disk that fails. */
export class RecordingFolder {
  constructor(readonly path: string) {}

  /** Refuses a folder that cannot be begun in: one that holds a recording, or a file of that name. */
  requireFree(): void {
    if (existsSync(this.path) && !statSync(this.path).isDirectory())
      throw new BadInput(this.path, 0, "--out: this is a file; the name of a folder is wanted");
    const held = Object.values(RECORDING_FILES).find((name) => existsSync(this.fileOf(name)));
    if (held !== undefined)
      throw new BadInput(
        this.path,
        0,
        `--out: it holds a recording already (${held}); add --resume to go on with it, or name another folder`,
      );
  }

  /** Whether a recording was begun in it; false in a folder in which it was broken off before anything was written. */
  isBegun(): boolean {
    if (!existsSync(this.path)) throw new BadInput(this.path, 0, "--resume: there is no such folder");
    return existsSync(this.fileOf(RECORDING_FILES.manifest)) || existsSync(this.fileOf(RECORDING_FILES.raw));
  }

  /** Makes the folder and keeps others from recording into it until {@link release}. */
  claim(): void {
    try {
      makeFolder(this.path);
    } catch (error) {
      throw new BadInput(this.path, 0, `--out: ${folderProblem(error)}`);
    }
    try {
      this.takeLock();
    } catch (error) {
      if (error instanceof BadInput) throw error;
      throw new BadInput(this.path, 0, `--out: ${fileProblem(error)}`);
    }
  }

  release(): void {
    rmSync(this.fileOf(LOCK), { force: true });
  }

  manifest(): Manifest {
    return loadManifest(this.fileOf(RECORDING_FILES.manifest));
  }

  keep(manifest: Manifest): void {
    const path = this.fileOf(RECORDING_FILES.manifest);
    this.writing(path, () => writeManifest(path, manifest));
  }

  /** Begins the raw file, or goes on with what `state` was taken of. @param seen takes each row that it holds already */
  openRaw(safety: RowSafety, state: Manifest["raw"], seen: (row: RawRow) => void): RawFile {
    const path = this.fileOf(RECORDING_FILES.raw);
    const isNew = state.bytes === 0 && !existsSync(path);
    if (!isNew && !existsSync(path)) throw new BadInput(path, 0, "it is missing: the recording cannot go on");
    try {
      return this.writing(path, () => (isNew ? RawFile.begin(path, safety) : RawFile.goOn(path, safety, state, seen)));
    } catch (error) {
      if (error instanceof RawFileChanged) throw new BadInput(path, 0, error.message);
      throw error;
    }
  }

  openPumpLog(): PumpLogFile {
    const path = this.fileOf(RECORDING_FILES.pumpLog);
    return this.writing(path, () => new PumpLogFile(path));
  }

  /** Makes sure that a complete recording is still what it was. */
  requireUnchanged(manifest: Manifest): void {
    const { raw } = manifest;
    const path = this.fileOf(RECORDING_FILES.raw);
    const sha256 = existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : "missing";
    if (sha256 !== raw.sha256)
      throw new BadInput(
        path,
        0,
        `it is not what was recorded: SHA-256 ${sha256}, in the manifest ${raw.sha256 ?? ""}`,
      );
    checkedPumpLog(this.path, manifest);
  }

  /** A failure of the disk at a file of the folder, with its name; any other error as it is. */
  failureAt(name: string, error: unknown): unknown {
    if (error instanceof Error && "code" in error && "syscall" in error)
      return OutputFailure.ofFile("--out", this.fileOf(name), error);
    return error;
  }

  private writing<T>(path: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.failureAt(basename(path), error);
    }
  }

  private fileOf(name: string): string {
    return join(this.path, name);
  }

  private takeLock(): void {
    const path = this.fileOf(LOCK);
    const owner = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
    if (owner > 0 && owner !== process.pid && isRunning(owner))
      throw new BadInput(
        this.path,
        0,
        `--out: process ${owner} records into it; if that is no recording, remove ${path}`,
      );
    writeFileSync(path, String(process.pid));
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
