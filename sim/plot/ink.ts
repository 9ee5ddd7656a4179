/** What a part of the picture stands for; each has its own colour. */
export type Ink = "basal" | "bolus" | "volume" | "granted" | "denied" | "stopped" | "warning" | "critical" | "quiet";

/** Foreground colours by their ECMA-48 SGR number: the eight that every terminal has, so that its own theme holds. */
const FOREGROUND: Record<Ink, number> = {
  basal: 36,
  bolus: 35,
  volume: 34,
  granted: 32,
  denied: 31,
  stopped: 33,
  warning: 33,
  critical: 31,
  quiet: 90,
};

/** One character of the picture; `behind` colours what a block leaves open, so that without colours it is a whole block. */
export interface Cell {
  readonly text: string;
  readonly ink?: Ink | undefined;
  readonly behind?: Ink | undefined;
}

const WHOLE_BLOCK = "█";

/** A cell with nothing in it. */
export const BLANK: Cell = { text: " " };

function code(cell: Cell): string {
  const codes: number[] = [];
  if (cell.ink !== undefined) codes.push(FOREGROUND[cell.ink]);
  // SGR numbers of a background are those of the foreground plus ten.
  if (cell.behind !== undefined) codes.push(FOREGROUND[cell.behind] + 10);
  return codes.join(";");
}

/** A row of cells as text, without blanks at its end; with `colour`, runs of one ink are wrapped in their escape codes. */
export function drawCells(cells: readonly Cell[], colour: boolean): string {
  let length = cells.length;
  while (length > 0 && cells[length - 1]?.text === " " && cells[length - 1]?.behind === undefined) length--;
  let text = "";
  let open = "";
  for (const cell of cells.slice(0, length)) {
    const wanted = colour && cell.text !== " " ? code(cell) : "";
    if (wanted !== open)
      text += open === "" ? `\u001b[${wanted}m` : wanted === "" ? "\u001b[0m" : `\u001b[0;${wanted}m`;
    open = wanted;
    text += cell.behind !== undefined && !colour ? WHOLE_BLOCK : cell.text;
  }
  return open === "" ? text : `${text}\u001b[0m`;
}

/** `text` in one ink, or as it is without `colour`. */
export function inked(text: string, ink: Ink, colour: boolean): string {
  return colour ? `\u001b[${FOREGROUND[ink]}m${text}\u001b[0m` : text;
}
