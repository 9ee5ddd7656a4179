import type { PumpConfig } from "../src/config";
import type { Prescription } from "../src/prescription/prescription";
import type { KeyPath } from "./document";
import type { LibraryDrug } from "./drug-library";
import type { PrescriptionProblem } from "./prescription-problems";
import type { TextKeys } from "./prescription-text-keys";

/** Where a prescription's numbers stand in its text. */
export interface FaultKeys extends TextKeys {
  /** A drug, by its place in the library. */
  readonly drug: (place: number) => KeyPath;
}

/** A fault and all that it is put into words from. */
export interface ToldFault extends PrescriptionProblem {
  readonly p: Prescription;
  readonly config: PumpConfig;
  readonly keys: FaultKeys;
  readonly drug: LibraryDrug;
  /** The dose limit's window in words. */
  readonly per: string;
}
