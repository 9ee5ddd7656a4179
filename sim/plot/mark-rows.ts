import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmClass, classOf } from "../../src/safety/alarm-table";
import type { AlarmSpan, History, JudgedRequest, Span } from "./history";
import { BLANK } from "./ink";
import type { Cell, Ink } from "./ink";
import type { PanelRow } from "./rate-panel";
import { columnAt } from "./time-columns";
import type { TimeColumns } from "./time-columns";

/** The mark of each denial, so that the row tells one from the other; `granted` has its own. */
const MARKS: Partial<Record<string, string>> = {
  granted: "▲",
  duplicate: "D",
  stopped: "S",
  faultLatched: "F",
  alarmActive: "A",
  notPrescribed: "N",
  aboveLimit: "X",
  clockNotSet: "C",
  outsideHours: "H",
  busy: "B",
  lockedOut: "L",
  maxPerDay: "M",
  wouldExceedWindow: "W",
  reservoirLow: "R",
};
const UNKNOWN_ANSWER = "?";
/** The marks of granted boluses that no patient asked for. */
const BOLUS_MARKS: Partial<Record<string, string>> = { clinician: "◆", scheduled: "●", priming: "▽" };
/** Requests of one column that were denied for different reasons. */
const SEVERAL_REASONS = "*";

/** A piece of the legend: a mark and what it stands for. */
export interface LegendEntry {
  readonly mark: string;
  readonly meaning: string;
  readonly ink: Ink;
}

function emptyRow(columns: TimeColumns): Cell[] {
  return new Array<Cell>(columns.count).fill(BLANK);
}

/** What stands for a request, and what it is called in the legend. */
function markOf({ answer, bolus = "" }: JudgedRequest): { readonly mark: string; readonly word: string } {
  const kind = answer === "granted" ? BOLUS_MARKS[bolus] : undefined;
  return kind === undefined ? { mark: MARKS[answer] ?? UNKNOWN_ANSWER, word: answer } : { mark: kind, word: bolus };
}

/** Two rows: boluses granted (their number, where a column has several) and requests denied, by the letter of the answer. */
export function requestRows(requests: readonly JudgedRequest[], columns: TimeColumns): PanelRow[] {
  const granted = emptyRow(columns);
  const denied = emptyRow(columns);
  const counts = new Map<number, number>();
  for (const request of requests) {
    const { atMs, answer } = request;
    const column = columnAt(columns, atMs);
    const { mark } = markOf(request);
    if (answer === "granted") {
      const count = (counts.get(column) ?? 0) + 1;
      counts.set(column, count);
      granted[column] = { text: count === 1 ? mark : count > 9 ? "+" : String(count), ink: "granted" };
    } else {
      const there = denied[column]?.text ?? " ";
      denied[column] = { text: there === " " || there === mark ? mark : SEVERAL_REASONS, ink: "denied" };
    }
  }
  return [
    { label: "granted", cells: granted },
    { label: "denied", cells: denied },
  ];
}

/** Counts the answers by word, granted first, then denials in the order of their precedence; then the marks of crowded columns. */
export function requestLegend(requests: readonly JudgedRequest[], rows: readonly PanelRow[]): LegendEntry[] {
  const counts = new Map<string, { readonly first: JudgedRequest; count: number }>();
  for (const request of requests) {
    const { word } = markOf(request);
    const known = counts.get(word);
    if (known === undefined) counts.set(word, { first: request, count: 1 });
    else known.count++;
  }
  const order = ({ answer }: JudgedRequest): number =>
    BolusAnswer[answer as keyof typeof BolusAnswer] ?? Number.MAX_SAFE_INTEGER;
  const entries = [...counts]
    .sort(([, a], [, b]) => order(a.first) - order(b.first))
    .map(([word, { first, count }]): LegendEntry => {
      const ink = first.answer === "granted" ? "granted" : "denied";
      return { mark: markOf(first).mark, meaning: `${word} ${count}`, ink };
    });
  const marks = new Set(rows.flatMap(({ cells }) => cells.map(({ text }) => text)));
  if (["2", "3", "4", "5", "6", "7", "8", "9", "+"].some((mark) => marks.has(mark)))
    entries.push({ mark: "2", meaning: "so many granted", ink: "granted" });
  if (marks.has(SEVERAL_REASONS)) entries.push({ mark: SEVERAL_REASONS, meaning: "several reasons", ink: "denied" });
  return entries;
}

/** The marks of the state row and what they stand for, in the order of the legend. */
const STATE_MEANINGS: readonly (readonly [mark: string, meaning: string])[] = [
  ["━", "running"],
  ["○", "empty"],
  ["┄", "held"],
  ["·", "stopped"],
  ["╍", "both"],
  ["!", "safe state"],
  ["×", "no power"],
];
/** Marks that are explained although they do not occur: they say what the row is about. */
const ALWAYS_EXPLAINED = ["━", "·", "╍"];

/**
 * Running (`━`), running with an empty reservoir, so that nothing is delivered (`○`), stopped (`·`), running and stopped within one
 * column (`╍`), held at the minimum rate (`┄`), in the safe state (`!`), or
 * without power (`×`). However short they are, no power, the safe state and then empty take the whole of their columns.
 */
export function stateRow({ running, held, empty, faults, dark }: History, columns: TimeColumns): PanelRow {
  const cells = Array.from({ length: columns.count }, (_, column): Cell => {
    const fromMs = column * columns.columnMs;
    const toMs = Math.min(columns.endMs, fromMs + columns.columnMs);
    const isIn = (span: Span): boolean => span.fromMs < toMs && span.toMs > fromMs;
    if (dark.some(isIn)) return { text: "×", ink: "critical" };
    if (faults.some(isIn)) return { text: "!", ink: "critical" };
    if (empty.some(isIn)) return { text: "○", ink: "critical" };
    const ms = running.reduce((sum, span) => sum + overlapMs(span, fromMs, toMs), 0);
    if (ms === 0) return held.some(isIn) ? { text: "┄", ink: "warning" } : { text: "·", ink: "stopped" };
    return ms < toMs - fromMs ? { text: "╍", ink: "stopped" } : { text: "━", ink: "quiet" };
  });
  return { label: "state", cells };
}

/** What the marks of {@link stateRow} mean. */
export function stateLegend({ cells }: PanelRow): string {
  const marks = new Set([...ALWAYS_EXPLAINED, ...cells.map(({ text }) => text)]);
  return STATE_MEANINGS.filter(([mark]) => marks.has(mark))
    .map(([mark, meaning]) => `${mark} ${meaning}`)
    .join("  ");
}

/** A mark where the reservoir was filled; nothing when it never was. */
export function refillRows(refillsMs: readonly number[], columns: TimeColumns): PanelRow[] {
  if (refillsMs.length === 0) return [];
  const cells = emptyRow(columns);
  for (const atMs of refillsMs) cells[columnAt(columns, atMs)] = { text: "▼", ink: "volume" };
  return [{ label: "refills", cells }];
}

function overlapMs(span: Span, fromMs: number, toMs: number): number {
  return Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs));
}

/** For each kind of alarm that was raised a bar while it was active, its name beside it, or above it where there is no room. */
export function alarmRows(alarms: readonly AlarmSpan[], columns: TimeColumns): PanelRow[] {
  const kinds = [...new Set(alarms.map(({ alarm }) => alarm))];
  if (kinds.length === 0)
    return [{ label: "alarms", cells: Array.from("none", (text): Cell => ({ text, ink: "quiet" })) }];
  const rows = kinds.flatMap((kind) => {
    const ink: Ink =
      classOf(AlarmKind[kind as keyof typeof AlarmKind]) === AlarmClass.critical ? "critical" : "warning";
    const spans = alarms.filter(({ alarm }) => alarm === kind);
    return namedBars(barsOf(spans, ink, columns), kind, ink);
  });
  return rows.map((cells, index) => ({ label: index === 0 ? "alarms" : "", cells }));
}

function barsOf(spans: readonly Span[], ink: Ink, columns: TimeColumns): Cell[] {
  const cells = emptyRow(columns);
  for (const { fromMs, toMs } of spans) {
    const last = Math.max(columnAt(columns, fromMs), columnAt(columns, Math.max(0, toMs - 1)));
    for (let column = columnAt(columns, fromMs); column <= last; column++) cells[column] = { text: "■", ink };
  }
  return cells;
}

/** The bars with the alarm's name left of the first, else right of the last, a blank between; else in a row of its own above them. */
function namedBars(bars: readonly Cell[], kind: string, ink: Ink): Cell[][] {
  const first = bars.findIndex((cell) => cell !== BLANK);
  const last = bars.findLastIndex((cell) => cell !== BLANK);
  const written = (row: readonly Cell[], at: number): Cell[] => {
    const name = Array.from(kind, (text): Cell => ({ text, ink }));
    return [...row.slice(0, at), ...name, ...row.slice(at + name.length)];
  };
  if (first > kind.length) return [written(bars, first - kind.length - 1)];
  if (last + 2 + kind.length <= bars.length) return [written(bars, last + 2)];
  const above = bars.map(() => BLANK);
  return [written(above, Math.max(0, Math.min(first, bars.length - kind.length))), [...bars]];
}
