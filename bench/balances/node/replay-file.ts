import { readFileSync } from "node:fs";
import { BadInput } from "../../../config/bad-input";
import type { ReplayedLine } from "../replayed-line";

/** Reads one line of a file into its time in ms, of any origin, and the balance's words; undefined when it is none of a balance. */
export type ReplayReader = (
  line: string,
) => { readonly atMs: number; readonly text: string } | "notOfBalance" | undefined;

const STAMPED =
  /^\s*(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[-+]\d\d:?\d\d)?|\d+(?:\.\d+)?)(?:[\t ;,])(.*)$/;

/**
 * Reads a line of a captured log: a time (seconds, or a date with time of day), a tab, blank, comma or semicolon, then the line as the balance sent it.
 */
export const readStampedLine: ReplayReader = (line) => {
  const [, stamp, text] = STAMPED.exec(line) ?? [];
  if (stamp === undefined || text === undefined) return undefined;
  const atMs = /^\d+(?:\.\d+)?$/.test(stamp)
    ? Number(stamp) * 1000
    : Date.parse(stamp.replace(" ", "T").replace(",", "."));
  return Number.isFinite(atMs) ? { atMs, text } : undefined;
};

/**
 * Reads a file that is to be replayed; times begin at 0 with its first line. Blank lines and lines that begin with # are left out.
 * Throws `BadInput` with the line that has no time, or one that goes back.
 * @param readerOf the reader for a file that begins with this line, and how many lines it has before the first
 */
export function readReplayFile(
  file: string,
  readerOf: (firstLine: string) => { readonly read: ReplayReader; readonly skip: number },
): ReplayedLine[] {
  const lines = contentOf(file).split(/\r\n|\n|\r/);
  const { read, skip } = readerOf(lines[0] ?? "");
  const replayed: ReplayedLine[] = [];
  let firstMs: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (index < skip || line.trim() === "" || line.startsWith("#")) continue;
    const one = read(line);
    if (one === "notOfBalance") continue;
    if (one === undefined)
      throw new BadInput(file, index + 1, "a time and the balance's line are wanted, as `30.2 S S    12.3456 g`");
    firstMs ??= one.atMs;
    const atMs = one.atMs - firstMs;
    if (atMs < (replayed[replayed.length - 1]?.atMs ?? 0))
      throw new BadInput(file, index + 1, "the time goes back; a file is replayed in the order of its times");
    replayed.push({ atMs, text: one.text });
  }
  if (replayed.length === 0) throw new BadInput(file, 0, "it holds no line of a balance");
  return replayed;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder; the name of a file is wanted, as run-7/balance.csv",
  EACCES: "you may not read it",
};

function contentOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new BadInput(file, 0, PROBLEMS[code] ?? `it cannot be read (${code})`);
  }
}
