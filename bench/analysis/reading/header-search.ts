import { shown } from "../../../config/quantity";
import { ColumnsError, columnsOfHeader, columnsWithoutHeader, looksLikeHeader } from "./columns";
import type { Columns } from "./columns";
import { cellsOfLines, delimiterOf } from "./csv-lines";
import type { LineNotes } from "./line-notes";
import { NumberReader } from "./read-number";
import { readDurationMs, readStampMs } from "./read-time-stamp";
import type { ToldColumns } from "./told-columns";

/** Lines that may stand before the header: a balance's name, a date. */
const MOST_PREAMBLE = 100;

/** What the first lines of a file say about all others. */
export interface FoundColumns {
  readonly columns: Columns;
  readonly delimiter: string;
  /** Cells in a row. */
  readonly width: number;
  /** True when the line that decided it is a row itself. */
  readonly isRow: boolean;
}

/** A first line that is neither a header nor a row, or a header that says too little; with its line. */
export class HeaderError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** Looks for the header, line by line; lines before it are left out with a note. */
export class HeaderSearch {
  private readonly before: { readonly line: number; readonly cells: string[]; readonly delimiter: string }[] = [];

  constructor(
    private readonly told: ToldColumns,
    private readonly notes: LineNotes,
  ) {}

  /** What the file's columns are, once a line says it. Throws {@link HeaderError}. */
  take(text: string, line: number): FoundColumns | undefined {
    const delimiter = delimiterOf(text);
    const cells = cellsOfLines(text, delimiter)[0] ?? [];
    if (looksLikeHeader(cells, this.told)) {
      this.leaveOut(this.before.length);
      return this.found(() => columnsOfHeader(cells, this.told), { line, delimiter, cells, isRow: false });
    }
    if (looksLikeRow(cells)) return this.ofFirstRow(cells, line, delimiter);
    if (text.trim() === "") this.notes.add("blank; left out", line);
    else this.before.push({ line, cells, delimiter });
    if (this.before.length > MOST_PREAMBLE) throw this.nothingFound();
    return undefined;
  }

  /** When the file ends before anything was found. */
  nothingFound(): HeaderError {
    const [first] = this.before;
    if (first === undefined)
      return new HeaderError(0, "it is empty; a header such as elapsed_s,mass_g and rows are wanted");
    const text = shown(first.cells.join(first.delimiter));
    return new HeaderError(first.line, `${text} is no header such as elapsed_s,mass_g, and no row of numbers follows`);
  }

  /** A row of numbers with no known header above: the words just above it are one that says too little. */
  private ofFirstRow(cells: readonly string[], line: number, delimiter: string): FoundColumns {
    const header = this.before.at(-1);
    if (header?.cells.length === cells.length && header.cells.filter((cell) => cell.trim() !== "").length > 1) {
      this.leaveOut(this.before.length - 1);
      return this.found(() => columnsOfHeader(header.cells, this.told), { ...header, isRow: true });
    }
    this.leaveOut(this.before.length);
    return this.found(() => columnsWithoutHeader(cells.length, this.told), { line, delimiter, cells, isRow: true });
  }

  private found(
    choose: () => Columns,
    place: { line: number; delimiter: string; cells: readonly string[]; isRow: boolean },
  ): FoundColumns {
    try {
      return { columns: choose(), delimiter: place.delimiter, width: place.cells.length, isRow: place.isRow };
    } catch (error) {
      if (error instanceof ColumnsError) throw new HeaderError(place.line, error.message);
      throw error;
    }
  }

  private leaveOut(count: number): void {
    for (const { line } of this.before.slice(0, count)) this.notes.add("before the header; left out", line);
  }
}

/** At least two cells, of which the first that are not empty are a time or number and a number. */
function looksLikeRow(cells: readonly string[]): boolean {
  const numbers = new NumberReader();
  const isNumber = (text: string): boolean => !Number.isNaN(numbers.read(text));
  const isTime = (text: string): boolean => [readStampMs, readDurationMs].some((read) => !Number.isNaN(read(text)));
  const known = cells.filter((cell) => isNumber(cell) || isTime(cell));
  return known.length >= 2 && known.some(isNumber);
}
