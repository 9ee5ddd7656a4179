/** One line of a file that is replayed. */
export interface ReplayedLine {
  /** Since the first line, in ms; never less than the one before. */
  readonly atMs: number;
  readonly text: string;
}
