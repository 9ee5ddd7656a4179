import type { AcceptedChange } from "../../bench/calibration/volume-change";
import type { PumpFile } from "../../config/pump-file";
import type { PulseOptions } from "./pulse-options";
import type { AnalysisOptions } from "./told-analysis";

/** What is told about the runs on the command line: corrections and uncertainties, as for an analysis, and the rollers. */
export interface RunOptions extends Omit<AnalysisOptions, "blank" | "rate">, PulseOptions {
  readonly exclude: readonly string[];
  /** Runs of several pumps or sets are taken together. */
  readonly mixed?: true;
}

/** A pump file and where it is, as the person named it. */
export interface NamedPump {
  readonly path: string;
  readonly file: PumpFile;
}

/** The options of `minim bench calibrate`. */
export interface CalibrateOptions extends RunOptions {
  readonly config?: string;
  readonly write?: true;
  readonly yes?: true;
  readonly acceptChange?: AcceptedChange;
  readonly acceptBend?: AcceptedChange;
  readonly acceptSerial?: string;
  /** Values of simulated runs may be written. */
  readonly simulated?: true;
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
  /** The runs are of a simulated bench. */
  readonly isSimulated: boolean;
  /** Serial number of the pump of the runs, where the file is that of another one. */
  readonly otherSerial: string | null;
}
