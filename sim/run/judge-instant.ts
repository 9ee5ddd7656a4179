import { formatDuration, formatRate } from "../../config/quantities";
import type { LogLine } from "../log/words";
import type { Expected } from "../scenario/expectation";
import { lastDark } from "./power";
import type { RunRecord, Shortfall } from "./run-record";

/** Judges the basal rate in force at the end of the instant `atMs`. */
export function judgeRate(
  record: RunRecord,
  atMs: number,
  { nlPerDay, withinNlPerDay }: Extract<Expected, { about: "rate" }>,
): Shortfall | undefined {
  const since = lastLine(record, atMs, (line) => line.event === "basalRate");
  const actualNlPerDay = since === undefined ? 0 : Number(since["rateNlPerDay"]);
  if (Math.abs(actualNlPerDay - nlPerDay) <= withinNlPerDay) return undefined;
  const within = withinNlPerDay === 0 ? "" : ` within ${formatRate(withinNlPerDay)}`;
  const why = since === undefined ? "" : ` since ${formatDuration(since.atMs)}`;
  return { expected: `${formatRate(nlPerDay)}${within}`, actual: `${formatRate(actualNlPerDay)}${why}`, atMs };
}

/** Judges what the annunciator plays at the end of the instant `atMs`. */
export function judgeSignal(
  record: RunRecord,
  atMs: number,
  { signal, silenced }: Extract<Expected, { about: "signal" }>,
): Shortfall | undefined {
  const since = lastLine(record, atMs, (line) => line.event === "annunciate");
  const played = since === undefined ? "none" : String(since["priority"]);
  const isSilenced = since?.["silenced"] === 1;
  if (played === signal && (silenced === undefined || silenced === isSilenced)) return undefined;
  const why = since === undefined ? "" : ` (${String(since["alarm"])}, since ${formatDuration(since.atMs)})`;
  return { expected: signalText(signal, silenced), actual: `${signalText(played, isSilenced)}${why}`, atMs };
}

function signalText(signal: string, silenced: boolean | undefined): string {
  if (silenced === undefined) return signal;
  return silenced ? `${signal}, silenced` : `${signal}, not silenced`;
}

/** The last line that is wanted since the pump last started; in the dark there is none. */
function lastLine(record: RunRecord, atMs: number, isWanted: (line: LogLine) => boolean): LogLine | undefined {
  const startMs = lastDark(record.dark, atMs)?.toMs ?? 0;
  return record.lines.findLast(({ line }) => line.atMs >= startMs && line.atMs <= atMs && isWanted(line))?.line;
}
