/** One weighed run: so many revolutions gave so much volume. */
export interface CalibrationRun {
  /** What `--exclude` calls it. */
  readonly name: string;
  /** Where it stands: the file as the person named it and its line, 0 for a recording. */
  readonly file: string;
  readonly line: number;
  /** The rate that was set, in mL/h; above 0. */
  readonly rateMlPerH: number;
  /** Revolutions of the head; above 0, need not be whole. */
  readonly revolutions: number;
  /** What the balance saw, as a volume with all corrections, in mL; above 0. */
  readonly volumeMl: number;
  /** One standard uncertainty of it, without {@link sharedMl} and {@link endsMl}, in mL; 0: not known. */
  readonly uncertaintyMl: number;
  /** False: nobody told it, and {@link uncertaintyMl} is 0 or only the rounding of the last digit. */
  readonly isUncertaintyTold: boolean;
  /** One standard uncertainty of it that all runs have in common and repeats do not show, as of the density, in mL; 0: not known. */
  readonly sharedMl: number;
  /** One standard uncertainty by the rollers' unknown phase at both ends of the run, in mL; repeats from the same phase do not show it. 0 for whole revolutions. */
  readonly endsMl: number;
}

/** The volume of one revolution by this run alone, in pL. */
export function plPerRevolutionOf(run: CalibrationRun): number {
  return (run.volumeMl * 1e9) / run.revolutions;
}
