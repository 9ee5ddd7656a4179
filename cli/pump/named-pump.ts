import { join, relative, resolve } from "node:path";
import type { BoardId } from "../../config/boards";
import { toPumpConfig } from "../../config/pump-config";
import type { PrescribedPump } from "../../config/prescribed-pump";
import { readPumpFile } from "../../config/read-pump";
import type { PumpIdentity } from "../../link/registers";
import { readTextFile, shownPath } from "../../sim/scenario/node/text-file";
import { boardEntry } from "../../toolchain/devicescript/boards";
import { sourcesOf } from "../../toolchain/devicescript/build";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { formatVolumePl } from "../../config/quantities";

/** A pump as its file describes it: what a prescription is written for. */
export interface NamedPump extends PrescribedPump {
  /** Name of the file, as people see it. */
  readonly file: string;
  readonly board: BoardId;
}

/** The pump of a file; of devs.config.json in the checkout `root` when none is named. Throws `BadInput`. */
export function readNamedPump(root: string, named: string | undefined): NamedPump {
  const path = named ?? join(root, DEFAULT_PUMP_FILE);
  const file = shownPath(path);
  const pump = readPumpFile(readTextFile(path, file), file);
  return { config: toPumpConfig(pump), drugs: pump.drugs, file, board: pump.board };
}

/** Why a pump is not the one that the file describes; `undefined`: nothing says that it is not. */
export function otherPump(identity: PumpIdentity, { config, file }: NamedPump): string | undefined {
  const differences = [
    identity.serial === config.serial ? [] : `serial number ${identity.serial}, not ${config.serial}`,
    identity.model === config.model ? [] : `model ${identity.model}, not ${config.model}`,
    identity.plPerRevolution === config.plPerRevolution
      ? []
      : `${formatVolumePl(identity.plPerRevolution)} per revolution, not ${formatVolumePl(config.plPerRevolution)}`,
  ].flat();
  if (differences.length === 0) return undefined;
  return `this pump is not the one that ${file} describes: it has ${differences.join("; ")}`;
}

/** Number of the build that the checkout's sources and a pump's file make; nothing is compiled for it. */
export async function buildNumber(root: string, { file, board }: NamedPump): Promise<number> {
  const pumpFile = relative(root, resolve(file));
  return (await sourcesOf({ root, entry: boardEntry(board), pumpFile })).program;
}
