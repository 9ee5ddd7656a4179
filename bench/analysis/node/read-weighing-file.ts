import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { BadInput } from "../../../config/bad-input";
import type { MassSeries } from "../mass-series";
import { WeighingReader } from "../reading/weighing-reader";
import type { ToldColumns } from "../reading/told-columns";

const PIECE_BYTES = 1 << 16;

const REASONS: Partial<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EISDIR: "this is a folder; a CSV file or the folder of a recording is wanted",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
};

/**
 * Reads a weighing from a CSV file, in pieces: memory is that of its samples, 16 bytes each. UTF-8, or UTF-16 with its mark.
 * Throws {@link BadInput}. @param shown the file as the person named it
 */
export async function readWeighingFile(
  path: string,
  shown: string = path,
  told: ToldColumns = {},
): Promise<MassSeries> {
  const hash = createHash("sha256");
  const reader = new WeighingReader(shown, told);
  let decoder: TextDecoder | undefined;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
      const bytes = piece as Buffer;
      hash.update(bytes);
      decoder ??= new TextDecoder(encodingOf(bytes));
      reader.push(decoder.decode(bytes, { stream: true }));
    }
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new BadInput(shown, 0, REASONS[code] ?? `it cannot be read (${code === "" ? String(error) : code})`);
  }
  if (decoder !== undefined) reader.push(decoder.decode());
  return reader.finish(hash.digest("hex"));
}

/** By the mark at its beginning: spreadsheets save UTF-16 with one. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
