import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { BadInput } from "../../../config/bad-input";
import type { Manifest } from "../manifest";

/**
 * Makes sure that a raw file is the one that was recorded: of a complete recording all of it, of one that was broken off what its manifest knows of, since
 * it can only have grown. Throws `BadInput` when it was changed.
 * @param sha256 of the whole file, hexadecimal
 */
export async function requireRecorded(file: string, sha256: string, { raw }: Pick<Manifest, "raw">): Promise<void> {
  if (raw.sha256 !== null && raw.sha256 !== sha256)
    throw new BadInput(file, 0, "it is not the file that was recorded: its SHA-256 differs from the manifest's");
  if (raw.sha256 === null && (await sha256OfStart(file, raw.bytes)) !== raw.soFarSha256)
    throw new BadInput(
      file,
      0,
      `it is not the file that was recorded: the SHA-256 of its first ${raw.bytes} bytes differs from the manifest's`,
    );
}

/** Of the first `bytes` bytes of a file; of all of it where it has fewer. */
async function sha256OfStart(path: string, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  if (bytes > 0) for await (const piece of createReadStream(path, { end: bytes - 1 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
