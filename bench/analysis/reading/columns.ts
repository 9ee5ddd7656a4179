import { nearestWord } from "../../../config/nearest-word";
import { shown } from "../../../config/quantity";
import { RAW_HEADER } from "../../record/raw-row";
import { headerMeaning, headerName } from "./header-names";
import type { HeaderMeaning, HeaderName } from "./header-names";
import { MASS_COLUMN_UNITS, TIME_COLUMN_UNITS } from "./told-columns";
import type { ToldColumns } from "./told-columns";

/** Which columns of a file are read, and in which units. */
export interface Columns {
  /** Its cells, to know it again in the middle; undefined: the file has none. */
  readonly header: readonly string[] | undefined;
  readonly time: number;
  /** The header says that it is a time stamp or nothing about it. */
  readonly timeName: HeaderMeaning;
  /** A column of dates that may belong to the times of day in the other. */
  readonly date: OtherTime | undefined;
  /** In s; undefined where nobody says. */
  readonly timeUnitS: number | undefined;
  readonly mass: number;
  /** In g; undefined where nobody says. */
  readonly massUnitG: number | undefined;
  /** Column of the unit of each mass. */
  readonly massUnitColumn: number | undefined;
  /** Column of the status of our own raw file. */
  readonly status: number | undefined;
  readonly notes: readonly string[];
}

/** A column that is time, and is not read by itself. */
export interface OtherTime {
  readonly index: number;
  /** What to tell when it was read together with the time. */
  readonly togetherNote: string;
  /** What to tell when it was not. */
  readonly aloneNote: string;
}

/** A header that says too much or too little. The message says what to tell instead. */
export class ColumnsError extends Error {}

interface Cell extends HeaderName {
  readonly text: string;
  readonly index: number;
  readonly meaning: HeaderMeaning;
}

/** True when any told column or a known name of a time and a mass is among the cells: this line may be the header. */
export function looksLikeHeader(cells: readonly string[], told: ToldColumns): boolean {
  const named = cellsOf(cells);
  const has = (want: string | undefined, meanings: readonly HeaderMeaning[]): boolean =>
    want === undefined
      ? named.some(({ meaning }) => meanings.includes(meaning))
      : placeOf(cells, want) !== undefined && !/^\d+$/.test(want.trim());
  const time = has(told.time, ["elapsed", "time", "stamp"]);
  const mass = has(told.mass, ["mass"]);
  return time && mass;
}

/** Chooses the columns by their headers and by what was told. Throws {@link ColumnsError}. */
export function columnsOfHeader(header: readonly string[], told: ToldColumns): Columns {
  const cells = cellsOf(header);
  const notes: string[] = [];
  const { time, date } =
    told.time === undefined
      ? chosenTime(cells, notes)
      : { time: toldCell(cells, told.time, "--time-column"), date: undefined };
  const mass = told.mass === undefined ? chosenMass(cells) : toldCell(cells, told.mass, "--mass-column");
  if (time.index === mass.index) throw new ColumnsError(`${shown(time.text)} cannot be both time and mass`);
  const isRaw = header.join(",") === RAW_HEADER;
  return {
    header: header.map((cell) => cell.trim()),
    time: time.index,
    timeName: time.meaning,
    date,
    timeUnitS: unitOf(told.timeUnit ?? time.unit, TIME_COLUMN_UNITS),
    mass: mass.index,
    massUnitG: unitOf(told.massUnit ?? mass.unit, MASS_COLUMN_UNITS),
    massUnitColumn: unitColumn(cells, mass),
    status: isRaw ? header.indexOf("status") : undefined,
    notes,
  };
}

/** The columns of a file without a header: two, time and mass, or those that were told by number. */
export function columnsWithoutHeader(count: number, told: ToldColumns): Columns {
  const place = (want: string | undefined, usual: number, option: string): number => {
    if (want === undefined) return usual;
    if (!/^\d+$/.test(want.trim())) throw new ColumnsError(`there is no header; tell ${option} by its number, from 1`);
    return Number(want) - 1;
  };
  if (count !== 2 && (told.time === undefined || told.mass === undefined))
    throw new ColumnsError(
      `there is no header and there are ${count} columns; tell --time-column and --mass-column by their numbers, from 1`,
    );
  const time = place(told.time, 0, "--time-column");
  const mass = place(told.mass, 1, "--mass-column");
  if (time === mass || time >= count || mass >= count || time < 0 || mass < 0)
    throw new ColumnsError(`the columns are 1 to ${count}, one for time and another for mass`);
  return {
    header: undefined,
    time,
    timeName: "time",
    date: undefined,
    timeUnitS: unitOf(told.timeUnit, TIME_COLUMN_UNITS),
    mass,
    massUnitG: unitOf(told.massUnit, MASS_COLUMN_UNITS),
    massUnitColumn: undefined,
    status: undefined,
    notes: [`it has no header: column ${time + 1} is taken as time, column ${mass + 1} as mass`],
  };
}

function cellsOf(header: readonly string[]): Cell[] {
  return header.map((text, index) => {
    const name = headerName(text);
    return { ...name, text, index, meaning: headerMeaning(name) };
  });
}

/**
 * Elapsed time before a time of some kind before a time stamp; what else there is goes into the notes. A time with one time stamp beside it may
 * be the two halves of one: the first row says.
 */
function chosenTime(cells: readonly Cell[], notes: string[]): { time: Cell; date: OtherTime | undefined } {
  const meanings: readonly HeaderMeaning[] = ["elapsed", "time", "stamp"];
  const times = meanings.flatMap((meaning) => cells.filter((cell) => cell.meaning === meaning));
  const [first, ...others] = times;
  if (first === undefined)
    throw new ColumnsError(`no column of time is known; tell --time-column, one of ${names(cells)}`);
  const [other] = others;
  if (other === undefined) return { time: first, date: undefined };
  const aloneNote = `${times.length} columns of time: ${shown(first.text)} is read, ${names(others)} is not`;
  if (first.meaning === "time" && other.meaning === "stamp" && others.length === 1)
    return {
      time: first,
      date: {
        index: other.index,
        aloneNote,
        togetherNote: `2 columns of time: ${shown(other.text)} and ${shown(first.text)} are read together`,
      },
    };
  notes.push(aloneNote);
  return { time: first, date: undefined };
}

/** The column of units next after the mass, or else the first one. */
function unitColumn(cells: readonly Cell[], mass: Cell): number | undefined {
  const units = cells.filter(({ meaning, index }) => meaning === "unit" && index !== mass.index);
  return (units.find(({ index }) => index > mass.index) ?? units[0])?.index;
}

function chosenMass(cells: readonly Cell[]): Cell {
  const masses = cells.filter(({ meaning }) => meaning === "mass");
  const [first] = masses;
  if (first === undefined)
    throw new ColumnsError(`no column of mass is known; tell --mass-column, one of ${names(cells)}`);
  if (masses.length > 1)
    throw new ColumnsError(`several columns may be the mass; tell --mass-column, one of ${names(masses)}`);
  return first;
}

function toldCell(cells: readonly Cell[], want: string, option: string): Cell {
  const place = placeOf(
    cells.map(({ text }) => text),
    want,
  );
  const cell = place === undefined ? undefined : cells[place];
  if (cell !== undefined) return cell;
  const near = nearestWord(
    want,
    cells.map(({ text }) => text.trim()),
  );
  throw new ColumnsError(
    `${option} ${shown(want)}: the columns are ${names(cells)}${near === undefined ? "" : `; did you mean ${near}?`}`,
  );
}

function placeOf(header: readonly string[], want: string): number | undefined {
  const plain = want.trim().toLowerCase();
  const place = header.findIndex((text) => text.trim().toLowerCase() === plain);
  if (place >= 0) return place;
  const number = /^\d+$/.test(plain) ? Number(plain) - 1 : -1;
  return number >= 0 && number < header.length ? number : undefined;
}

function names(cells: readonly Cell[]): string {
  return cells.map(({ text }) => shown(text)).join(", ");
}

function unitOf(name: string | undefined, units: Readonly<Record<string, number>>): number | undefined {
  return name !== undefined && Object.hasOwn(units, name) ? units[name] : undefined;
}
