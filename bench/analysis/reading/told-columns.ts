/** Units of a time column, in s. */
export const TIME_COLUMN_UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  min: 60,
  h: 3600,
  day: 86400,
};

/** Units of a mass column, in g. */
export const MASS_COLUMN_UNITS: Readonly<Record<string, number>> = { kg: 1000, g: 1, mg: 1e-3, ug: 1e-6 };

/** What a person tells of a file's columns. */
export interface ToldColumns {
  /** Header of the column, or its number from 1. */
  readonly time?: string | undefined;
  readonly mass?: string | undefined;
  /** One of {@link TIME_COLUMN_UNITS}; from the header unless told. */
  readonly timeUnit?: string | undefined;
  /** One of {@link MASS_COLUMN_UNITS}; from the header unless told. */
  readonly massUnit?: string | undefined;
}
