import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { closeSync, fdatasync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { RAW_HEADER } from "../raw-row";
import type { RawRow } from "../raw-row";
import { rawRowText, readRawRow } from "../raw-text";

const dataSync = promisify(fdatasync);
const HEADER = Buffer.from(`${RAW_HEADER}\n`);

/** How safe a row is before the next is asked for: on the disk, or in the hands of the system, which a loss of power can take. */
export type RowSafety = "onDisk" | "withSystem";

/** What is kept of a raw file in the manifest, and what it is checked against. */
export interface RawFileState {
  readonly rows: number;
  readonly bytes: number;
  readonly soFarSha256: string;
}

/** A raw file is not what its manifest says. The message says how. */
export class RawFileChanged extends Error {
  override readonly name = "RawFileChanged";
}

/** The raw file of a recording. It is opened for appending only; what is in it is never written again. */
export class RawFile {
  /** Elapsed time of its last whole row, in s; undefined while there is none. */
  readonly lastElapsedS: number | undefined;
  private rowCount: number;
  private byteCount: number;
  private readonly hash: Hash;
  private readonly descriptor: number;

  private constructor(
    path: string,
    private readonly safety: RowSafety,
    before: { readonly content: Buffer; readonly rows: number; readonly lastElapsedS: number | undefined },
    flags: "ax" | "a",
  ) {
    this.descriptor = openSync(path, flags);
    this.hash = createHash("sha256").update(before.content);
    this.byteCount = before.content.length;
    this.rowCount = before.rows;
    this.lastElapsedS = before.lastElapsedS;
  }

  /** Begins a raw file. Throws the system's error when it is there already. */
  static begin(path: string, safety: RowSafety): RawFile {
    const file = new RawFile(path, safety, { content: Buffer.alloc(0), rows: 0, lastElapsedS: undefined }, "ax");
    file.write(HEADER);
    return file;
  }

  /**
   * Goes on with a raw file. A row that was cut off stays; what follows begins on a line of its own.
   * Throws {@link RawFileChanged} when it has not only grown since `state`.
   * @param seen takes each whole row that it holds
   */
  static goOn(path: string, safety: RowSafety, state: RawFileState, seen: (row: RawRow) => void): RawFile {
    const content = readFileSync(path);
    requireGrown(content, state);
    const text = content.toString("latin1");
    const rows = text.slice(HEADER.length).split("\n");
    const isCutOff = rows.pop() !== "" && content.length > HEADER.length;
    if (isCutOff) rows.push(text.slice(text.lastIndexOf("\n") + 1));
    let lastElapsedS: number | undefined;
    for (const row of rows.map(readRawRow)) {
      if (row === undefined) continue;
      lastElapsedS = row.elapsedS;
      seen(row);
    }
    const file = new RawFile(path, safety, { content, rows: rows.length, lastElapsedS }, "a");
    if (content.length < HEADER.length) file.write(HEADER.subarray(content.length));
    if (isCutOff) file.write(Buffer.from("\n"));
    return file;
  }

  /** Number of its rows, one that was cut off included. */
  rows(): number {
    return this.rowCount;
  }

  /** What the manifest keeps. */
  state(): RawFileState {
    return { rows: this.rowCount, bytes: this.byteCount, soFarSha256: this.hash.copy().digest("hex") };
  }

  /** Appends a row; resolves when it is as safe as was asked for. Rejects with the system's error. */
  async append(row: RawRow): Promise<void> {
    this.write(Buffer.from(`${rawRowText(row)}\n`));
    this.rowCount++;
    if (this.safety === "onDisk") await dataSync(this.descriptor);
  }

  /** Puts all of it on the disk and closes it. */
  close(): void {
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }

  private write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length;) {
      const written = writeSync(this.descriptor, bytes, done);
      this.hash.update(bytes.subarray(done, done + written));
      this.byteCount += written;
      done += written;
    }
  }
}

/** Throws {@link RawFileChanged} unless `content` begins with what `state` was taken of. */
function requireGrown(content: Buffer, state: RawFileState): void {
  if (content.length < state.bytes)
    throw new RawFileChanged(`it has ${content.length} bytes and had ${state.bytes}: part of the recording is missing`);
  const before = createHash("sha256").update(content.subarray(0, state.bytes)).digest("hex");
  if (before !== state.soFarSha256)
    throw new RawFileChanged(
      `its first ${state.bytes} bytes were changed after they were recorded (SHA-256 ${before})`,
    );
  const header = content.subarray(0, HEADER.length);
  if (!HEADER.subarray(0, header.length).equals(header))
    throw new RawFileChanged(`it does not begin with ${RAW_HEADER}: it is no raw file of a recording`);
}
