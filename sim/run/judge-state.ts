import { formatDuration } from "../../config/quantities";
import type { LogLine } from "../log/words";
import { lastDark } from "./power";
import type { RunRecord, Shortfall } from "./run-record";

/** What therapy is doing from an event on, for as long as the pump can. It outlives the loss of power. */
const ORDERED: Partial<Record<string, string>> = {
  started: "running",
  held: "held",
  stopped: "stopped",
  programEnded: "stopped",
};

/** Judges what the pump is doing at the end of the instant `atMs`. */
export function judgeState(record: RunRecord, state: string, atMs: number): Shortfall | undefined {
  const { actual, sinceMs } = stateAt(record, atMs);
  if (actual === state) return undefined;
  return {
    expected: `${state} at ${formatDuration(atMs)}`,
    actual: `${actual} since ${formatDuration(sinceMs)}`,
    atMs,
  };
}

function stateAt(record: RunRecord, atMs: number): { readonly actual: string; readonly sinceMs: number } {
  const dark = lastDark(record.dark, atMs);
  if (dark !== undefined && atMs < dark.toMs) return { actual: "off", sinceMs: dark.fromMs };
  let ordered = { actual: "stopped", sinceMs: 0 };
  let faultMs: number | undefined;
  for (const { line } of record.lines) {
    if (line.atMs > atMs) break;
    const next = isForgotten(record, line) ? "stopped" : ORDERED[line.event];
    if (next !== undefined) ordered = { actual: next, sinceMs: line.atMs };
    if (line.event === "fault") faultMs ??= line.atMs;
    if (line.event === "powerCut" || line.event === "restart") faultMs = undefined;
  }
  return faultMs === undefined ? ordered : { actual: "fault", sinceMs: faultMs };
}

/** True when therapy does not go on behind this line although nobody has stopped it. */
function isForgotten({ dark }: RunRecord, line: LogLine): boolean {
  if (line.event === "powerCut") return dark.some(({ fromMs, isErased }) => isErased && fromMs === line.atMs);
  return line.event === "alarmRaised" && line["alarm"] === "restartedTooOften";
}
