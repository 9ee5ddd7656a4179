import { formatDuration } from "../../config/quantities";
import type { LogLine } from "../log/words";
import { LOG_EVENTS } from "../log/words";
import type { WantedFields } from "../scenario/expectation";
import { ANY_ALARM } from "../scenario/words";
import type { RunRecord, Shortfall } from "./run-record";

/** A part of the run in ms of plant time, both ends included. */
export interface SpanMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An event that is looked for: its word, and the fields that its line must have. */
export interface WantedEvent {
  readonly event: string;
  readonly fields: WantedFields;
}

/** Judges how often an event happened in a span. @param times how often it should; `undefined`: at least once */
export function judgeOccurs(
  record: RunRecord,
  wantedEvent: WantedEvent,
  span: SpanMs,
  times: number | undefined,
): Shortfall | undefined {
  const found = linesOf(record, wantedEvent, span);
  const event = eventText(wantedEvent);
  if (times === undefined ? found.length > 0 : found.length === times) return undefined;
  const wanted = times === undefined ? "at least once" : timesText(times);
  const first = found[0]?.atMs;
  const actual = first === undefined ? "never" : `${timesText(found.length)}, first at ${formatDuration(first)}`;
  return { expected: `${event} ${wanted} ${spanText(span)}`, actual, atMs: found[times ?? 0]?.atMs ?? null };
}

/** Judges that an event did not happen in a span. */
export function judgeNever(record: RunRecord, wanted: WantedEvent, span: SpanMs): Shortfall | undefined {
  const found = linesOf(record, wanted, span);
  const event = eventText(wanted);
  const first = found[0];
  if (first === undefined) return undefined;
  const what = first.event === "alarmRaised" ? `${String(first["alarm"])} raised` : event;
  const actual = `${what} at ${formatDuration(first.atMs)}${found.length > 1 ? `, ${timesText(found.length)} in all` : ""}`;
  return { expected: `no ${event} ${spanText(span)}`, actual, atMs: first.atMs };
}

/** Judges that an alarm is active at the end of `span`, when that is one instant, or at some time in it. */
export function judgeAlarm(record: RunRecord, alarm: string, span: SpanMs): Shortfall | undefined {
  const raised: string[] = [];
  let activeSinceMs: number | undefined;
  for (const { line } of record.lines) {
    if (line.atMs > span.toMs) break;
    if (line["alarm"] !== alarm) continue;
    if (line.event === "alarmRaised") activeSinceMs = line.atMs;
    else if (line.event === "alarmCleared" && activeSinceMs !== undefined) {
      // One that ends at the first instant of a longer span was active in it; at the end of that one instant it is not.
      if (line.atMs >= span.fromMs && span.fromMs < span.toMs) return undefined;
      raised.push(`from ${formatDuration(activeSinceMs)} to ${formatDuration(line.atMs)}`);
      activeSinceMs = undefined;
    }
  }
  if (activeSinceMs !== undefined) return undefined;
  const when = span.fromMs === span.toMs ? `at ${formatDuration(span.toMs)}` : spanText(span);
  const actual = raised.length === 0 ? "not active until then" : `active only ${raised.slice(-3).join(", ")}`;
  return { expected: `${alarm} active ${when}`, actual, atMs: span.toMs };
}

/** Lines of the log that a word stands for: a log's event, else an alarm that is raised. */
function linesOf(record: RunRecord, { event, fields }: WantedEvent, span: SpanMs): LogLine[] {
  const isEvent = LOG_EVENTS.includes(event);
  const wanted = Object.entries(fields);
  return record.lines
    .map(({ line }) => line)
    .filter(
      (line) =>
        line.atMs >= span.fromMs &&
        line.atMs <= span.toMs &&
        (isEvent
          ? line.event === event
          : line.event === "alarmRaised" && (event === ANY_ALARM || line["alarm"] === event)) &&
        wanted.every(([key, value]) => line[key] === value),
    );
}

/** `bolusEnded (reason complete)`. */
function eventText({ event, fields }: WantedEvent): string {
  const wanted = Object.entries(fields).map(([key, value]) => `${key} ${value}`);
  return wanted.length === 0 ? event : `${event} (${wanted.join(", ")})`;
}

function timesText(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

function spanText({ fromMs, toMs }: SpanMs): string {
  return `from ${formatDuration(fromMs)} to ${formatDuration(toMs)}`;
}
