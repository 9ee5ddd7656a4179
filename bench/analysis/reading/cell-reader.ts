import { shown } from "../../../config/quantity";
import type { Columns } from "./columns";
import { NumberReader } from "./read-number";
import { MidnightTurns, readStampMs, readTimeOfDayMs } from "./read-time-stamp";
import { MASS_COLUMN_UNITS } from "./told-columns";

/** A cell that cannot be read. The message says what would be right. */
export class CellError extends Error {}

type TimeForm = "number" | "stamp" | "timeOfDay";

/** A number of seconds above this, about three years, is a time since 1970 and no elapsed time. */
const LONGEST_ELAPSED_S = 1e8;
/** A number without a unit above this is a time since 1970 in ms. */
const EPOCH_MS = 1e11;

/** Reads the two cells of a row. How time is written is learned from the first row; later rows must be like it. */
export class CellReader {
  /** What was taken for granted. */
  readonly notes: string[] = [];
  private readonly numbers = new NumberReader();
  private readonly turns = new MidnightTurns();
  private form: TimeForm | undefined;
  private unitS: number;
  private zeroS = 0;
  private massUnit: string | undefined;

  constructor(private readonly columns: Columns) {
    this.unitS = columns.timeUnitS ?? 1;
  }

  /** Time in s on the file's axis. Throws {@link CellError}. */
  timeS(text: string): number {
    if (this.form === "number") {
      const value = this.numbers.read(text);
      if (value === value) return value * this.unitS - this.zeroS;
      throw new CellError(whyNoTime(text, this.form));
    }
    if (this.form === undefined) this.learn(text);
    const value = this.instantS(text);
    if (Number.isNaN(value)) throw new CellError(whyNoTime(text, this.form));
    return value - this.zeroS;
  }

  /** Mass in g. Throws {@link CellError}. */
  massG(text: string): number {
    const value = this.numbers.read(text);
    if (value === value) return value * (this.columns.massUnitG ?? 1);
    return this.massWithUnit(text);
  }

  /** Notes about what headers do not say; after the last row. */
  finish(): string[] {
    const notes = [...this.notes];
    if (this.form === "number" && this.columns.timeUnitS === undefined && this.zeroS === 0)
      notes.push("no unit of time is told: seconds are taken");
    if (this.columns.massUnitG === undefined && this.massUnit === undefined)
      notes.push("no unit of mass is told: grams are taken");
    return notes;
  }

  /** Learns from the first row how time is written, and where a time stamp's axis begins. */
  private learn(text: string): void {
    const number = this.numbers.read(text);
    if (!Number.isNaN(number)) {
      this.form = "number";
      if (this.columns.timeUnitS === undefined && Math.abs(number) > EPOCH_MS) this.unitS = 0.001;
    } else if (!Number.isNaN(readStampMs(text))) this.form = "stamp";
    else if (!Number.isNaN(readTimeOfDayMs(text))) this.form = "timeOfDay";
    else throw new CellError(whyNoTime(text, undefined));
    const firstS = this.instantS(text);
    if (this.form === "number" && Math.abs(firstS) < LONGEST_ELAPSED_S) return;
    this.zeroS = firstS;
    this.notes.push(`times are counted from the first sample, ${shown(text)}`);
  }

  private instantS(text: string): number {
    if (this.form === "number") return this.numbers.read(text) * this.unitS;
    if (this.form === "stamp") return readStampMs(text) / 1000;
    return this.turns.add(readTimeOfDayMs(text)) / 1000;
  }

  private massWithUnit(text: string): number {
    const found = /^(.*\d)\s*(kg|g|mg|ug|µg|μg)$/.exec(text.trim());
    const value = this.numbers.read((found?.[1] ?? "").replace(/^([+-])\s+/, "$1"));
    if (found === null || Number.isNaN(value))
      throw new CellError(text.trim() === "" ? "the mass is missing" : `the mass ${shown(text)} is no number`);
    const unit = (found[2] ?? "").replace(/[µμ]/, "u");
    const unitG = MASS_COLUMN_UNITS[unit] ?? NaN;
    if (this.columns.massUnitG !== undefined && unitG !== this.columns.massUnitG)
      throw new CellError(`the mass ${shown(text)} has another unit than its column`);
    if (this.massUnit !== undefined && unit !== this.massUnit)
      throw new CellError(`the mass ${shown(text)} has another unit than the rows before, ${this.massUnit}`);
    this.massUnit = unit;
    return value * unitG;
  }
}

const FORMS: Record<TimeForm, string> = {
  number: "a number such as 30.5",
  stamp: "a time stamp such as 2026-11-22 14:05:30",
  timeOfDay: "a time of day such as 14:05:30",
};

function whyNoTime(text: string, form: TimeForm | undefined): string {
  if (text.trim() === "") return "the time is missing";
  const wanted = form === undefined ? Object.values(FORMS).join(", ") : `${FORMS[form]}, as in the rows before`;
  return `the time ${shown(text)} cannot be read; wanted is ${wanted}`;
}
