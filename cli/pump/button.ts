import { runningPort } from "../../sim/live/node/checkout-pump";
import { FolderLock } from "../../sim/live/node/folder-lock";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import { HOLD_SIGNAL, PRESS_SIGNAL, simulatedFolder } from "./simulated-way";

/** The options of `minim pump button`. */
export interface ButtonOptions {
  /** For 4 s, as for a key. */
  readonly hold?: true;
  readonly json?: true;
}

/** `minim pump button`: presses the button of the simulated pump that `minim pump serve` runs. */
export function button(options: ButtonOptions, terminal: Terminal, host: PumpHost = thisPumpHost()): ExitCode {
  const folder = simulatedFolder(host.root);
  const owner = FolderLock.ownerOf(folder);
  if (owner === undefined || runningPort(host.root, folder) === undefined)
    throw new BadUsage("no simulated pump is being served here: start one with `npx minim pump serve`");
  process.kill(owner, options.hold === true ? HOLD_SIGNAL : PRESS_SIGNAL);
  if (options.json === true) outJson(terminal, { kind: "button", held: options.hold === true });
  else terminal.out(options.hold === true ? "held for 4 s\n" : "pressed\n");
  return ExitCode.passed;
}
