/** Masses against time as they stand in a file; nothing left out but what the notes say, nothing interpolated. */
export interface MassSeries {
  /** The file as the person named it. */
  readonly file: string;
  /** SHA-256 of the file's bytes, hexadecimal; empty where there is no file. */
  readonly sha256: string;
  /** In s on the file's own axis: its elapsed time, or the time since its first sample where it has time stamps. Never goes back. */
  readonly timeS: Float64Array;
  /** In g, one for each time. */
  readonly massG: Float64Array;
  /** The last place of the masses as they were written, in g; undefined: nobody wrote them, or not as decimals. */
  readonly writtenStepG?: number | undefined;
  /** Line of the file that a sample stands in, from 1. */
  readonly lineOf: (sample: number) => number;
  /** What was odd, for people. */
  readonly notes: readonly string[];
}

/** A series that was made and not read: sample i stands for line i + 2, below a header. */
export function madeSeries(timeS: ArrayLike<number>, massG: ArrayLike<number>, file = "made.csv"): MassSeries {
  if (timeS.length !== massG.length) throw new RangeError("as many masses as times are wanted");
  return {
    file,
    sha256: "",
    timeS: Float64Array.from(timeS),
    massG: Float64Array.from(massG),
    lineOf: (sample) => sample + 2,
    notes: [],
  };
}
