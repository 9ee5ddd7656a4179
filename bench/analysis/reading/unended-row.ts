import type { Columns } from "./columns";
import type { MassCells } from "./mass-cells";

/**
 * What a last row without a line end is, beside those before it: `cut` off when it has fewer cells, or its last cell is the mass and has fewer
 * decimals than all others; `doubtful` when its last number counts and the rows before do not say how long it should be; else `whole`.
 * @param width cells of the row before
 */
export function unendedRow(
  row: readonly string[],
  width: number,
  { time, mass, status }: Columns,
  { leastDecimals, mostDecimals }: MassCells,
): "whole" | "cut" | "doubtful" {
  // Of our own raw file the reader knows more: a loss of power is told in it.
  if (status !== undefined || row.every((cell) => cell.trim() === "")) return "whole";
  if (row.length < width) return "cut";
  const last = row.length - 1;
  if (last === time) return "doubtful";
  if (last !== mass) return "whole";
  if (leastDecimals !== mostDecimals || leastDecimals <= 0) return "doubtful";
  return decimalsOf(row[last] ?? "") < leastDecimals ? "cut" : "whole";
}

function decimalsOf(text: string): number {
  return /[.,](\d*)/.exec(text)?.[1]?.length ?? 0;
}
