import { BadInput } from "../../../config/bad-input";
import { shown } from "../../../config/quantity";
import type { MassSeries } from "../mass-series";
import { CellError } from "./cell-error";
import { CellReader } from "./cell-reader";
import { cellsOfLines } from "./csv-lines";
import { GrowingSeries, MOST_SAMPLES } from "./growing-series";
import { HeaderError, HeaderSearch } from "./header-search";
import type { FoundColumns } from "./header-search";
import { LineNotes } from "./line-notes";
import { problemOfTime } from "./problem-of-time";
import { requireText } from "./require-text";
import type { ToldColumns } from "./told-columns";
import { unendedRow } from "./unended-row";

/** The longest line that a log has, in characters: a file without line ends is none. */
const LONGEST_LINE = 100_000;

/** A row that stands in the way of a refusal until the next one says that a loss of power cut it off. */
interface TornRow {
  readonly line: number;
  readonly message: string;
}

/**
 * Reads a weighing from the text of a CSV file, piece by piece. Rows of our own raw file that have a status are no samples, and a row that
 * was cut off before a `resumed` is left out; every other row that cannot be read, and a time that goes back, is refused by its line.
 */
export class WeighingReader {
  private readonly series = new GrowingSeries();
  private readonly lineNotes = new LineNotes();
  private readonly search: HeaderSearch;
  private found: FoundColumns | undefined;
  private cells: CellReader | undefined;
  private rest = "";
  /** Lines that were taken. */
  private lines = 0;
  private torn: TornRow | undefined;
  /** Cells of the last row with a sample. */
  private lastWidth = 0;

  /** @param file the file as the person named it */
  constructor(
    private readonly file: string,
    private readonly told: ToldColumns = {},
  ) {
    this.search = new HeaderSearch(told, this.lineNotes);
  }

  /** Takes the next piece of text, of any length. Throws {@link BadInput}. */
  push(piece: string): void {
    requireText(piece, this.file, this.lines + 1);
    let text = this.rest + piece;
    if (text.includes("\r")) {
      // A line end may be cut in two.
      const kept = text.endsWith("\r") ? "\r" : "";
      text = text.slice(0, text.length - kept.length).replace(/\r\n?/g, "\n") + kept;
    }
    const end = text.lastIndexOf("\n");
    if (end >= 0) this.takeLines(text.slice(0, end));
    this.rest = text.slice(end + 1);
    if (this.rest.length > LONGEST_LINE)
      throw new BadInput(
        this.file,
        this.lines + 1,
        `a line of more than ${LONGEST_LINE} characters; this is no CSV file`,
      );
  }

  /** Ends the file. Throws {@link BadInput} for one without rows. */
  finish(sha256 = ""): MassSeries {
    const rest = this.rest.replace(/\r$/, "");
    if (rest !== "") this.takeUnended(rest);
    const { found, cells, torn } = this;
    if (found === undefined || cells === undefined) throw this.badHeader(this.search.nothingFound());
    if (torn !== undefined) this.lineNotes.add("cut off; left out", torn.line);
    if (this.series.length === 0) throw new BadInput(this.file, this.lines, "it has a header and no row");
    const notes = [...found.columns.notes, ...cells.finish(), ...this.lineNotes.notes()];
    return { file: this.file, sha256, writtenStepG: cells.masses.writtenStepG, ...this.series.finish(), notes };
  }

  /** The last line, without a line end: a copy that was broken off ends so, and half a number is another number. */
  private takeUnended(text: string): void {
    const { found, cells } = this;
    if (found === undefined || cells === undefined || this.series.length === 0) return this.takeLines(text);
    const row = cellsOfLines(text, found.delimiter)[0] ?? [];
    const what = unendedRow(row, this.lastWidth, found.columns, cells.masses);
    if (what !== "cut") this.takeLines(text);
    else this.lines++;
    if (what === "cut")
      this.lineNotes.add("cut off (no line end, and less in it than in the rows before); left out", this.lines);
    if (what === "doubtful") this.lineNotes.add("without a line end: its last number may be cut off; kept", this.lines);
  }

  private takeLines(text: string): void {
    let left = text;
    while (this.found === undefined) {
      const end = left.indexOf("\n");
      this.takeFirst(end < 0 ? left : left.slice(0, end));
      if (end < 0) return;
      left = left.slice(end + 1);
    }
    const rows = cellsOfLines(left, this.found.delimiter);
    for (const row of rows) this.takeRow(row, ++this.lines, this.found);
  }

  /** A line before the columns are known. */
  private takeFirst(text: string): void {
    this.lines++;
    const line = this.lines === 1 ? text.replace(/^\uFEFF/, "") : text;
    try {
      this.found = this.search.take(line, this.lines);
    } catch (error) {
      throw error instanceof HeaderError ? this.badHeader(error) : error;
    }
    if (this.found === undefined) return;
    this.cells = new CellReader(this.found.columns);
    if (this.found.isRow) this.takeRow(cellsOfLines(line, this.found.delimiter)[0] ?? [], this.lines, this.found);
  }

  private badHeader({ line, message }: HeaderError): BadInput {
    return new BadInput(this.file, line, message);
  }

  private takeRow(row: readonly string[], line: number, { columns, width }: FoundColumns): void {
    if (columns.status !== undefined) {
      if (!this.isWholeRawRow(row, line, columns.status, width)) return;
    } else if (row.length !== width && !this.hasUsableWidth(row, line, width)) return;
    const time = row[columns.time] ?? "";
    const mass = row[columns.mass] ?? "";
    if ((time === "" || mass === "") && isBlank(row)) {
      this.lineNotes.add("blank; left out", line);
      return;
    }
    try {
      // TypeScript cannot know that both are found together.
      const cells = (this.cells ??= new CellReader(columns));
      this.add(cells.timeS(row), cells.massG(row), line);
      this.lastWidth = row.length;
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      if (isSame(row, columns.header)) this.lineNotes.add("the header again; left out", line);
      else throw new BadInput(this.file, line, error.message);
    }
  }

  private add(timeS: number, massG: number, line: number): void {
    const problem = problemOfTime(timeS, this.series);
    if (problem !== undefined) throw new BadInput(this.file, line, problem);
    if (this.series.length >= MOST_SAMPLES)
      throw new BadInput(this.file, line, `more than ${MOST_SAMPLES} samples; analyse the run in parts`);
    this.series.add(timeS, massG, line);
  }

  /** False for a row of our raw file that is no sample: it has a status, or was cut off. */
  private isWholeRawRow(row: readonly string[], line: number, statusAt: number, width: number): boolean {
    const status = row[statusAt] ?? "";
    const { torn } = this;
    this.torn = undefined;
    if (torn !== undefined) {
      if (status !== "resumed") throw new BadInput(this.file, torn.line, torn.message);
      this.lineNotes.add("cut off before the recording was resumed; left out", torn.line);
    }
    if (row.length === 1 && row[0] === "") {
      this.lineNotes.add("blank; left out", line);
      return false;
    }
    if (row.length < width) {
      this.torn = { line, message: `${row.length} columns where the header has ${width}; a whole row is wanted` };
      return false;
    }
    if (status === "" || status === "status") return true;
    this.lineNotes.add(`no sample but "${shown(status)}"`, line);
    return false;
  }

  /** A blank row has any width, and columns without anything in them may be missing or too many. Throws {@link BadInput}. */
  private hasUsableWidth(row: readonly string[], line: number, width: number): boolean {
    if (isBlank(row)) {
      this.lineNotes.add("blank; left out", line);
      return false;
    }
    if (row.length < width || row.slice(width).every((cell) => cell.trim() === "")) return true;
    throw new BadInput(
      this.file,
      line,
      `${row.length} columns where there are ${width} above; with a decimal comma the columns must be parted by semicolons or tabs`,
    );
  }
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === "");
}

function isSame(row: readonly string[], header: readonly string[] | undefined): boolean {
  return header !== undefined && header.every((cell, index) => cell === (row[index] ?? "").trim());
}

/** Reads a weighing that is in memory. Throws {@link BadInput}. */
export function readWeighing(text: string, file: string, told: ToldColumns = {}): MassSeries {
  const reader = new WeighingReader(file, told);
  reader.push(text);
  return reader.finish();
}
