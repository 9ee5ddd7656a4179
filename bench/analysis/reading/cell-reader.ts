import type { Columns } from "./columns";
import { MassCells } from "./mass-cells";
import { NumberReader } from "./read-number";
import { TimeCells } from "./time-cells";

/** Reads the cells of a row that count. Decimals are written one way in a whole file, times and masses alike. */
export class CellReader {
  private readonly numbers = new NumberReader();
  private readonly times: TimeCells;
  /** What is known of the masses as they were written. */
  readonly masses: MassCells;
  private readonly dateAt: number;
  private readonly unitAt: number;

  constructor(private readonly columns: Columns) {
    this.times = new TimeCells(columns, this.numbers);
    this.masses = new MassCells(columns, this.numbers);
    this.dateAt = columns.date?.index ?? -1;
    this.unitAt = columns.massUnitColumn ?? -1;
  }

  /** Time in s on the file's axis. Throws `CellError`. */
  timeS(row: readonly string[]): number {
    return this.times.read(row[this.columns.time] ?? "", this.dateAt < 0 ? "" : (row[this.dateAt] ?? ""));
  }

  /** Mass in g. Throws `CellError`. */
  massG(row: readonly string[]): number {
    return this.masses.read(row[this.columns.mass] ?? "", this.unitAt < 0 ? undefined : (row[this.unitAt] ?? ""));
  }

  /** Notes about what headers do not say; after the last row. */
  finish(): string[] {
    const notes = [...this.times.notes];
    if (this.times.isUnitAssumed) notes.push("no unit of time is told: seconds are taken");
    if (this.masses.isUnitAssumed) notes.push("no unit of mass is told: grams are taken");
    return notes;
  }
}
