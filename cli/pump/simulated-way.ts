import { join, resolve } from "node:path";
import { BadInput } from "../../config/bad-input";
import { makeFolder } from "../../config/node/make-folder";
import { SIMULATED_BOARD } from "../../link/device-id";
import { LinkFailure } from "../../link/link-errors";
import { TcpTransport } from "../../link/node/tcp-transport";
import { PUMP_FOLDER, runningPort, startCheckoutPump } from "../../sim/live/node/checkout-pump";
import type { CheckoutPump, CheckoutPumpOptions } from "../../sim/live/node/checkout-pump";
import { FolderLock, PumpTaken } from "../../sim/live/node/folder-lock";
import { shownPath } from "../../sim/scenario/node/text-file";
import { folderProblem } from "../file-problem";
import type { Terminal } from "../terminal";
import { BusEndTransport } from "./bus-end-transport";
import { ProgressLine } from "./progress-line";
import type { PumpWay } from "./pump-host";
import { StagedFile } from "./staged-file";

/** The signal by which a process that serves the simulated pump is asked to press its button shortly. */
export const PRESS_SIGNAL = "SIGUSR1";
/** And the one to hold it. */
export const HOLD_SIGNAL = "SIGUSR2";
/** How long it is held then, in ms: key commands want 3 s. */
export const SIGNAL_HOLD_MS = 4000;

/** Another command that runs the pump in its process takes a second or two; so long is waited for it, in ms. */
const TAKEN_WITHIN_MS = 10000;
const LOOK_EVERY_MS = 100;

/** What was staged in a simulated pump that was switched off since, in its folder. */
const STAGED_FILE = "staged.json";

/** Where the simulated pump lives: `$MINIM_PUMP_FOLDER`, or `.minim/pump` in the checkout. */
export function simulatedFolder(root: string, { MINIM_PUMP_FOLDER: named }: NodeJS.ProcessEnv = process.env): string {
  return named === undefined || named === "" ? join(root, PUMP_FOLDER) : resolve(named);
}

function keyFileIn(root: string): string {
  return join(simulatedFolder(root), "key");
}

/** The way to the checkout's simulated pump: to the process that serves it, else to one that is started here. */
export async function openSimulatedWay(
  root: string,
  options: { readonly fresh?: boolean },
  terminal: Terminal,
): Promise<PumpWay> {
  const fresh = options.fresh === true;
  const progress = new ProgressLine(terminal);
  const endMs = performance.now() + TAKEN_WITHIN_MS;
  try {
    for (;;) {
      const port = runningPort(root, simulatedFolder(root));
      if (port !== undefined) return await servedWay(root, port, fresh);
      progress.show("starting the simulated pump ...");
      try {
        const way = ownWay(root, await startPump(root, { fresh }, terminal));
        if (fresh) way.stagedNumbers?.drop();
        return way;
      } catch (error) {
        if (!(error instanceof PumpTaken)) throw error;
        if (performance.now() > endMs) throw takenTooLong(error);
      }
      progress.show("another command is using the simulated pump ...");
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    progress.end();
  }
}

/** Starts the checkout's pump in this process; that its program starts again is told, and why: it failed, or the board was reset. */
export function startPump(root: string, options: CheckoutPumpOptions, terminal: Terminal): Promise<CheckoutPump> {
  const folder = simulatedFolder(root);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new BadInput(
      shownPath(folder),
      0,
      `the simulated pump cannot live here ($MINIM_PUMP_FOLDER, else .minim/pump): ${folderProblem(error)}`,
    );
  }
  const failed = (why: string): void => terminal.err(`the simulated pump starts again: ${why}\n`);
  return startCheckoutPump(root, { failed, folder, ...options });
}

async function servedWay(root: string, port: number, fresh: boolean): Promise<PumpWay> {
  if (fresh)
    throw new LinkFailure(
      "--fresh: `minim pump serve` runs the simulated pump: stop it, and start it with minim pump serve --fresh",
    );
  const owner = FolderLock.ownerOf(simulatedFolder(root));
  return {
    transport: await TcpTransport.open("127.0.0.1", port),
    board: SIMULATED_BOARD,
    keyFile: () => keyFileIn(root),
    holdButton: () => {
      if (owner !== undefined) process.kill(owner, HOLD_SIGNAL);
    },
    endsWithCommand: false,
    stagedNumbers: undefined,
    imageSha256: undefined,
    close: () => Promise.resolve(),
  };
}

/** The way to a pump that this process runs. */
export function ownWay(root: string, started: CheckoutPump): PumpWay {
  return {
    transport: new BusEndTransport(started.pump),
    board: SIMULATED_BOARD,
    keyFile: () => keyFileIn(root),
    holdButton: (ms) => started.pump.holdButton(ms),
    endsWithCommand: true,
    stagedNumbers: new StagedFile(join(simulatedFolder(root), STAGED_FILE)),
    imageSha256: started.imageSha256,
    close: () => started.close(),
  };
}

function takenTooLong({ processId }: PumpTaken): LinkFailure {
  return new LinkFailure(
    `sim: process ${processId} is using the simulated pump; several commands share it while \`npx minim pump serve\` runs`,
  );
}
