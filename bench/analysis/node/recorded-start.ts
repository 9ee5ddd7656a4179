import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** SHA-256 of the first `bytes` bytes of a file, hexadecimal; of all of it where it has fewer. Rejects with the system's error. */
export async function sha256OfStart(path: string, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  if (bytes > 0) for await (const piece of createReadStream(path, { end: bytes - 1 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
