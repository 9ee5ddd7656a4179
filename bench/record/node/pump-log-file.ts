import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

/** The pump's log in a recording's folder is not that of this pump. */
export class PumpLogChanged extends Error {
  override readonly name = "PumpLogChanged";
}

/**
 * The pump's own event log beside the raw file. A simulated pump tells its log from the beginning again when a recording goes on: what the file holds
 * already is compared and not written twice, so that the file is the same as without the break.
 */
export class PumpLogFile {
  private readonly before: Buffer;
  private readonly hash: Hash;
  private compared = 0;
  private readonly descriptor: number;

  /** Throws the system's error. */
  constructor(private readonly path: string) {
    this.before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    this.hash = createHash("sha256").update(this.before);
    this.descriptor = openSync(path, "a");
  }

  /** Takes the next line, without its end. Throws {@link PumpLogChanged} when the file says something else there. */
  add(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    const known = this.before.subarray(this.compared, this.compared + bytes.length);
    if (!bytes.subarray(0, known.length).equals(known))
      throw new PumpLogChanged(
        `it was not made by this pump with these settings: ${line} is expected where it says something else`,
      );
    this.compared += known.length;
    this.hash.update(bytes.subarray(known.length));
    for (let done = known.length; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
  }

  /** SHA-256 of all that it holds. */
  sha256(): string {
    return this.hash.copy().digest("hex");
  }

  /** Puts all of it on the disk and closes it. */
  close(): void {
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }
}
