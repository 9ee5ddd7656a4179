import type { AcceptedChange } from "../../bench/calibration/volume-change";
import type { RunOptions } from "./calibrate-runs";

/** The options of `minim bench calibrate`. */
export interface CalibrateOptions extends RunOptions {
  readonly config?: string;
  readonly write?: true;
  readonly yes?: true;
  readonly acceptChange?: AcceptedChange;
  readonly json?: true;
}

/** The volume per revolution in the pump file, and what it would be. */
export interface VolumeChange {
  readonly file: string;
  readonly oldPl: number;
  readonly newPl: number;
  /** As it would stand in the file. */
  readonly written: string;
  readonly percent: number;
  readonly isLarge: boolean;
}
