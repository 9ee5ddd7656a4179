import type { PumpConfig } from "../../src/config";
import type { TimedInput } from "../random/script";

/** A run that power cuts are made in: a pump, what is in it, and what people do. */
export interface Course {
  readonly name: string;
  readonly config: PumpConfig;
  readonly reservoirNl: number;
  /** Concentration of each drug of the library in the reservoir, in ng/µL. */
  readonly drugs: readonly number[];
  /** In order of time. */
  readonly inputs: readonly TimedInput[];
  /** Cuts are made from here on, in ms. */
  readonly fromMs: number;
  readonly durationMs: number;
}
