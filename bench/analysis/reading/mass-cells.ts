import { shown } from "../../../config/quantity";
import { CellError } from "./cell-error";
import type { Columns } from "./columns";
import type { NumberReader } from "./read-number";
import { MASS_COLUMN_UNITS } from "./told-columns";

/** The most that anything here weighs, in g: 1000 kg. */
const MOST_MASS_G = 1e6;

/** What a cell of a column of units looks like: `g`, `lb`, `µg`, and not `Pump 3`. */
const LIKE_A_UNIT = /^[A-Za-zµμ%]{1,3}$/;

/** Reads the masses of a file, with their units. */
export class MassCells {
  /** Fewest and most decimals that were written, in the unit of {@link unitG}; -1 stands for an exponent. */
  leastDecimals = Infinity;
  mostDecimals = -Infinity;
  /** Column and cell say it, or the first row of those that do. */
  private unit: string | undefined;
  private isUnitColumnRead: boolean | undefined;

  constructor(
    private readonly columns: Columns,
    private readonly numbers: NumberReader,
  ) {}

  /** Mass in g. @param unit the cell of {@link Columns.massUnitColumn}. Throws {@link CellError}. */
  read(text: string, unit: string | undefined): number {
    const value = this.numbers.read(text);
    const isPlain = value === value;
    if (isPlain && unit !== undefined) this.takeUnitColumn(unit);
    const massG = isPlain ? value * this.unitG : this.withUnit(text);
    if (massG > MOST_MASS_G || massG < -MOST_MASS_G)
      throw new CellError(`the mass ${shown(text)} is beyond 1000 kg; no balance here weighs so much`);
    const { decimals } = this.numbers;
    if (decimals < this.leastDecimals) this.leastDecimals = decimals;
    if (decimals > this.mostDecimals) this.mostDecimals = decimals;
    return massG;
  }

  /** Unit of the numbers that were read last, in g. */
  get unitG(): number {
    return this.columns.massUnitG ?? (this.unit === undefined ? 1 : (MASS_COLUMN_UNITS[this.unit] ?? NaN));
  }

  /** The last place that was written, in g; undefined: none, or exponents. */
  get writtenStepG(): number | undefined {
    return this.leastDecimals >= 0 && this.mostDecimals >= 0 ? this.unitG / 10 ** this.mostDecimals : undefined;
  }

  /** True when masses were read whose unit nobody tells. */
  get isUnitAssumed(): boolean {
    return this.columns.massUnitG === undefined && this.unit === undefined;
  }

  /** The cell of a column of units. One that holds something else (a pump's number) is not read when the header knows the unit. */
  private takeUnitColumn(cell: string): void {
    const unit = cell.trim();
    if (this.isUnitColumnRead === undefined)
      this.isUnitColumnRead = this.columns.massUnitG === undefined || unit === "" || LIKE_A_UNIT.test(unit);
    if (!this.isUnitColumnRead || (unit === "" && this.columns.massUnitG !== undefined)) return;
    if (unit === "") throw new CellError("the unit of the mass is missing in its column");
    this.requireSame(unit, `the unit ${shown(cell)}`, "is another");
  }

  private withUnit(text: string): number {
    const found = /^(.*\d)\s*(kg|g|mg|ug|µg|μg)$/.exec(text.trim());
    const value = this.numbers.read(found?.[1] ?? "");
    if (found === null || Number.isNaN(value))
      throw new CellError(text.trim() === "" ? "the mass is missing" : `the mass ${shown(text)} is no number`);
    this.requireSame(found[2] ?? "", `the mass ${shown(text)}`, "has another unit");
    return value * this.unitG;
  }

  private requireSame(cell: string, what: string, another: string): void {
    const unit = cell.replace(/[µμ]/, "u").toLowerCase();
    const unitG = Object.hasOwn(MASS_COLUMN_UNITS, unit) ? MASS_COLUMN_UNITS[unit] : undefined;
    if (unitG === undefined)
      throw new CellError(`${what} is none of mass; one of ${Object.keys(MASS_COLUMN_UNITS).join(", ")} is wanted`);
    if (this.columns.massUnitG !== undefined && unitG !== this.columns.massUnitG)
      throw new CellError(`${what} ${another} than its column's`);
    if (this.unit !== undefined && unit !== this.unit)
      throw new CellError(`${what} ${another} than the rows before, ${this.unit}`);
    this.unit = unit;
  }
}
