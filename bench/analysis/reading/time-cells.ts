import { shown } from "../../../config/quantity";
import { CellError } from "./cell-error";
import type { Columns } from "./columns";
import type { NumberReader } from "./read-number";
import {
  isDateOnly,
  isSlashedDate,
  MidnightTurns,
  readDurationMs,
  readStampMs,
  readTimeOfDayMs,
} from "./read-time-stamp";

type TimeForm = "number" | "stamp" | "dateAndTime" | "timeOfDay" | "duration";

/** A number of seconds above this, about three years, is a time since 1970 and no elapsed time. */
const LONGEST_ELAPSED_S = 1e8;
/** A number without a unit above this is a time since 1970 in ms. */
const EPOCH_MS = 1e11;
/** Days since 1899-12-30, as spreadsheets count them, from 1982 to 2173. */
const DAY_SERIALS = { least: 30000, most: 100000 } as const;
/** A second is a 100,000th of a day: so many decimals has a serial, and no log in seconds. */
const SERIAL_DECIMALS = 4;

/** Reads the times of a file. How they are written is learned from the first row; later rows must be like it. */
export class TimeCells {
  /** What was taken for granted. */
  readonly notes: string[] = [];
  private readonly turns = new MidnightTurns();
  private form: TimeForm | undefined;
  private unitS: number;
  private zeroS = 0;

  constructor(
    private readonly columns: Columns,
    private readonly numbers: NumberReader,
  ) {
    this.unitS = columns.timeUnitS ?? 1;
  }

  /** Time in s on the file's axis. @param date the cell of {@link Columns.date}. Throws {@link CellError}. */
  read(text: string, date: string): number {
    if (this.form === "number") {
      const value = this.numbers.read(text);
      if (value === value) return value * this.unitS - this.zeroS;
      throw new CellError(whyNoTime(text, this.form));
    }
    if (this.form === undefined) this.learn(text, date);
    const value = this.instantS(text, date);
    if (!Number.isNaN(value)) return value - this.zeroS;
    throw new CellError(whyNoTime(this.form === "dateAndTime" ? together(text, date) : text, this.form));
  }

  /** True when numbers were read whose unit nobody tells. */
  get isUnitAssumed(): boolean {
    return this.form === "number" && this.columns.timeUnitS === undefined && this.zeroS === 0;
  }

  /** Learns from the first row how time is written, and where a time stamp's axis begins. */
  private learn(text: string, date: string): void {
    this.form = this.formOf(text, date);
    const { columns } = this;
    if (columns.date !== undefined)
      this.notes.push(this.form === "dateAndTime" ? columns.date.togetherNote : columns.date.aloneNote);
    if (this.form === "number" && columns.timeUnitS === undefined && Math.abs(this.numbers.read(text)) > EPOCH_MS)
      this.unitS = 0.001;
    const firstS = this.instantS(text, date);
    if (this.form === "duration" || (this.form === "number" && Math.abs(firstS) < LONGEST_ELAPSED_S)) return;
    this.zeroS = firstS;
    const first = this.form === "dateAndTime" ? together(text, date) : text;
    this.notes.push(`times are counted from the first sample, ${shown(first)}`);
  }

  private formOf(text: string, date: string): TimeForm {
    const { columns } = this;
    const number = this.numbers.read(text);
    if (!Number.isNaN(number)) {
      this.refuseDaySerial(number, text);
      return "number";
    }
    if (!Number.isNaN(readStampMs(text))) return "stamp";
    if (columns.timeName === "elapsed" && !Number.isNaN(readDurationMs(text))) return "duration";
    if (Number.isNaN(readTimeOfDayMs(text))) throw new CellError(whyNoTime(text, undefined));
    if (columns.date === undefined || date.trim() === "") return "timeOfDay";
    // A day that is not read is a day that vanishes.
    if (isDateOnly(date) || !Number.isNaN(readStampMs(date))) return "dateAndTime";
    throw new CellError(
      `the date ${shown(date)} beside a time of day cannot be read; ${whyNoDate(date)}wanted is one such as 2026-11-22 or 22.11.2026, or --time-column for times of day by themselves`,
    );
  }

  private refuseDaySerial(value: number, text: string): void {
    const { timeUnitS, timeName } = this.columns;
    const { least, most } = DAY_SERIALS;
    const isSerial = timeName === "stamp" || this.numbers.decimals >= SERIAL_DECIMALS;
    if (timeUnitS !== undefined || !isSerial || value < least || value >= most) return;
    throw new CellError(
      `the time ${shown(text)} looks like a spreadsheet's day serial (days since 1899-12-30); tell --time-unit day, or s if it is seconds`,
    );
  }

  private instantS(text: string, date: string): number {
    if (this.form === "number") return this.numbers.read(text) * this.unitS;
    if (this.form === "stamp") return readStampMs(text) / 1000;
    if (this.form === "duration") return readDurationMs(text) / 1000;
    if (this.form === "dateAndTime") return readStampMs(together(text, date)) / 1000;
    return this.turns.add(readTimeOfDayMs(text)) / 1000;
  }
}

/** Date and time of day as one stamp; a date that has a time already stays as it is. */
function together(text: string, date: string): string {
  return Number.isNaN(readStampMs(date)) ? `${date.trim()} ${text.trim()}` : date;
}

const FORMS: Record<TimeForm, string> = {
  number: "a number such as 30.5",
  stamp: "a time stamp such as 2026-11-22 14:05:30",
  dateAndTime: "a date such as 2026-11-22 and a time of day such as 14:05:30",
  timeOfDay: "a time of day such as 14:05:30",
  duration: "a duration such as 26:05:30",
};

function whyNoTime(text: string, form: TimeForm | undefined): string {
  if (text.trim() === "") return "the time is missing";
  const first = [FORMS.number, FORMS.stamp, FORMS.timeOfDay].join(", ");
  const wanted = form === undefined ? first : `${FORMS[form]}, as in the rows before`;
  return `the time ${shown(text)} cannot be read; ${whyNoDate(text)}wanted is ${wanted}`;
}

function whyNoDate(text: string): string {
  if (isSlashedDate(text)) return "M/D/Y or D/M/Y, nobody knows which; ";
  return /\d\s*[ap]\.?m\.?$/i.test(text) ? "a clock of 12 hours is not read; " : "";
}
