import { didYouMean } from "../../../config/nearest-word";
import { BadInput } from "../../../config/bad-input";
import { toPumpConfig } from "../../../config/pump-config";
import { readPump } from "../../../config/read-pump";
import { pumpFiles } from "../../../sim/scenario/node/pump-files";
import type { PumpConfig } from "../../../src/config";

/** A pump that is put on the bench. */
export interface BenchPump {
  /** The pump's own name. */
  readonly name: string;
  readonly config: PumpConfig;
}

/**
 * Reads the pump for a bench: a name of scenarios/pumps/, as `reference-20ml`, or the path of a pump file, as `devs.config.json`. Throws `BadInput`
 * when there is none or when it is wrong.
 */
export function readBenchPump(nameOrFile: string): BenchPump {
  const shelf = pumpFiles(".");
  const document = shelf.open(nameOrFile);
  if (document === undefined) {
    const names = shelf.names();
    const known = `name a pump file or one of ${names.join(", ")}`;
    throw new BadInput(nameOrFile, 0, `there is no such pump${didYouMean(nameOrFile, names)}; ${known}`);
  }
  const file = readPump(document, [], shelf);
  return { name: file.name, config: toPumpConfig(file) };
}
