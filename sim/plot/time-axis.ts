import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import type { TimeColumns } from "./time-columns";

/** Least distance from one tick to the next, in columns: room for a label and a gap. */
const LEAST_DISTANCE = 8;

const STEPS_MS: readonly number[] = [
  ...[10, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MS_PER_MIN),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * MS_PER_HOUR),
  ...[1, 2, 5, 7, 10, 14, 28, 50, 100, 365].map((days) => days * MS_PER_DAY),
];

/** The time axis as lines of text: ticks, time since the start, and wall time when `wallMsAtZero` (UTC reckoning) is known. */
export interface TimeAxis {
  readonly ticks: string;
  readonly coreTime: string;
  readonly wallTime: string | undefined;
}

/** Lays out the axis under `columns`. @param wallMsAtZero wall time at the start, in ms since 1970 as if it were UTC */
export function timeAxis(columns: TimeColumns, wallMsAtZero: number | undefined): TimeAxis {
  const { columnMs, count, endMs } = columns;
  const stepMs =
    STEPS_MS.find((step) => step / columnMs >= LEAST_DISTANCE && step % columnMs === 0) ?? LEAST_DISTANCE * columnMs;
  const ticks = new Array<string>(count).fill("─");
  const core = new TextRow(count);
  const wall = new TextRow(count);
  for (let atMs = 0; atMs <= endMs; atMs += stepMs) {
    const column = Math.round(atMs / columnMs);
    if (column < count) ticks[column] = "┬";
    core.write(column, coreText(atMs, stepMs));
    if (wallMsAtZero !== undefined) wall.write(column, wallText(wallMsAtZero + atMs, stepMs));
  }
  return {
    ticks: `└${ticks.join("")}`,
    coreTime: core.text(),
    wallTime: wallMsAtZero === undefined ? undefined : wall.text(),
  };
}

/** Text laid over a row; what would touch its left neighbour or pass the edge by more than the gutter is left out. */
class TextRow {
  private characters: string[] = [];

  constructor(private readonly width: number) {}

  write(column: number, text: string): void {
    // One column to the right stands for the axis' own corner.
    const at = column + 1;
    if (at + text.length > this.width + 1 || (at > 1 && this.characters.length >= at)) return;
    while (this.characters.length < at) this.characters.push(" ");
    this.characters.push(...text);
  }

  text(): string {
    return this.characters.join("");
  }
}

function coreText(atMs: number, stepMs: number): string {
  if (stepMs >= MS_PER_DAY) return `${atMs / MS_PER_DAY} d`;
  if (stepMs >= MS_PER_HOUR) return `${atMs / MS_PER_HOUR} h`;
  if (stepMs >= MS_PER_MIN) return `${atMs / MS_PER_MIN} min`;
  return `${atMs / 1000} s`;
}

function wallText(wallMs: number, stepMs: number): string {
  const text = new Date(wallMs).toISOString();
  if (stepMs >= MS_PER_DAY) return text.slice(5, 10);
  return stepMs >= MS_PER_MIN ? text.slice(11, 16) : text.slice(11, 19);
}
