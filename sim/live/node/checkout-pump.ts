import { randomFillSync } from "node:crypto";
import { join } from "node:path";
import { toPumpConfig } from "../../../config/pump-config";
import { readPumpFile } from "../../../config/read-pump";
import type { PumpConfig } from "../../../src/config";
import { boardEntry } from "../../../toolchain/devicescript/boards";
import { buildProgram } from "../../../toolchain/devicescript/build";
import { DEFAULT_PUMP_FILE } from "../../../toolchain/devicescript/generated-config";
import type { BytecodeProgram } from "../../engines/bytecode/runtime-program";
import { loadRuntimeModule } from "../../engines/node/runtime-module";
import { readTextFile, shownPath } from "../../scenario/node/text-file";
import { LivePump } from "../live-pump";
import { SYSTEM_TIMERS } from "../timers";
import { PumpFolder } from "./pump-folder";
import { TcpBridge } from "./tcp-bridge";

/** Where the checkout's own pump lives, relative to its root. */
export const PUMP_FOLDER = ".minim/pump";

/** The program and the configuration that the checkout's devs.config.json makes. */
export interface CheckoutProgram {
  readonly program: BytecodeProgram;
  readonly config: PumpConfig;
  readonly board: string;
  readonly imageSha256: string;
}

/** How the checkout's pump is started. */
export interface CheckoutPumpOptions {
  /** The pump that lived in the folder is forgotten: the memory is blank. */
  readonly fresh?: boolean;
  /** Others find it by its bridge. */
  readonly bridge?: boolean;
  /** Port of the bridge; left out: any that is free. */
  readonly port?: number | undefined;
  /** The program has failed, and is started again; why, in one line. */
  readonly failed?: (why: string) => void;
  /** Where it lives; left out: {@link PUMP_FOLDER}. */
  readonly folder?: string;
}

/** The checkout's pump while this process runs it. */
export interface CheckoutPump {
  readonly pump: LivePump;
  readonly config: PumpConfig;
  readonly board: string;
  readonly imageSha256: string;
  /** Where others connect to; `undefined`: it has no bridge. */
  readonly port: number | undefined;
  /** Switches the pump off in good order and gives its folder back. */
  close(): Promise<void>;
}

/** Compiles the program of the checkout `root` unless that is done, for a pump that lives in real time. Rejects with `BuildError` and `BadInput`. */
export async function checkoutProgram(root: string): Promise<CheckoutProgram> {
  const path = join(root, DEFAULT_PUMP_FILE);
  const file = readPumpFile(readTextFile(path), shownPath(path));
  const [runtime, built] = await Promise.all([
    loadRuntimeModule(root),
    buildProgram({ root, entry: boardEntry(file.board) }),
  ]);
  const { image, imageSha256, program } = built;
  return {
    program: { runtime, image, gridMs: 1, fillRandom: (bytes) => void randomFillSync(bytes) },
    config: toPumpConfig(file, program),
    board: file.board,
    imageSha256,
  };
}

/** The port of the checkout's pump that another process runs with a bridge; `undefined`: none does. */
export function runningPort(root: string, folder = join(root, PUMP_FOLDER)): number | undefined {
  return PumpFolder.runningPort(folder);
}

/**
 * Starts the checkout's pump in this process, in real time, where it left off. Rejects with `PumpTaken` while another process runs it, `BuildError`,
 * `BadInput` for its files, `EngineFailure`.
 */
export async function startCheckoutPump(root: string, options: CheckoutPumpOptions = {}): Promise<CheckoutPump> {
  const { program, config, board, imageSha256 } = await checkoutProgram(root);
  const { fresh = false, failed } = options;
  const folder = PumpFolder.open(options.folder ?? join(root, PUMP_FOLDER), { fresh });
  let pump: LivePump | undefined;
  try {
    pump = new LivePump({
      program,
      config,
      memory: folder.memory,
      clockChip: folder.clockChip,
      timers: SYSTEM_TIMERS,
      kept: () => folder.keep(),
      ...(failed === undefined ? {} : { failed }),
    });
    const bridge = options.bridge === true ? await TcpBridge.open(pump, options.port) : undefined;
    if (bridge !== undefined) folder.tellPort(bridge.port);
    return {
      pump,
      config,
      board,
      imageSha256,
      port: bridge?.port,
      close: async () => {
        bridge?.close();
        await pump?.close();
        folder.release();
      },
    };
  } catch (error) {
    await pump?.close();
    folder.release();
    throw error;
  }
}
