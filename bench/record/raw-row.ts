/**
 * The raw file of a recording: CSV with the header {@link RAW_HEADER}, one row for each line of the balance and for each thing that happened to the
 * recording, in order. It is only ever appended to. A row cut off by a loss of power stays as it is; the next begins on a line of its own.
 */
export const RAW_HEADER = "elapsed_s,mass_g,stable,status,raw";

/**
 * What happened instead of a weight, in the column `status`; empty for a weight.
 * `disconnected` and `reconnected` stand around a time in which the balance was not there; `resumed` where a recording that was broken off goes on.
 * `identity`: the balance said who it is without being asked, as many do when they are switched on. `unitChanged`: from here on it weighs in another
 * unit of mass. `clockStep`: the computer's wall clock and the clock of the recording have come apart.
 */
export const RAW_STATUSES = [
  "overload",
  "underload",
  "busy",
  "refused",
  "wrongUnit",
  "unknown",
  "noAnswer",
  "disconnected",
  "reconnected",
  "resumed",
  "identity",
  "unitChanged",
  "clockStep",
] as const;

/** One of {@link RAW_STATUSES}. */
export type RawStatus = (typeof RAW_STATUSES)[number];

/** One row of the raw file. */
export interface RawRow {
  /** Since the recording began, in s. */
  readonly elapsedS: number;
  /** In g; undefined where there is none. */
  readonly massG: number | undefined;
  /** Undefined where the balance does not say. */
  readonly isStable: boolean | undefined;
  readonly status: RawStatus | undefined;
  /** The balance's line, or words of the recorder. */
  readonly raw: string;
}
