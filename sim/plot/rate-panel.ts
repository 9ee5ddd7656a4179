import { MS_PER_HOUR } from "../../src/units";
import { BLANK } from "./ink";
import type { Cell } from "./ink";
import { scaleEnd, volumeText } from "./scale";
import type { TimeColumns } from "./time-columns";
import { SHARES_PER_COLUMN } from "./volume-shares";
import type { VolumeShares } from "./volume-shares";

/** A panel of the picture: rows from the top, each with the label at its left. */
export interface PanelRow {
  readonly label: string;
  readonly cells: readonly Cell[];
}

/** Height of the panel in rows. */
const ROWS = 8;

/** Blocks from an eighth of a character's height to the whole. */
const EIGHTHS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Less than this part of the scale is the rounding of sums, not flow. */
const NOTHING = 1e-9;

/** A column's heights in eighths of a row. */
interface Bar {
  readonly basal: number;
  readonly total: number;
}

/** The mean rate of each column, as the strokes made it: basal below, what boluses added on top of it. */
export function ratePanel(shares: VolumeShares, columns: TimeColumns): PanelRow[] {
  const rates = Array.from({ length: columns.count }, (_, column) => rateOf(shares, columns, column));
  const topNlPerHour = scaleEnd(rates.reduce((highest, rate) => Math.max(highest, rate.total), 0));
  const bars = rates.map((rate): Bar => {
    const total = eighths(rate.total, topNlPerHour);
    return { total, basal: Math.min(total, eighths(rate.total - rate.bolus, topNlPerHour)) };
  });
  return Array.from({ length: ROWS }, (_, row) => {
    const below = (ROWS - 1 - row) * EIGHTHS.length;
    return { label: labelOf(row, topNlPerHour), cells: bars.map((bar) => cellOf(bar, below)) };
  });
}

function rateOf(shares: VolumeShares, columns: TimeColumns, column: number): { total: number; bolus: number } {
  // The last column may be cut short by the end of the run.
  const ms = Math.min(columns.columnMs, columns.endMs - column * columns.columnMs);
  let total = 0;
  let bolus = 0;
  for (let share = column * SHARES_PER_COLUMN; share < (column + 1) * SHARES_PER_COLUMN; share++) {
    total += shares.totalNl[share] ?? 0;
    bolus += shares.bolusNl[share] ?? 0;
  }
  return ms > 0 ? { total: (total * MS_PER_HOUR) / ms, bolus: (bolus * MS_PER_HOUR) / ms } : { total: 0, bolus: 0 };
}

/** What flows at all is seen: at least one eighth. */
function eighths(nlPerHour: number, topNlPerHour: number): number {
  if (nlPerHour <= topNlPerHour * NOTHING) return 0;
  return Math.max(1, Math.round((nlPerHour / topNlPerHour) * ROWS * EIGHTHS.length));
}

function labelOf(row: number, topNlPerHour: number): string {
  if (row === 0) return `${volumeText(topNlPerHour)}/h`;
  if (row === ROWS / 2) return `${volumeText(topNlPerHour / 2)}/h`;
  return "";
}

function cellOf(bar: Bar, below: number): Cell {
  const total = Math.min(EIGHTHS.length, bar.total - below);
  const basal = Math.min(EIGHTHS.length, bar.basal - below);
  if (total <= 0) return BLANK;
  if (basal >= total) return { text: block(total), ink: "basal" };
  if (basal <= 0) return { text: block(total), ink: "bolus" };
  // Both in one character: only a full one can show where the one ends and the other begins.
  return total === EIGHTHS.length
    ? { text: block(basal), ink: "basal", behind: "bolus" }
    : { text: block(total), ink: "bolus" };
}

function block(eighthsHigh: number): string {
  return EIGHTHS[eighthsHigh - 1] ?? " ";
}
