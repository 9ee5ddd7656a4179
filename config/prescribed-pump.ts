import type { PumpConfig } from "../src/config";
import type { DrugLibrary } from "./drug-library";
import { toPumpConfig } from "./pump-config";
import type { PumpFile } from "./pump-file";

/** A pump that prescriptions are written for: its limits in the core's numbers, and the names and units of its drugs. */
export interface PrescribedPump {
  readonly config: PumpConfig;
  readonly drugs: DrugLibrary;
}

/** The pump of a file, for prescriptions. */
export function prescribedPump(file: PumpFile): PrescribedPump {
  return { config: toPumpConfig(file), drugs: file.drugs };
}
