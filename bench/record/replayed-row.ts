import type { RawStatus } from "./raw-row";
import { readRawRow } from "./raw-text";

/** Rows that the recorder wrote of itself: no words of a balance. */
const OF_RECORDER: readonly RawStatus[] = [
  "noAnswer",
  "disconnected",
  "reconnected",
  "resumed",
  "unitChanged",
  "clockStep",
];

/**
 * A row of a raw file for a replay: its time in ms and the balance's line. A row of the recorder itself, and one that was cut off, is none of the
 * balance.
 */
export function readReplayedRow(line: string): { readonly atMs: number; readonly text: string } | "notOfBalance" {
  const row = readRawRow(line);
  if (row === undefined || (row.status !== undefined && OF_RECORDER.includes(row.status))) return "notOfBalance";
  return { atMs: Math.round(1000 * row.elapsedS), text: row.raw };
}
